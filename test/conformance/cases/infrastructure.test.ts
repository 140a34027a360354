import type { Construct } from 'constructs';
import { type DataPlane, DnsPeer, Infrastructure, type InfrastructureProps, TelemetryBackend, ZeroTrustNamespace } from 'istio-constructs';
import { newChart, service } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import { rawNamespace, rawService, rawWorkload } from '../raw-objects';
import { call } from '../requests';
import { expectOnly } from '../who-calls-whom';

const COLLECTOR = 'collector.observability.svc.cluster.local';
const API_SERVER = 'kubernetes.default.svc.cluster.local';
const COLLECTORS = [TelemetryBackend.of(COLLECTOR, 4317)];
const UNBOUND = DnsPeer.of({ namespaceName: 'dns', podLabels: { app: 'unbound' }, port: 5353 });
const CART_TO_PRODUCT = { from: 'shop/cart', to: 'shop/product' };

/** Two services in a closed namespace that exchanges packets with these peers. */
function closedShop({ dataPlane }: { readonly dataPlane: DataPlane }, infrastructure?: InfrastructureProps, chart = newChart()) {
  const namespace = new ZeroTrustNamespace(chart, 'shop', {
    dataPlane,
    infrastructure: infrastructure && Infrastructure.of(infrastructure),
  });
  const [cart, product] = [service(namespace, 'cart'), service(namespace, 'product')];
  cart.calls(product);
  return { chart, cart, product };
}

/** A Service of the platform, outside the mesh, with a workload behind it. */
function platformService(scope: Construct, name: string, namespace: string, port: number): void {
  if (namespace !== 'default') rawNamespace(scope, namespace);
  rawWorkload(scope, { name, namespace, port });
  rawService(scope, { name, namespace, port });
}

describe('the infrastructure of a closed namespace', () => {
  forEachPlane((plane) => {
    it.each<[string, InfrastructureProps]>([
      ['DNS of every kind', { dns: [DnsPeer.kubeDns(), DnsPeer.nodeLocal('169.254.25.10/32'), DnsPeer.openShift(), UNBOUND] }],
      ['Prometheus and istiod elsewhere', { monitoringNamespace: 'prometheus', controlPlaneNamespace: 'istio-control' }],
      ['probes of other containers', { probePorts: [9100] }],
      ['an API server on its port, and collectors', { apiServerCidr: '10.0.0.1/32', apiServerPort: 443, telemetryBackends: COLLECTORS }],
    ])('leaves who may call whom as it is with %s', async (_, infrastructure) => {
      await expectOnly(await judged(closedShop(plane, infrastructure).chart), [CART_TO_PRODUCT]);
    });

    const unlessTold = plane.of({ sidecar: false, ambient: true }); // ztunnel is told of every host

    it.each([
      [false, undefined, unlessTold],
      [true, { telemetryBackends: COLLECTORS }, true],
    ])('makes a collector known to every proxy: %p', async (_, infrastructure, expected) => {
      const { chart, cart, product } = closedShop(plane, infrastructure);
      platformService(chart, 'collector', 'observability', 4317);
      const mesh = await judged(chart);
      const answers = await mesh.answers([cart, product].map((caller) => call(caller, { host: COLLECTOR }, { port: 4317 })));
      expect(answers.map(({ allowed }) => allowed)).toEqual([expected, expected]);
    });

    it.each([
      [false, undefined, unlessTold],
      [true, { apiServerCidr: '10.0.0.1/32' }, true],
    ])('makes the API server known to every proxy: %p', async (_, infrastructure, expected) => {
      const { chart, cart } = closedShop(plane, infrastructure);
      platformService(chart, 'kubernetes', 'default', 443);
      const mesh = await judged(chart);
      const answer = await mesh.answer(call(cart, { host: API_SERVER }, { port: 443 }));
      expect(answer.allowed).toBe(expected);
    });
  });
});
