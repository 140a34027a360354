import { ApiObject, type Chart, Duration } from 'cdk8s';
import {
  DataPlane,
  HttpAccess,
  IngressGateway,
  type MeshedServiceProps,
  MeshNamespace,
  MeshPort,
  RequestMatch,
  ServiceIdentity,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { canary, edgeGateway, newChart, service, shop } from '../../builders';
import { forEachEnforcer, forEachPlane } from '../../for-each-plane';
import type { Request } from '../../../lib/verdict/requests/request';
import { judged } from '../judged';
import { rawNamespace, rawRoute } from '../raw-objects';
import { call, enter, from, sharesOf } from '../requests';
import { expectOnly } from '../who-calls-whom';

const HOST = 'shop.example.com';
const CART = 'https://shop.example.com/cart';
const NINETY_TEN = { 'shop/cart-v1': 90, 'shop/cart-v2': 10 };

/** The shop with its cart at `/cart` of shop.example.com. */
function exposed(plane: { readonly dataPlane: DataPlane }, cart: Partial<MeshedServiceProps> = {}) {
  const one = shop(plane, cart);
  const gateway = edgeGateway(one.chart, plane.dataPlane);
  gateway.expose(one.cart, { host: HOST, pathPrefix: '/cart' });
  return { ...one, gateway };
}

/** Where requests from outside end; undefined for those that do not arrive. */
async function ends({ chart }: { readonly chart: Chart }, ...urls: readonly string[]) {
  const mesh = await judged(chart);
  const answers = await mesh.answers(urls.map((url) => enter(url)));
  return answers.map(({ allowed, ways }) => (allowed ? ways[0].workload : undefined));
}

describe('an IngressGateway', () => {
  forEachEnforcer((plane) => {
    it('lets in requests for the path and what is below, and no others', async () => {
      const urls = ['', '/7', '/7?x=1', 's', 's/7'].map((rest) => `${CART}${rest}`);
      expect(await ends(exposed(plane), ...urls)).toEqual(['shop/cart-v1', 'shop/cart-v1', 'shop/cart-v1', undefined, undefined]);
    });

    it('has no route for another host or another path', async () => {
      const mesh = await judged(exposed(plane).chart);
      const answers = await mesh.answers(['https://www.example.com/cart', 'https://shop.example.com/admin'].map((url) => enter(url)));
      expect(answers).toMatchObject([0, 1].map(() => ({ allowed: false, layer: 'routing' })));
    });

    it('lets in every path when it exposes a service as a whole', async () => {
      const one = shop(plane);
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: HOST });
      expect(await ends(one, `https://${HOST}/`, `https://${HOST}/a/b`)).toEqual(['shop/cart-v1', 'shop/cart-v1']);
    });

    it('shares a host between services by their paths', async () => {
      const one = exposed(plane);
      one.gateway.expose(one.product, { host: HOST, pathPrefix: '/products' });
      const urls = [`${CART}/1`, `https://${HOST}/products/1`, `https://${HOST}/`];
      expect(await ends(one, ...urls)).toEqual(['shop/cart-v1', 'shop/product-v1', undefined]);
    });

    it('exposes services of several namespaces', async () => {
      const one = exposed(plane);
      one.gateway.expose(one.payment, { host: 'pay.example.com' });
      expect(await ends(one, `${CART}/1`, 'https://pay.example.com/')).toEqual(['shop/cart-v1', 'payments/payment-v1']);
    });

    it('exposes a service under two hosts', async () => {
      const one = exposed(plane);
      one.gateway.expose(one.cart, { host: 'www.example.com', pathPrefix: '/basket', routeName: 'cart-www' });
      const urls = [`${CART}/1`, 'https://www.example.com/basket', 'https://www.example.com/cart'];
      expect(await ends(one, ...urls)).toEqual(['shop/cart-v1', 'shop/cart-v1', undefined]);
    });

    it('exposes every host below a wildcard', async () => {
      const one = shop(plane);
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: '*.example.com' });
      expect(await ends(one, 'https://eu.example.com/', 'https://example.org/')).toEqual(['shop/cart-v1', undefined]);
    });

    it('exposes the port that it is told, else the first that speaks HTTP', async () => {
      const ports = [MeshPort.tcp(9000), MeshPort.http(80, { targetPort: 8080 }), MeshPort.http(81, { suffix: 'admin' })];
      const one = shop(plane, { ports });
      const gateway = edgeGateway(one.chart, plane.dataPlane);
      gateway.expose(one.cart, { host: HOST });
      gateway.expose(one.cart, { host: 'admin.example.com', port: 81, routeName: 'admin' });
      const mesh = await judged(one.chart);
      const answers = await mesh.answers([enter(`https://${HOST}/`), enter('https://admin.example.com/')]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true]);
      const ports80And81 = [expect.stringContaining('|80|'), expect.stringContaining('|81|')];
      expect(answers.map(({ ways }) => ways[0].cluster?.name)).toEqual(ports80And81);
    });

    it('opens a service to its own identity alone', async () => {
      await expectOnly(await judged(exposed(plane).chart), []);
    });

    it('stands beside callers in the mesh', async () => {
      const one = exposed(plane);
      one.product.calls(one.cart);
      const mesh = await judged(one.chart);
      await expectOnly(mesh, [{ from: 'shop/product', to: 'shop/cart' }]);
      expect(await mesh.answer(enter(`${CART}/1`))).toMatchObject({ allowed: true });
    });

    it('proves itself to the service, encrypted all the way', async () => {
      const mesh = await judged(exposed(plane).chart);
      const { ways } = await mesh.answer(enter(`${CART}/1`));
      const { serviceAccountName } = exposed(plane).gateway;
      const gateway = `cluster.local/ns/edge/sa/${serviceAccountName}`;
      const last = plane.of({
        sidecar: { at: 'sidecar shop/cart-v1', transport: 'mTLS', principal: gateway },
        ztunnel: { at: 'ztunnel shop/cart-v1', transport: 'HBONE', principal: gateway },
        waypoint: { at: 'ztunnel shop/cart-v1', transport: 'HBONE', principal: 'cluster.local/ns/shop/sa/waypoint' },
      });
      expect(ways).toHaveLength(1);
      expect(ways[0].hops.at(-1)).toMatchObject(last);
    });

    it('takes requests in a closed namespace too', async () => {
      const one = shop(plane);
      const edge = new ZeroTrustNamespace(one.chart, 'edge', { dataPlane: plane.dataPlane });
      const gateway = new IngressGateway(edge, 'front-door', { tlsSecret: 'shop-cert', name: 'gateway' });
      gateway.expose(one.cart, { host: HOST, pathPrefix: '/cart' });
      expect(await ends(one, `${CART}/1`, `https://${HOST}/admin`)).toEqual(['shop/cart-v1', undefined]);
    });

    it('reaches by a route made by hand what lets it in, and nothing else', async () => {
      const one = exposed(plane);
      one.product.access.allow(one.gateway);
      rawRoute(one.chart, 'product.example.com', { name: 'product', namespace: 'shop', port: 8080 });
      rawRoute(one.chart, 'legacy.example.com', { name: 'search', namespace: 'shop', port: 8080 });
      service(one.shop, 'search');
      expect(await ends(one, 'https://product.example.com/', 'https://legacy.example.com/')).toEqual(['shop/product-v1', undefined]);
    });

    it('exposes a service of its own namespace', async () => {
      const one = shop(plane);
      new IngressGateway(one.shop, 'gateway', { tlsSecret: 'shop-cert' }).expose(one.cart, { host: HOST });
      const mesh = await judged(one.chart);
      await expectOnly(mesh, []);
      const answer = await mesh.answer({ ...enter(CART), from: { gateway: 'shop/gateway' } });
      expect(answer).toMatchObject({ allowed: true, ways: [{ workload: 'shop/cart-v1' }] });
    });

    it('closes an open service to everybody else when it exposes it', async () => {
      const chart = newChart();
      const cart = service(new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane }), 'cart');
      edgeGateway(chart, plane.dataPlane).expose(cart, { host: HOST });
      const mesh = await judged(chart);
      await expectOnly(mesh, []);
      expect(await mesh.answer(enter(CART))).toMatchObject({ allowed: true });
    });

    it('shares a service with another gateway', async () => {
      const one = exposed(plane);
      const partners = new MeshNamespace(one.chart, 'partners', { dataPlane: plane.dataPlane });
      const other = new IngressGateway(partners, 'partner-gateway', { tlsSecret: 'partner-cert' });
      other.expose(one.cart, { host: 'partner.example.com', pathPrefix: '/orders' });
      const mesh = await judged(one.chart);
      const through = (gateway: string, url: string): Request => ({ ...enter(url), from: { gateway } });
      const answers = await mesh.answers([
        through('edge/gateway', CART),
        through('partners/partner-gateway', 'https://partner.example.com/orders'),
        through('partners/partner-gateway', CART),
        through('edge/gateway', 'https://partner.example.com/orders'),
      ]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true, false, false]);
    });
  });

  forEachPlane((plane) => {
    it('splits a release as the mesh does', async () => {
      const one = exposed(plane);
      one.product.calls(one.cart);
      canary(one.cart);
      const mesh = await judged(one.chart);
      const answers = await mesh.answers([enter(`${CART}/1`), call(one.product, one.cart)]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true]);
      expect(answers.map(sharesOf)).toEqual([NINETY_TEN, NINETY_TEN]);
    });

    it('sends requests that match a release to the new version, at weight 0 as well', async () => {
      const one = exposed(plane);
      canary(one.cart, { weight: 0, match: [RequestMatch.header('x-canary', 'true'), RequestMatch.path('/cart/new')] });
      const mesh = await judged(one.chart);
      const requests = [enter(`${CART}/1`, { headers: { 'x-canary': 'true' } }), enter(`${CART}/new`), enter(`${CART}/1`)];
      const answers = await mesh.answers(requests);
      expect(answers.map(sharesOf)).toEqual([{ 'shop/cart-v2': 100 }, { 'shop/cart-v2': 100 }, { 'shop/cart-v1': 100 }]);
    });

    it('lets in no path that only a release matches', async () => {
      const one = exposed(plane);
      canary(one.cart, { match: [RequestMatch.pathPrefix('/beta')] });
      expect(await ends(one, `https://${HOST}/beta`)).toEqual([undefined]);
    });

    it('keeps the timeout of the service', async () => {
      const mesh = await judged(exposed(plane, { timeout: Duration.seconds(5) }).chart);
      const { legs } = await mesh.answer(enter(`${CART}/1`));
      expect(legs.filter(({ timeout }) => timeout === '5s')).toHaveLength(1);
    });

    it('keeps the limits of the service, for each version', async () => {
      const one = exposed(plane, { circuitBreaker: { maxConnections: 7 } });
      canary(one.cart);
      const mesh = await judged(one.chart);
      const { ways } = await mesh.answer(enter(`${CART}/1`));
      expect(ways.map(({ cluster }) => cluster?.maxConnections)).toEqual([7, 7]);
    });

    it('keeps the retries of the service where a waypoint sends them, and splits with retries in either plane', async () => {
      const one = exposed(plane, { retries: { attempts: 3 } });
      canary(one.cart);
      const mesh = await judged(one.chart);
      const answer = await mesh.answer(enter(`${CART}/1`));
      expect(sharesOf(answer)).toEqual(NINETY_TEN);
      expect(answer.legs.at(-1)?.retries?.attempts).toBe(plane.of({ sidecar: 2, ambient: 3 }));
    });

    it('is refused requests of a kind by the service', async () => {
      const one = exposed(plane);
      one.cart.access.deny(one.gateway, { http: [HttpAccess.anyMethod('/cart/admin/*')] });
      expect(await ends(one, `${CART}/1`, `${CART}/admin/1`)).toEqual(['shop/cart-v1', undefined]);
    });

    it('may send no other path than those that it exposes', async () => {
      const one = exposed(plane);
      one.product.calls(one.cart, { http: [HttpAccess.get('/prices')] });
      const mesh = await judged(one.chart);
      const requests = ['/cart/1', '/prices'].map((path) => from({ gateway: 'edge/gateway' }, one.cart, { path }));
      expect((await mesh.answers(requests)).map(({ allowed }) => allowed)).toEqual([true, false]);
    });
  });
});

describe('a gateway that another program makes', () => {
  const NAME = { 'gateway.networking.k8s.io/gateway-name': 'public' };
  const through = (path: string) => ({ ...enter(`https://${HOST}${path}`), from: { gateway: 'platform/public' } });

  /** The gateway of a platform, and the shop's own route through it to one of its Services. */
  function attached(chart: Chart, backend: string) {
    const tls = { mode: 'Terminate', certificateRefs: [{ name: 'cert' }] };
    const listener = { name: 'https', port: 443, protocol: 'HTTPS', tls, allowedRoutes: { namespaces: { from: 'All' } } };
    const spec = { gatewayClassName: 'istio', listeners: [listener] };
    const metadata = { name: 'public', namespace: 'platform' };
    new ApiObject(chart, 'gateway', { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata, spec });
    rawNamespace(chart, 'platform');
    const rules = [{ matches: [{ path: { type: 'PathPrefix', value: '/cart' } }], backendRefs: [{ name: backend, port: 8080 }] }];
    new ApiObject(chart, 'route', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'public-cart', namespace: 'shop' },
      spec: { parentRefs: [{ name: 'public', namespace: 'platform' }], hostnames: [HOST], rules },
    });
  }

  forEachPlane((plane) => {
    const { dataPlane } = plane;
    it.each([
      ['identity', {}],
      ['pods', { podLabels: NAME }],
      ['plane', { podLabels: NAME, dataPlane }],
    ])(
      'passes the waypoint by a route made by hand, and is let in for the paths that it is granted, where its %s is known',
      async (_, options) => {
        const one = shop({ dataPlane });
        attached(one.chart, 'cart');
        one.cart.access.allow(ServiceIdentity.of('platform', 'public-istio', options), { http: [HttpAccess.get('/cart/1')] });
        const mesh = await judged(one.chart);
        const answers = await mesh.answers([through('/cart/1'), through('/cart/2')]);
        expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
        await expectOnly(mesh, []);
      },
    );

    it('passes the waypoint of an open namespace, where nobody has to be granted anything', async () => {
      const chart = newChart();
      const open = new MeshNamespace(chart, 'shop', { dataPlane });
      const cart = service(open, 'cart', { timeout: Duration.seconds(3) });
      attached(chart, 'cart');
      canary(cart);
      const answer = await (await judged(chart)).answer(through('/cart'));
      expect(answer.allowed).toBe(true);
      expect(answer.legs.at(-1)?.at.split(' ')[0]).toBe(plane.of({ sidecar: 'gateway', ambient: 'waypoint' }));
    });
  });

  it('passes it on the way to one version, too', async () => {
    const one = shop({ dataPlane: DataPlane.ambient() });
    canary(one.cart);
    attached(one.chart, 'cart-v2');
    one.cart.access.allow(ServiceIdentity.of('platform', 'public-istio'));
    const [answer] = await (await judged(one.chart)).answers([through('/cart')]);
    expect([answer.allowed, sharesOf(answer)]).toEqual([true, { 'shop/cart-v2': 100 }]);
  });
});
