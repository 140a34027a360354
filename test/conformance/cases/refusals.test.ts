import { HttpAccess, MeshNamespace, MeshPort, ServiceIdentity } from 'istio-constructs';
import { service, shop } from '../../builders';
import { forEachEnforcer, forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import { call, from, PLAINTEXT, STRANGERS } from '../requests';
import { expectOnly } from '../who-calls-whom';

const HTTP_AND_TCP = [MeshPort.http(8080), MeshPort.tcp(9000)];
const ADMIN = { http: [HttpAccess.anyMethod('/admin/*')] };
const STRANGER = ServiceIdentity.of('elsewhere', 'stranger');
const FRIEND = { pod: { namespace: 'elsewhere', serviceAccount: 'friend', proxy: 'ztunnel' } } as const;

describe('access.deny', () => {
  forEachEnforcer((plane) => {
    it('refuses one caller, whatever else allows it, and leaves the others', async () => {
      const { chart, cart, payment, product } = shop(plane);
      cart.calls(product);
      payment.calls(product);
      product.access.deny(cart);
      await expectOnly(await judged(chart), [{ from: 'payments/payment', to: 'shop/product' }]);
    });

    it('refuses on the port that is named alone', async () => {
      const { chart, cart, product } = shop(plane, { ports: HTTP_AND_TCP });
      product.calls(cart);
      cart.access.deny(product, { port: 9000 });
      await expectOnly(await judged(chart), [{ from: 'shop/product', to: 'shop/cart', port: 8080 }]);
    });

    it('refuses on a port of the Service that is another at the pods', async () => {
      const ports = [MeshPort.http(80, { targetPort: 8080 }), MeshPort.http(81, { targetPort: 8081, suffix: 'admin' })];
      const { chart, cart, product } = shop(plane, { ports });
      product.calls(cart);
      cart.access.deny(product, { port: 81 });
      await expectOnly(await judged(chart), [{ from: 'shop/product', to: 'shop/cart', port: 80 }]);
    });

    it('opens nothing by itself', async () => {
      const { chart, cart, product } = shop(plane);
      product.access.deny(cart);
      await expectOnly(await judged(chart), []);
    });
  });

  forEachPlane((plane) => {
    it('refuses requests of a kind, and leaves the rest of what the caller may send', async () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { http: [HttpAccess.get('/admin/*', '/products/*')] });
      product.access.deny(cart, ADMIN);
      await expectOnly(await judged(chart), [{ from: 'shop/cart', to: 'shop/product', only: ['GET /products/1'] }]);
    });
  });
});

describe('access.denyAnyone', () => {
  forEachEnforcer((plane) => {
    it('refuses everybody on a port, callers that are allowed as well', async () => {
      const { chart, cart, product } = shop(plane, { ports: HTTP_AND_TCP });
      product.calls(cart);
      cart.access.denyAnyone({ port: 9000 });
      await expectOnly(await judged(chart), [{ from: 'shop/product', to: 'shop/cart', port: 8080 }]);
    });
  });

  forEachPlane((plane) => {
    it('refuses requests that nobody shall send, and no others', async () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product);
      product.access.denyAnyone(ADMIN);
      const mesh = await judged(chart);
      const by = `AuthorizationPolicy shop/product-${plane.of({ sidecar: 'deny', ambient: 'waypoint-deny' })}`;
      const [ordinary, admin] = await mesh.answers(['/products/1', '/admin/1'].map((path) => call(cart, product, { path })));
      expect(ordinary).toMatchObject({ allowed: true });
      expect(admin).toMatchObject({ allowed: false, by, layer: 'authorization' });
    });
  });
});

describe('access.allowAnyone', () => {
  forEachEnforcer((plane) => {
    it('lets in every identity of either plane, and no plaintext', async () => {
      const { chart, product } = shop(plane);
      product.access.allowAnyone('public catalogue');
      const mesh = await judged(chart);
      const callers = [STRANGERS.sidecar, STRANGERS.ambient, PLAINTEXT];
      const answers = await mesh.answers(callers.map((caller) => from(caller, product)));
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true, false]);
    });

    it('lets in workloads of open namespaces, and opens no other service', async () => {
      const { chart, product, cart } = shop(plane);
      const web = service(new MeshNamespace(chart, 'front', { dataPlane: plane.dataPlane }), 'web');
      product.access.allowAnyone('public catalogue');
      const mesh = await judged(chart);
      const answers = await mesh.answers([call(web, product), call(web, cart)]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
    });

    it('leaves out who is refused by name', async () => {
      const { chart, product } = shop(plane);
      product.access.allowAnyone('public catalogue');
      product.access.deny(STRANGER);
      const mesh = await judged(chart);
      const answers = await mesh.answers([STRANGERS.sidecar, STRANGERS.ambient, FRIEND].map((caller) => from(caller, product)));
      expect(answers.map(({ allowed }) => allowed)).toEqual([false, false, true]);
    });

    it('opens the port that is named alone', async () => {
      const { chart, cart } = shop(plane, { ports: HTTP_AND_TCP });
      cart.access.allowAnyone('health', { port: 8080 });
      const mesh = await judged(chart);
      const answers = await mesh.answers([8080, 9000].map((port) => from(STRANGERS.ambient, cart, { port })));
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
    });
  });

  forEachPlane((plane) => {
    it('lets in requests of a kind alone, from callers that pass who reads them', async () => {
      const { chart, product } = shop(plane);
      product.access.allowAnyone('health', { http: [HttpAccess.get('/health')] });
      const mesh = await judged(chart);
      const requests = [STRANGERS.sidecar, STRANGERS.ambient].flatMap((caller) =>
        ['/health', '/products'].map((path) => from(caller, product, { path })),
      );
      const answers = await mesh.answers(requests);
      // Sidecars go past waypoints, and nobody at the pods can tell requests apart.
      const expected = plane.of({ sidecar: [true, false, true, false], ambient: [false, false, true, false] });
      expect(answers.map(({ allowed }) => allowed)).toEqual(expected);
    });
  });
});
