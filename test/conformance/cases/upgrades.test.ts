import { MeshPort } from 'istio-constructs';
import { edgeGateway, shop, type Shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { shape } from '../../shaping';
import type { Answer } from '../answer';
import { judged } from '../judged';
import { call, enter } from '../requests';

const WEBSOCKET = { headers: { connection: 'Upgrade', upgrade: 'websocket' } };
const upgradesOf = ({ legs }: Answer): unknown[] => legs.map(({ at, upgrade }) => [at.split(' ')[0], upgrade]);

describe('a WebSocket', () => {
  forEachPlane((plane) => {
    /** The shop, whose product page calls a cart that somebody shapes, so that a waypoint is there in ambient mode. */
    function shaped(ports = [MeshPort.http(8080)]): Shop {
      const one = shop(plane, { ports });
      one.product.calls(one.cart);
      shape(one.cart, { responseHeaders: { set: { 'x-shop': 'yes' } } });
      return one;
    }

    it('is let through by every proxy that reads HTTP on the way, without a word of ours', async () => {
      const one = shaped();
      const mesh = await judged(one.chart);
      const [socket, plain] = await mesh.answers([call(one.product, one.cart, WEBSOCKET), call(one.product, one.cart)]);
      const at = plane.of({ sidecar: 'sidecar', ambient: 'waypoint' });
      expect([socket.allowed, plain.allowed]).toEqual([true, true]);
      expect([upgradesOf(socket), upgradesOf(plain)]).toEqual([[[at, 'websocket']], [[at, undefined]]]);
    });

    it('comes in through a gateway as well', async () => {
      const one = shaped();
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com' });
      const answer = await (await judged(one.chart)).answer(enter('https://shop.example.com/', WEBSOCKET));
      expect(answer.allowed).toBe(true);
      expect(upgradesOf(answer)).toEqual([['gateway', 'websocket'], ...plane.of({ sidecar: [], ambient: [['waypoint', 'websocket']] })]);
    });

    it('is no more than that: other protocols are not taken up from HTTP', async () => {
      const one = shaped();
      const mesh = await judged(one.chart);
      const answer = await mesh.answer(call(one.product, one.cart, { headers: { connection: 'Upgrade', upgrade: 'h2c' } }));
      expect(upgradesOf(answer).map((leg) => (leg as unknown[])[1])).toEqual([undefined]);
    });
  });
});
