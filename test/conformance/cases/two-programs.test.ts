import { type Chart } from 'cdk8s';
import {
  type CallOptions,
  DataPlane,
  HttpAccess,
  Infrastructure,
  IngressGateway,
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
import { forEachEnforcer, forEachPlane } from '../../for-each-plane';
import { GATEWAY_NAME } from '../../../lib/istio/labels';
import { decide } from '../../../lib/verdict/decide';
import type { Request } from '../../../lib/verdict/requests/request';
import { judged } from '../judged';
import { meshFrom, meshOf, type MeshUnderTest } from '../mesh-under-test';
import { rawRoute } from '../raw-objects';
import { call, enter, sharesOf } from '../requests';
import { expectOnly } from '../who-calls-whom';

const PORTS = [MeshPort.http(80, { targetPort: 8080 })];
const ONLY_CART = { http: [HttpAccess.get('/cart/*')] };
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

describe('a gateway of another program', () => {
  const URL = 'https://shop.example.com/cart/1';

  /** The platform's program: a gateway that takes routes from some namespaces. */
  function platform(namespace: typeof MeshNamespace | typeof ZeroTrustNamespace, { dataPlane }: Plane, ...routesFrom: string[]): Chart {
    const chart = newChart('platform');
    new IngressGateway(new namespace(chart, 'edge', { dataPlane }), 'gateway', { tlsSecret: 'cert', routesFrom });
    return chart;
  }

  /** The shop’s program, which exposes its cart through that gateway. */
  function guest(plane: Plane) {
    const one = shop(plane);
    const gateway = IngressGateway.fromAttributes(one.chart, 'public', { name: 'gateway', namespaceName: 'edge' });
    gateway.expose(one.cart, { host: 'shop.example.com', pathPrefix: '/cart' });
    return one;
  }

  /** What istiod lets in has to pass the network layer too. */
  async function arrives(mesh: MeshUnderTest, request: Request): Promise<boolean> {
    const { allowed } = await mesh.answer(request);
    return allowed && decide(mesh.cluster, request).allowed;
  }

  forEachEnforcer((plane) => {
    it.each([
      ['open', MeshNamespace],
      ['closed', ZeroTrustNamespace],
    ])('brings what is exposed through it from an %s namespace, and nothing else', async (_, namespace) => {
      const mesh = await judged(platform(namespace, plane, 'shop'), guest(plane).chart);
      expect(await arrives(mesh, enter(URL))).toBe(true);
      expect(await arrives(mesh, enter('https://shop.example.com/admin'))).toBe(false);
      await expectOnly(mesh, []);
    });

    it('takes no route of a namespace that its owner has not named', async () => {
      const programs = [platform(MeshNamespace, plane), guest(plane).chart];
      const mesh = meshFrom(programs.flatMap((program) => meshOf(program).manifests));
      expect(await mesh.answer(enter(URL))).toMatchObject({ allowed: false, layer: 'routing' });
    });

    it('comes through the waypoint where there is one', async () => {
      const mesh = await judged(platform(MeshNamespace, plane, 'shop'), guest(plane).chart);
      const { ways } = await mesh.answer(enter(URL));
      const gateway = 'cluster.local/ns/edge/sa/gateway-istio';
      const principal = plane.of({ sidecar: gateway, ztunnel: gateway, waypoint: 'cluster.local/ns/shop/sa/waypoint' });
      expect(ways.map(({ hops }) => hops.at(-1))).toMatchObject([{ principal }]);
    });

    it('known by its identity alone is let in by what allows it, on the paths that this names', async () => {
      const one = shop(plane);
      one.cart.access.allow(
        ServiceIdentity.of('edge', 'gateway-istio'),
        plane.of<CallOptions>({ sidecar: ONLY_CART, ztunnel: {}, waypoint: ONLY_CART }),
      );
      rawRoute(one.chart, 'shop.example.com', { name: 'cart', namespace: 'shop', port: 8080 });
      const mesh = await judged(platform(ZeroTrustNamespace, plane, 'shop'), one.chart);
      expect(await arrives(mesh, enter(URL))).toBe(true);
    });

    it('is one of ours that exposes a service of another program', async () => {
      const waypoint = plane.of({ sidecar: undefined, ztunnel: undefined, waypoint: 'waypoint' });
      const chart = newChart('edge');
      const edge = new ZeroTrustNamespace(chart, 'edge', { dataPlane: plane.dataPlane });
      const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'cert' });
      gateway.expose(invoiceIn(chart, plane, { waypoint }), { host: 'pay.example.com' });
      const theirs = billing(plane, ServiceIdentity.of('edge', gateway.serviceAccountName));
      const mesh = await judged(chart, theirs);
      expect(await arrives(mesh, enter('https://pay.example.com/'))).toBe(true);
      await expectOnly(mesh, []);
    });
  });

  forEachPlane((plane) => {
    it('is known by all that its owner says of it', async () => {
      const one = shop(plane);
      const gateway = IngressGateway.fromAttributes(one.chart, 'gateway', {
        namespaceName: 'edge',
        listener: 'https',
        serviceAccountName: 'gateway-istio',
        podLabels: { [GATEWAY_NAME]: 'gateway' },
      });
      gateway.expose(one.cart, { host: 'shop.example.com', pathPrefix: '/cart' });
      expect(await arrives(await judged(platform(ZeroTrustNamespace, plane, 'shop'), one.chart), enter(URL))).toBe(true);
    });

    it('splits a release of ours', async () => {
      const one = guest(plane);
      canary(one.cart);
      const mesh = await judged(platform(ZeroTrustNamespace, plane, 'shop'), one.chart);
      expect(await arrives(mesh, enter(URL))).toBe(true);
      expect(sharesOf(await mesh.answer(enter(URL)))).toEqual({ 'shop/cart-v1': 90, 'shop/cart-v2': 10 });
    });
  });
});
