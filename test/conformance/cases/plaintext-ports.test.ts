import type { Chart } from 'cdk8s';
import { Infrastructure, type MeshedService, MeshNamespace, MeshPort, MTls, ZeroTrustNamespace } from 'istio-constructs';
import { newChart, service } from '../../builders';
import { forEachEnforcer, forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { judged } from '../judged';
import { withNetwork } from '../mesh-under-test';
import { call, dial, from, PLAINTEXT, STRANGERS } from '../requests';

const WEBHOOK = MeshPort.https(443, { targetPort: 9443, plaintext: 'the API server calls the admission webhook' });

interface Operator {
  readonly chart: Chart;
  readonly operator: MeshedService;
  readonly cart: MeshedService;
}

/** An operator in a closed namespace with an API for the mesh and a webhook for the API server. */
function operatorIn({ dataPlane }: PlaneUnderTest<string>, webhook = WEBHOOK): Operator {
  const chart = newChart();
  const infrastructure = Infrastructure.of({ apiServerCidr: '10.0.0.1/32' });
  const ops = new ZeroTrustNamespace(chart, 'ops', { dataPlane, infrastructure });
  const operator = service(ops, 'operator', { ports: [MeshPort.http(8080), webhook] });
  return { chart, operator, cart: service(ops, 'cart') };
}

describe('a port that takes plaintext', () => {
  forEachEnforcer((plane) => {
    it('is reached without an identity, by the name of the service and by the address of a pod', async () => {
      const { chart, operator } = operatorIn(plane);
      const mesh = await judged(chart);
      expect(await mesh.answer(from(PLAINTEXT, operator, { port: 443 }))).toMatchObject({
        allowed: true,
        ways: [{ hops: [{ transport: 'plaintext' }] }],
      });
      expect(await mesh.answer(dial(PLAINTEXT, operator, { port: 9443 }))).toMatchObject({ allowed: true });
    });

    it('opens nothing else: every other port asks for mutual TLS and for a grant', async () => {
      const { chart, operator, cart } = operatorIn(plane);
      const mesh = await judged(chart);
      const others = [from(PLAINTEXT, operator), dial(PLAINTEXT, operator), from(PLAINTEXT, cart), dial(PLAINTEXT, cart)];
      for (const answer of await mesh.answers(others)) expect(answer).toMatchObject({ allowed: false, layer: 'mtls' });
      const strangers = [...Object.values(STRANGERS).map((caller) => dial(caller, operator)), call(cart, operator)];
      for (const answer of await mesh.answers(strangers)) expect(answer).toMatchObject({ allowed: false });
    });

    it('is open in the network layer, and its neighbours are not', async () => {
      const { chart, operator } = operatorIn(plane);
      const network = withNetwork(await judged(chart));
      const [webhook, api] = await network.answers([dial(PLAINTEXT, operator, { port: 9443 }), dial(PLAINTEXT, operator)]);
      expect(webhook).toMatchObject({ allowed: true });
      expect(api).toMatchObject({ allowed: false, layer: 'network' });
    });

    it('takes mutual TLS from who calls it in the mesh', async () => {
      const { chart, operator, cart } = operatorIn(plane);
      cart.calls(operator);
      const mesh = await judged(chart);
      const answers = await mesh.answers([call(cart, operator, { port: 443 }), call(cart, operator)]);
      for (const answer of answers) {
        expect(answer).toMatchObject({ allowed: true });
        expect(answer.ways.flatMap(({ hops }) => hops.map(({ transport }) => transport))).not.toContain('plaintext');
      }
      expect(await mesh.answer(from(PLAINTEXT, operator))).toMatchObject({ allowed: false });
    });

    it('leaves an open namespace open, and a service closed that its grants close', async () => {
      const chart = newChart();
      const ops = new MeshNamespace(chart, 'ops', { dataPlane: plane.dataPlane, mtls: MTls.STRICT });
      const [operator, closed] = ['operator', 'closed'].map((id) => service(ops, id, { ports: [MeshPort.http(8080), WEBHOOK] }));
      operator.calls(closed);
      const mesh = await judged(chart);
      const webhooks = [operator, closed].map((one) => dial(PLAINTEXT, one, { port: 9443 }));
      expect((await mesh.answers(webhooks)).map(({ allowed }) => allowed)).toEqual([true, true]);
      const apis = [operator, closed].map((one) =>
        from(STRANGERS[plane.of<'sidecar' | 'ambient'>({ sidecar: 'sidecar', ztunnel: 'ambient', waypoint: 'ambient' })], one),
      );
      expect((await mesh.answers(apis)).map(({ allowed }) => allowed)).toEqual([true, false]);
    });
  });

  forEachPlane((plane) => {
    it('may speak a protocol in which the server speaks first', async () => {
      const { chart, operator } = operatorIn(plane, MeshPort.mysql(3306, { plaintext: 'the old reporting has no mesh' }));
      const mesh = await judged(chart);
      expect(await mesh.answer(dial(PLAINTEXT, operator, { port: 3306 }))).toMatchObject({ allowed: true });
      expect(await mesh.answer(dial(PLAINTEXT, operator))).toMatchObject({ allowed: false, layer: 'mtls' });
    });
  });
});
