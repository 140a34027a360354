import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { type DataPlane, HttpAccess, MeshedService, MeshPort, WorkloadProbe, ZeroTrustNamespace } from 'istio-constructs';
import { canary, newChart, service, shop } from '../../builders';
import { forEachEnforcer, forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import { rawNamespace, rawWorkload } from '../raw-objects';
import { call, sharesOf } from '../requests';
import { expectOnly } from '../who-calls-whom';

const PORTS = [MeshPort.http(80, { targetPort: 8080 })];
const LEGACY = { name: 'legacy', namespace: 'shop', port: 8080 };
const CART_TO_LEGACY = { from: 'shop/cart', to: 'shop/legacy' };

/** A closed shop with a cart, and room for workloads made elsewhere. */
function closedShop({ dataPlane }: { readonly dataPlane: DataPlane }) {
  const chart = newChart();
  const namespace = new ZeroTrustNamespace(chart, 'shop', { dataPlane });
  return { chart, namespace, cart: service(namespace, 'cart') };
}

describe('a workload made elsewhere', () => {
  forEachEnforcer((plane) => {
    it.each(['Deployment', 'StatefulSet', 'DaemonSet'] as const)('is guarded as a %s, and let in where it calls', async (kind) => {
      const { chart, namespace, cart } = closedShop(plane);
      const legacy = MeshedService.fromWorkload(namespace, 'legacy', rawWorkload(chart, { ...LEGACY, kind }), { ports: PORTS });
      const product = service(namespace, 'product');
      cart.calls(legacy);
      legacy.calls(product);
      await expectOnly(await judged(chart), [CART_TO_LEGACY, { from: 'shop/legacy', to: 'shop/product' }]);
    });

    it('is guarded as a Deployment of cdk8s-plus', async () => {
      const { chart, namespace, cart } = closedShop(plane);
      const containers = [{ image: 'registry.example.com/legacy:1', portNumber: 8080 }];
      const theirs = new kplus.Deployment(chart, 'theirs', { metadata: { namespace: 'shop', name: 'legacy' }, containers });
      cart.calls(new MeshedService(namespace, 'legacy', { workload: ApiObject.of(theirs), ports: PORTS }));
      await expectOnly(await judged(chart), [CART_TO_LEGACY]);
    });

    it('calls under the account that it brings', async () => {
      const { chart, namespace, cart } = closedShop(plane);
      new ApiObject(chart, 'account', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'old-account', namespace: 'shop' } });
      const workload = rawWorkload(chart, { ...LEGACY, serviceAccountName: 'old-account' });
      MeshedService.fromWorkload(namespace, 'legacy', workload, { ports: PORTS }).calls(cart);
      const mesh = await judged(chart);
      await expectOnly(mesh, [{ from: 'shop/legacy', to: 'shop/cart' }]);
      const { ways } = await mesh.answer({ from: { workload: 'shop/legacy' }, to: { host: cart.host, port: 8080 } });
      expect(ways[0].hops[0]).toMatchObject({ principal: 'cluster.local/ns/shop/sa/old-account' });
    });

    it('is found under another name and version than its own', async () => {
      const { chart, namespace, cart } = closedShop(plane);
      const workload = rawWorkload(chart, { ...LEGACY, labels: { version: 'v3' } });
      const orders = { ports: PORTS, name: 'legacy', version: 'v3' };
      cart.calls(MeshedService.fromWorkload(namespace, 'orders', workload, orders));
      await expectOnly(await judged(chart), [CART_TO_LEGACY]);
    });
  });

  forEachPlane((plane) => {
    it('is limited to requests', async () => {
      const { chart, namespace, cart } = closedShop(plane);
      const legacy = MeshedService.fromWorkload(namespace, 'legacy', rawWorkload(chart, LEGACY), { ports: PORTS });
      cart.calls(legacy, { http: [HttpAccess.get('/a')] });
      await expectOnly(await judged(chart), [{ ...CART_TO_LEGACY, only: ['GET /a'] }]);
    });

    it('is released in a second version from a second workload', async () => {
      const { chart, namespace, cart } = closedShop(plane);
      const second = rawWorkload(chart, { ...LEGACY, kind: 'StatefulSet', name: 'legacy-v2', labels: { app: 'legacy', version: 'v2' } });
      const first = rawWorkload(chart, { ...LEGACY, labels: { version: 'v1' } });
      const legacy = MeshedService.fromWorkload(namespace, 'legacy', first, { ports: PORTS });
      cart.calls(legacy);
      canary(legacy, { canary: { version: 'v2', workload: second } });
      const mesh = await judged(chart);
      const answer = await mesh.answer(call(cart, legacy, { port: 80 }));
      expect(answer.allowed).toBe(true);
      expect(sharesOf(answer)).toEqual({ 'shop/legacy': 90, 'shop/legacy-v2': 10 });
      await expectOnly(mesh, [CART_TO_LEGACY]);
    });
  });
});

describe('the pods of a service', () => {
  forEachEnforcer((plane) => {
    it('are taken with everything that may be said of them, and guarded alike', async () => {
      const { chart, cart, product } = shop(plane, {
        replicas: 3,
        command: ['/cart'],
        args: ['--verbose'],
        env: { CURRENCY: 'EUR' },
        resources: { cpuMillis: 250, memoryMebibytes: 64, memoryLimitMebibytes: 512 },
        readiness: WorkloadProbe.http('/ready', { port: 9100 }),
        liveness: WorkloadProbe.tcp(),
      });
      product.calls(cart);
      await expectOnly(await judged(chart), [{ from: 'shop/product', to: 'shop/cart' }]);
    });

    it('are taken with a number that follows the load', async () => {
      const { chart, cart, product } = shop(plane, { autoscaling: { minReplicas: 2, maxReplicas: 6, cpuPercent: 70 } });
      product.calls(cart);
      await expectOnly(await judged(chart), [{ from: 'shop/product', to: 'shop/cart' }]);
    });
  });

  forEachPlane((plane) => {
    it('scale in both versions of a release without changing its shares', async () => {
      const { chart, cart, product } = shop(plane, { autoscaling: { maxReplicas: 6 } });
      product.calls(cart);
      canary(cart);
      const mesh = await judged(chart);
      expect(sharesOf(await mesh.answer(call(product, cart)))).toEqual({ 'shop/cart-v1': 90, 'shop/cart-v2': 10 });
    });

    it('are reached in a namespace that others enrol, as the chart names it', async () => {
      const chart = newChart('test', { namespace: 'shop' });
      const label = plane.of({ sidecar: ['istio-injection', 'enabled'], ambient: ['istio.io/dataplane-mode', 'ambient'] });
      const platform = newChart('platform');
      rawNamespace(platform, 'shop', Object.fromEntries([label]));
      const [cart, product] = ['cart', 'product'].map((id) => service(chart, id, { dataPlane: plane.dataPlane }));
      cart.calls(product);
      const mesh = await judged(platform, chart);
      await expectOnly(mesh, [{ from: 'shop/cart', to: 'shop/product' }], ['shop/product']);
      const { ways } = await mesh.answer(call(cart, product));
      expect(ways[0].hops).toMatchObject([{ transport: plane.of({ sidecar: 'mTLS', ambient: 'HBONE' }), principal: cart.principal }]);
    });
  });
});
