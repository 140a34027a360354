import { DataPlane, MeshPort, ZeroTrustNamespace } from 'istio-constructs';
import { newChart, service, shop } from '../../builders';
import { forEachEnforcer } from '../../for-each-plane';
import { judged } from '../judged';
import { rawService } from '../raw-objects';
import { call, dial, PLAINTEXT, STRANGERS } from '../requests';
import { expectOnly } from '../who-calls-whom';
import { workloadsOf } from '../../../lib/cluster/workloads/workloads';

const HTTP_AND_TCP = [MeshPort.http(8080), MeshPort.tcp(9000)];
const EVERY_PROTOCOL = [
  MeshPort.http(7000),
  MeshPort.http2(7001),
  MeshPort.grpc(7002),
  MeshPort.grpcWeb(7003),
  MeshPort.tcp(7004),
  MeshPort.tls(7005),
  MeshPort.https(7006),
  MeshPort.mongo(7007),
  MeshPort.mysql(7008),
  MeshPort.redis(7009),
];
const CART_TO_PRODUCT = { from: 'shop/cart', to: 'shop/product' };
const PRODUCT_TO_CART = { from: 'shop/product', to: 'shop/cart' };

describe('calls in closed namespaces', () => {
  forEachEnforcer((plane) => {
    it('let in nobody as long as none is declared', async () => {
      await expectOnly(await judged(shop(plane).chart), []);
    });

    it('let in exactly who calls, from the same namespace and from another', async () => {
      const { chart, cart, product, payment } = shop(plane);
      cart.calls(product);
      cart.calls(payment);
      payment.calls(product);
      const allowed = [CART_TO_PRODUCT, { from: 'shop/cart', to: 'payments/payment' }, { from: 'payments/payment', to: 'shop/product' }];
      await expectOnly(await judged(chart), allowed);
    });

    it('let in by access.allow who is let in by calls', async () => {
      const { chart, cart, product } = shop(plane);
      product.access.allow(cart);
      await expectOnly(await judged(chart), [CART_TO_PRODUCT]);
    });

    it('let a service call itself when it says so', async () => {
      const { chart, cart } = shop(plane);
      cart.calls(cart);
      await expectOnly(await judged(chart), [{ from: 'shop/cart', to: 'shop/cart' }]);
    });

    it('open the port that is named and no other', async () => {
      const { chart, product, cart } = shop(plane, { ports: HTTP_AND_TCP });
      product.calls(cart, { port: 9000 });
      await expectOnly(await judged(chart), [{ ...PRODUCT_TO_CART, port: 9000 }]);
    });

    it('open every port when none is named', async () => {
      const { chart, product, cart } = shop(plane, { ports: HTTP_AND_TCP });
      product.calls(cart);
      await expectOnly(await judged(chart), [PRODUCT_TO_CART]);
    });

    it('open a port of the Service that is another at the pods', async () => {
      const { chart, product, cart } = shop(plane, { ports: [MeshPort.http(80, { targetPort: 8080 })] });
      product.calls(cart, { port: 80 });
      await expectOnly(await judged(chart), [PRODUCT_TO_CART]);
    });

    it('tell two ports of one protocol apart', async () => {
      const ports = [MeshPort.http(8080, { suffix: 'web' }), MeshPort.http(9090, { suffix: 'admin' })];
      const { chart, product, payment, cart } = shop(plane, { ports });
      product.calls(cart, { port: 8080 });
      payment.calls(cart, { port: 9090 });
      const allowed = [
        { from: 'shop/product', to: 'shop/cart', port: 8080 },
        { from: 'payments/payment', to: 'shop/cart', port: 9090 },
      ];
      await expectOnly(await judged(chart), allowed);
    });

    it('hold under the names that namespaces and services are given', async () => {
      const chart = newChart();
      const shopNamespace = new ZeroTrustNamespace(chart, 'shop', { dataPlane: plane.dataPlane, name: 'shop-eu', labels: { team: 'buy' } });
      const cart = service(shopNamespace, 'cart', { name: 'basket' });
      cart.calls(service(shopNamespace, 'product', { version: 'v7' }));
      const mesh = await judged(chart);
      await expectOnly(mesh, [{ from: 'shop-eu/basket', to: 'shop-eu/product' }]);
      expect(workloadsOf(mesh.cluster).map(({ key }) => key)).toEqual(['shop-eu/basket-v1', 'shop-eu/product-v7']);
    });

    it('are encrypted, and prove who calls', async () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product);
      const mesh = await judged(chart);
      const { ways } = await mesh.answer(call(cart, product));
      const last = ways[0].hops.at(-1);
      const principal = plane.of({ sidecar: cart.principal, ztunnel: cart.principal, waypoint: 'cluster.local/ns/shop/sa/waypoint' });
      const transport = plane.of({ sidecar: 'mTLS', ztunnel: 'HBONE', waypoint: 'HBONE' });
      expect(last).toMatchObject({ transport, principal, allowed: true });
    });

    it('pass the waypoint where there is one, and nobody else on the way', async () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product);
      const mesh = await judged(chart);
      const { ways } = await mesh.answer(call(cart, product));
      const ends = plane.of({
        sidecar: ['sidecar shop/product-v1'],
        ztunnel: ['ztunnel shop/product-v1'],
        waypoint: ['waypoint shop/waypoint', 'ztunnel shop/product-v1'],
      });
      expect(ways.map(({ hops }) => hops.map(({ at }) => at))).toEqual([ends]);
    });

    it('are refused to plaintext before any policy is asked', async () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product);
      const mesh = await judged(chart);
      expect(await mesh.answer(dial(PLAINTEXT, product))).toMatchObject({ allowed: false, layer: 'mtls' });
    });

    it('are refused by a policy to whoever proves another identity, of either plane', async () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product);
      const mesh = await judged(chart);
      const answers = await mesh.answers(Object.values(STRANGERS).map((from) => ({ from, to: { host: product.host, port: 8080 } })));
      expect(answers).toEqual([0, 1].map(() => expect.objectContaining({ allowed: false, layer: 'authorization' })));
    });

    it('leave no way round by a Service made by hand over the same pods', async () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product);
      rawService(chart, { name: 'product-alias', namespace: 'shop', portName: 'http', port: 8080, app: 'product' });
      await expectOnly(await judged(chart), [CART_TO_PRODUCT]);
    });

    it('hold on a port of every protocol', async () => {
      const { chart, product, cart } = shop(plane, { ports: EVERY_PROTOCOL });
      product.calls(cart);
      await expectOnly(await judged(chart), [PRODUCT_TO_CART]);
    });
  });
});

describe('who is not named', () => {
  it('is stopped by its own sidecar, which was not told of the host', async () => {
    const { chart, cart, product } = shop({ dataPlane: DataPlane.sidecar() });
    cart.calls(product);
    const mesh = await judged(chart);
    expect(await mesh.answer(call(product, cart))).toMatchObject({ allowed: false, layer: 'scope' });
  });
});
