import { type Chart } from 'cdk8s';
import {
  DataPlane,
  HttpAccess,
  Infrastructure,
  MeshedService,
  type MeshedServiceAttributes,
  MeshNamespace,
  type MeshNamespaceAttributes,
  MeshPort,
  Routing,
  ServiceIdentity,
  Waypoint,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { canary, edgeGateway, newChart, service, shop } from '../../builders';
import { forEachEnforcer } from '../../for-each-plane';
import { judged } from '../judged';
import { call, enter, sharesOf } from '../requests';
import { expectOnly } from '../who-calls-whom';

const PORTS = [MeshPort.http(80, { targetPort: 8080 })];
const CART_TO_INVOICE = { from: 'shop/cart', to: 'billing/invoice' };

type Plane = { readonly dataPlane: DataPlane };

/** The other program: an invoice service in a closed namespace, which lets in whom it is told. */
function billing({ dataPlane }: Plane, ...callers: readonly ServiceIdentity[]): Chart {
  const chart = newChart('billing');
  const invoice = service(new ZeroTrustNamespace(chart, 'billing', { dataPlane }), 'invoice', { ports: PORTS });
  callers.forEach((caller) => invoice.access.allow(caller));
  return chart;
}

const cartOf = (plane: Plane) => ServiceIdentity.of('shop', 'cart', { dataPlane: plane.dataPlane, podLabels: { app: 'cart' } });

/** What the shop's program knows of the invoice service. */
function invoiceIn(chart: Chart, { dataPlane }: Plane, more: Partial<MeshedServiceAttributes> = {}) {
  return MeshedService.fromAttributes(chart, 'invoice', { namespaceName: 'billing', ports: PORTS, dataPlane, ...more });
}

describe('a call between two programs', () => {
  forEachEnforcer((plane) => {
    const waypoint = plane.of({ sidecar: undefined, ztunnel: undefined, waypoint: 'waypoint' });

    it('arrives when both ends say so, and lets in nobody else', async () => {
      const { chart, cart } = shop(plane);
      cart.calls(invoiceIn(chart, plane, { waypoint }));
      await expectOnly(await judged(chart, billing(plane, cartOf(plane))), [CART_TO_INVOICE]);
    });

    it('is let in by an open namespace that has said nothing of callers', async () => {
      const { chart, cart } = shop(plane);
      cart.calls(invoiceIn(chart, plane, { waypoint }));
      const theirs = newChart('billing');
      service(new MeshNamespace(theirs, 'billing', { dataPlane: plane.dataPlane }), 'invoice', { ports: PORTS });
      const mesh = await judged(chart, theirs);
      const answer = await mesh.answer({ from: { workload: 'shop/cart-v1' }, to: { host: 'invoice.billing.svc.cluster.local', port: 80 } });
      expect(answer).toMatchObject({ allowed: true, ways: [{ workload: 'billing/invoice-v1' }] });
    });

    it('is refused when its caller alone says so', async () => {
      const { chart, cart } = shop(plane);
      cart.calls(invoiceIn(chart, plane, { waypoint }));
      await expectOnly(await judged(chart, billing(plane)), []);
    });

    it('reaches a service under another name than the id that it has here', async () => {
      const { chart, cart } = shop(plane);
      const theirs = MeshedService.fromAttributes(chart, 'theirs', {
        namespaceName: 'billing',
        ports: PORTS,
        dataPlane: plane.dataPlane,
        waypoint,
        name: 'invoice',
        host: 'invoice.billing.svc.cluster.local',
        podLabels: { app: 'invoice' },
      });
      cart.calls(theirs);
      await expectOnly(await judged(chart, billing(plane, cartOf(plane))), [CART_TO_INVOICE]);
    });

    it('lets in a service of the other program by what is known of it', async () => {
      const { chart, cart } = shop(plane);
      const invoice = invoiceIn(chart, plane, { waypoint, serviceAccountName: 'invoice', podLabels: { app: 'invoice' } });
      invoice.calls(cart);
      const theirs = newChart('billing');
      const namespace = new ZeroTrustNamespace(theirs, 'billing', { dataPlane: plane.dataPlane });
      const cartThere = MeshedService.fromAttributes(theirs, 'cart', {
        namespaceName: 'shop',
        ports: [MeshPort.http(8080)],
        dataPlane: plane.dataPlane,
        waypoint,
      });
      service(namespace, 'invoice', { ports: PORTS }).calls(cartThere);
      await expectOnly(await judged(chart, theirs), [{ from: 'billing/invoice', to: 'shop/cart' }]);
    });
  });
});

describe.each([
  ['sidecars by Istio’s own API', DataPlane.sidecar(), Routing.istio(), undefined],
  ['sidecars by the Gateway API', DataPlane.sidecar(), Routing.gatewayApi(), undefined],
  ['a waypoint by Istio’s own API', DataPlane.ambient(), Routing.istio(), 'waypoint'],
  ['a waypoint by the Gateway API', DataPlane.ambient(), Routing.gatewayApi(), 'waypoint'],
])('a release of another program, split for %s', (_, dataPlane, routing, waypoint) => {
  it.each([
    ['its own plane', dataPlane],
    ['a sidecar', DataPlane.sidecar()],
  ])('is split for a caller of %s', async (_caller, callerPlane) => {
    const { chart, cart } = shop({ dataPlane: callerPlane });
    cart.calls(invoiceIn(chart, { dataPlane }, { waypoint }));
    const theirs = newChart('billing');
    const invoice = service(new ZeroTrustNamespace(theirs, 'billing', { dataPlane }), 'invoice', { routing, ports: PORTS });
    invoice.access.allow(cartOf({ dataPlane: callerPlane }));
    canary(invoice);
    const mesh = await judged(chart, theirs);
    const answer = await mesh.answer(call(cart, invoice, { port: 80 }));
    expect(answer.allowed).toBe(true);
    expect(sharesOf(answer)).toEqual({ 'billing/invoice-v1': 90, 'billing/invoice-v2': 10 });
  });
});

describe('a namespace of another program', () => {
  /** The platform's program makes the namespace, ours lives in it. */
  function tenant({ dataPlane }: Plane, attributes: Partial<MeshNamespaceAttributes>) {
    const platform = newChart('platform');
    new ZeroTrustNamespace(platform, 'shop', { dataPlane });
    const chart = newChart('tenant');
    const namespace = MeshNamespace.fromName(chart, 'home', { name: 'shop', dataPlane, ...attributes });
    const [cart, product] = ['cart', 'product', 'search'].map((id) => service(namespace, id));
    return { platform, chart, cart, product };
  }

  forEachEnforcer((plane) => {
    const waypoint = plane.of({ sidecar: undefined, ztunnel: undefined, waypoint: 'waypoint' });
    const closed: Partial<MeshNamespaceAttributes> = { zeroTrust: true, infrastructure: Infrastructure.of(), waypoint };

    it('is lived in: what is called there is let in, and the rest stays closed', async () => {
      const { platform, chart, cart, product } = tenant(plane, closed);
      cart.calls(product);
      await expectOnly(await judged(platform, chart), [{ from: 'shop/cart', to: 'shop/product' }]);
    });

    it('is shared with services of its owner and of other guests, each with calls of its own', async () => {
      const platform = newChart('platform');
      const shop = new ZeroTrustNamespace(platform, 'shop', { dataPlane: plane.dataPlane });
      service(shop, 'web').calls(service(shop, 'stock'));
      const guest = (id: string): Chart => {
        const chart = newChart(id);
        const home = MeshNamespace.fromName(chart, 'home', { name: 'shop', dataPlane: plane.dataPlane, ...closed });
        service(home, `${id}-web`).calls(service(home, `${id}-api`, { ports: PORTS }));
        return chart;
      };
      const names = ['', 'one-', 'two-'];
      const calls = names.map((name) => ({ from: `shop/${name}web`, to: name === '' ? 'shop/stock' : `shop/${name}api` }));
      await expectOnly(await judged(platform, guest('one'), guest('two')), calls);
    });

    it('has its plane’s way in: the waypoint that it names, or none', async () => {
      const { platform, chart, cart, product } = tenant(plane, closed);
      cart.calls(product);
      const mesh = await judged(platform, chart);
      const { ways } = await mesh.answer(call(cart, product));
      expect(ways[0].hops).toHaveLength(plane.of({ sidecar: 1, ztunnel: 1, waypoint: 2 }));
    });
  });

  it.each([
    ['sidecar', DataPlane.sidecar(), undefined],
    ['ambient', DataPlane.ambient({ waypoint: Waypoint.ALWAYS }), 'waypoint'],
  ])('takes releases and gateways of ours in %s mode', async (_, dataPlane, waypoint) => {
    const { platform, chart, cart, product } = tenant({ dataPlane }, { zeroTrust: true, waypoint });
    cart.calls(product);
    canary(product);
    edgeGateway(chart, dataPlane).expose(product, { host: 'shop.example.com', pathPrefix: '/products' });
    const mesh = await judged(platform, chart);
    const answers = await mesh.answers([call(cart, product), enter('https://shop.example.com/products')]);
    expect(answers.map(({ allowed }) => allowed)).toEqual([true, true]);
    expect(answers.map(sharesOf)).toEqual([0, 1].map(() => ({ 'shop/product-v1': 90, 'shop/product-v2': 10 })));
  });

  it.each([
    ['sidecar', DataPlane.sidecar(), undefined],
    ['ambient', DataPlane.ambient({ waypoint: Waypoint.ALWAYS }), 'waypoint'],
  ])('limits calls to requests in %s mode', async (_, dataPlane, waypoint) => {
    const { platform, chart, cart, product } = tenant({ dataPlane }, { zeroTrust: true, waypoint });
    cart.calls(product, { http: [HttpAccess.get('/products/*')] });
    await expectOnly(await judged(platform, chart), [{ from: 'shop/cart', to: 'shop/product', only: ['GET /products/1'] }]);
  });
});
