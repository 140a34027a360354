import { MeshNamespace, MeshPort, MeshReport } from 'istio-constructs';
import { untoldCaller } from '../../../lib/rules/users/untold-caller';
import { newChart, service, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import type { Chart } from 'cdk8s';

const found = (chart: Chart): string[] => MeshReport.of(chart).findings.flatMap(({ code, text }) => (code === 'MESH268' ? [text] : []));

describe(untoldCaller.title, () => {
  forEachPlane((plane) => {
    it('takes a closed service that callers reach through whoever tells of them', () => {
      const { chart, cart, product } = shop(plane, { forwardIdentity: true });
      product.calls(cart);
      expect(found(chart)).toEqual([]);
    });

    it('takes a service of an open namespace that a grant closes', () => {
      const chart = newChart();
      const open = new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
      service(open, 'web').calls(service(open, 'audit', { forwardIdentity: true }));
      expect(found(chart)).toEqual([]);
    });

    it('tells of pods that anybody may connect to, in ambient mode', () => {
      const chart = newChart();
      const open = new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
      service(open, 'audit', { forwardIdentity: true });
      const texts = plane.of<unknown[]>({ sidecar: [], ambient: [expect.stringContaining('got: anybody may connect to its pods\n')] });
      expect(found(chart)).toEqual(texts);
    });

    it('tells of callers that connect to the pods, and of ports that take plaintext', () => {
      const { chart, cart, product } = shop(plane, {
        forwardIdentity: true,
        ports: [MeshPort.http(8080), MeshPort.http(9090, { suffix: 'probe', plaintext: 'an old kubelet' })],
      });
      cart.access.allow(product, { port: 8080, toPods: true });
      const ways = 'got: anyone, without an identity, shop/product\n';
      expect(found(chart)).toEqual(plane.of<unknown[]>({ sidecar: [], ambient: [expect.stringContaining(ways)] }));
    });
  });
});
