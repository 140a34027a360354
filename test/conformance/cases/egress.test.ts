import { type DataPlane, ExternalPort, ExternalService, MeshNamespace } from 'istio-constructs';
import { external, service, shop } from '../../builders';
import { forEachEnforcer } from '../../for-each-plane';
import { PUBLIC_ADDRESS } from '../../../lib/verdict/decision/address-blocks';
import { judged } from '../judged';
import { call } from '../requests';

const HTTPS = { port: 443 };

/** The shop, whose payment calls a host outside. */
function payingShop(plane: { readonly dataPlane: DataPlane }) {
  const one = shop(plane);
  const cards = external(one.payments, 'cards');
  one.payment.calls(cards);
  return { ...one, cards };
}

describe('an ExternalService', () => {
  forEachEnforcer((plane) => {
    it('is reached by who calls it', async () => {
      const { chart, payment, cards } = payingShop(plane);
      const mesh = await judged(chart);
      expect(await mesh.answer(call(payment, cards, HTTPS))).toMatchObject({ allowed: true });
    });

    it('is refused to others where somebody can refuse it', async () => {
      const { chart, cart, cards } = payingShop(plane);
      const mesh = await judged(chart);
      const expected = plane.of<object>({
        sidecar: { allowed: false, layer: 'scope' },
        ztunnel: { allowed: true, layer: 'none' }, // the NetworkPolicy alone is in the way, which is not Istio's
        waypoint: { allowed: false, layer: 'authorization' },
      });
      expect(await mesh.answer(call(cart, cards, HTTPS))).toMatchObject(expected);
    });

    it('is closed as long as nobody calls it, where somebody can refuse it', async () => {
      const { chart, payments, payment } = shop(plane);
      const cards = external(payments, 'cards');
      const mesh = await judged(chart);
      const expected = plane.of({ sidecar: false, ztunnel: true, waypoint: false });
      expect((await mesh.answer(call(payment, cards, HTTPS))).allowed).toBe(expected);
    });

    it('is reached by callers of several namespaces', async () => {
      const { chart, cart, payment, cards } = payingShop(plane);
      cart.calls(cards);
      const mesh = await judged(chart);
      const answers = await mesh.answers([cart, payment].map((caller) => call(caller, cards, HTTPS)));
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true]);
    });

    it('is reached on each of its ports, under another name of its entry', async () => {
      const { chart, payments, payment } = shop(plane);
      const morePorts = [ExternalPort.https(8443)];
      const cards = new ExternalService(payments, 'cards', {
        host: 'api.example.com',
        port: ExternalPort.https(),
        morePorts,
        name: 'card-network',
      });
      payment.calls(cards);
      const mesh = await judged(chart);
      const answers = await mesh.answers([443, 8443].map((port) => call(payment, cards, { port })));
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true]);
    });

    it('is called on one port alone when that is said', async () => {
      const { chart, payments, payment } = shop(plane);
      const ports = { port: ExternalPort.https(), morePorts: [ExternalPort.https(8443)] };
      const cards = new ExternalService(payments, 'cards', { host: 'api.example.com', ...ports });
      payment.calls(cards, { port: 443 });
      const mesh = await judged(chart);
      const answers = await mesh.answers([443, 8443].map((port) => call(payment, cards, { port })));
      // A Sidecar lists hosts, not ports, and ztunnel refuses nothing outside: there the NetworkPolicy is what closes the port.
      expect(answers.map(({ allowed }) => allowed)).toEqual(
        plane.of({ sidecar: [true, true], ztunnel: [true, true], waypoint: [true, false] }),
      );
    });

    it('is reached from an open namespace too', async () => {
      const { chart, cards } = payingShop(plane);
      const web = service(new MeshNamespace(chart, 'front', { dataPlane: plane.dataPlane }), 'web');
      web.calls(cards);
      const mesh = await judged(chart);
      expect(await mesh.answer(call(web, cards, HTTPS))).toMatchObject({ allowed: true });
    });

    it('passes the waypoint of its namespace, where there is one', async () => {
      const { chart, payment, cards } = payingShop(plane);
      const mesh = await judged(chart);
      const { ways } = await mesh.answer(call(payment, cards, HTTPS));
      const waypoint = { at: 'waypoint payments/waypoint', transport: 'HBONE', principal: payment.principal, allowed: true };
      const first = plane.of<object>({ sidecar: { transport: 'plaintext' }, ztunnel: { transport: 'plaintext' }, waypoint });
      expect(ways[0].hops[0]).toMatchObject(first);
    });
  });
});

describe('the world outside', () => {
  forEachEnforcer((plane) => {
    const closed = plane.of({ sidecar: false, ztunnel: true, waypoint: true }); // ztunnel knows no REGISTRY_ONLY: the NetworkPolicy closes it

    it('is closed to a closed namespace as far as its proxies know the hosts', async () => {
      const { chart, cart } = payingShop(plane);
      const mesh = await judged(chart);
      const answer = await mesh.answer(call(cart, { host: 'unknown.example.org' }, HTTPS));
      expect(answer.allowed).toBe(closed);
    });

    it('is closed by its addresses too', async () => {
      const { chart, cart } = payingShop(plane);
      const mesh = await judged(chart);
      const answer = await mesh.answer({ from: { workload: `shop/cart-${cart.version}` }, to: { address: PUBLIC_ADDRESS, port: 443 } });
      expect(answer.allowed).toBe(closed);
    });
  });
});
