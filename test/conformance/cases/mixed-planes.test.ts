import { Duration } from 'cdk8s';
import {
  DataPlane,
  HttpAccess,
  IngressGateway,
  MeshNamespace,
  type MeshedServiceProps,
  Waypoint,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { canary, external, findingCodes, newChart, service } from '../../builders';
import { judged } from '../judged';
import { call, enter, sharesOf } from '../requests';
import { expectOnly } from '../who-calls-whom';

const SIDECAR = DataPlane.sidecar();
const ZTUNNEL = DataPlane.ambient({ waypoint: Waypoint.NEVER });
const WAYPOINT = DataPlane.ambient({ waypoint: Waypoint.ALWAYS });
const WEB_TO_CART = { from: 'front/web', to: 'back/cart' };

/** Caller `web` in one namespace, callee `cart` and its neighbour `search` in another, of two planes. */
function mixed(caller: DataPlane, callee: DataPlane, cart: Partial<MeshedServiceProps> = {}) {
  const chart = newChart();
  const front = new ZeroTrustNamespace(chart, 'front', { dataPlane: caller });
  const back = new ZeroTrustNamespace(chart, 'back', { dataPlane: callee });
  return { chart, back, web: service(front, 'web'), search: service(back, 'search'), cart: service(back, 'cart', cart) };
}

describe.each([
  ['a sidecar that calls an ambient service', SIDECAR, ZTUNNEL],
  ['a sidecar that calls a service behind a waypoint', SIDECAR, WAYPOINT],
  ['an ambient workload that calls a sidecar', ZTUNNEL, SIDECAR],
])('%s', (_, caller, callee) => {
  it('is let in when it calls, and nobody else is', async () => {
    const { chart, web, cart } = mixed(caller, callee);
    web.calls(cart);
    await expectOnly(await judged(chart), [WEB_TO_CART]);
  });

  it('is let in beside callers of the callee’s plane', async () => {
    const { chart, web, search, cart } = mixed(caller, callee);
    web.calls(cart);
    search.calls(cart);
    await expectOnly(await judged(chart), [WEB_TO_CART, { from: 'back/search', to: 'back/cart' }]);
  });

  it('is let in in both directions, when both say so', async () => {
    const { chart, web, cart } = mixed(caller, callee);
    web.calls(cart);
    cart.calls(web);
    await expectOnly(await judged(chart), [WEB_TO_CART, { from: 'back/cart', to: 'front/web' }]);
  });

  it('comes straight to the pod over HBONE, under its own identity', async () => {
    const { chart, web, cart } = mixed(caller, callee);
    web.calls(cart);
    const mesh = await judged(chart);
    const { ways } = await mesh.answer(call(web, cart));
    const pod = `${callee === SIDECAR ? 'sidecar' : 'ztunnel'} back/cart-v1`;
    expect(ways.map(({ hops }) => hops)).toMatchObject([[{ at: pod, transport: 'HBONE', principal: web.principal, allowed: true }]]);
  });

  it('is refused where it arrives', async () => {
    const { chart, web, search, cart } = mixed(caller, callee);
    cart.access.allowAnyone('public');
    cart.access.deny(web);
    search.calls(cart);
    const mesh = await judged(chart);
    const identity = { namespace: 'front', serviceAccount: 'web', proxy: caller === SIDECAR ? 'sidecar' : 'ztunnel' } as const;
    const answers = await mesh.answers([{ from: { identity }, to: { host: cart.host, port: 8080 } }, call(search, cart)]);
    expect(answers.map(({ allowed }) => allowed)).toEqual([false, true]);
  });

  it('is split over the versions of a release', async () => {
    const callees = callee === ZTUNNEL ? DataPlane.ambient() : callee;
    const { chart, web, search, cart } = mixed(caller, callees);
    web.calls(cart);
    search.calls(cart);
    canary(cart);
    const mesh = await judged(chart);
    const answers = await mesh.answers([call(web, cart), call(search, cart)]);
    expect(answers.map(({ allowed }) => allowed)).toEqual([true, true]);
    const [ofWeb, ofSearch] = answers.map(sharesOf);
    expect(ofSearch).toEqual({ 'back/cart-v1': 90, 'back/cart-v2': 10 });
    // An ambient caller has no proxy that splits before a sidecar: its connections reach both versions alike, and a finding says so.
    const isLost = caller !== SIDECAR && callees === SIDECAR;
    expect(ofWeb).toEqual(isLost ? { 'back/cart-v1': 50, 'back/cart-v2': 50 } : ofSearch);
    expect(findingCodes(chart).includes('MESH312')).toBe(isLost);
  });
});

describe('an ambient caller of a sidecar', () => {
  it('is limited to requests, which the callee’s own proxy reads', async () => {
    const { chart, web, cart } = mixed(ZTUNNEL, SIDECAR);
    web.calls(cart, { http: [HttpAccess.get('/cart/*')] });
    await expectOnly(await judged(chart), [{ ...WEB_TO_CART, only: ['GET /cart/1'] }]);
  });
});

describe('a sidecar that calls a service behind a waypoint', () => {
  it('stands beside callers that the waypoint limits to requests', async () => {
    const { chart, web, search, cart } = mixed(SIDECAR, DataPlane.ambient());
    web.calls(cart);
    search.calls(cart, { http: [HttpAccess.get('/cart/*')] });
    await expectOnly(await judged(chart), [WEB_TO_CART, { from: 'back/search', to: 'back/cart', only: ['GET /cart/1'] }]);
  });

  it('keeps the timeout of the service by itself', async () => {
    const { chart, web, cart } = mixed(SIDECAR, DataPlane.ambient(), { timeout: Duration.seconds(5) });
    web.calls(cart);
    const mesh = await judged(chart);
    const answer = await mesh.answer(call(web, cart));
    expect(answer).toMatchObject({ allowed: true, legs: [{ at: 'sidecar front/web-v1', timeout: '5s' }] });
  });

  it('sends retries by itself', async () => {
    const { chart, web, cart } = mixed(SIDECAR, DataPlane.ambient(), { retries: { attempts: 3 } });
    web.calls(cart);
    const mesh = await judged(chart);
    const answer = await mesh.answer(call(web, cart));
    expect(answer).toMatchObject({ allowed: true, legs: [{ at: 'sidecar front/web-v1', retries: { attempts: 3 } }] });
  });

  it('splits a release by subsets too', async () => {
    const { chart, web, cart } = mixed(SIDECAR, DataPlane.ambient(), { retries: { attempts: 3 } });
    web.calls(cart);
    canary(cart);
    const mesh = await judged(chart);
    const answer = await mesh.answer(call(web, cart));
    expect(answer.allowed).toBe(true);
    expect(sharesOf(answer)).toEqual({ 'back/cart-v1': 90, 'back/cart-v2': 10 });
  });

  it('reaches an external host that an ambient namespace declares', async () => {
    const { chart, back, web, search } = mixed(SIDECAR, WAYPOINT);
    const api = external(back, 'api');
    web.calls(api);
    search.calls(api);
    const mesh = await judged(chart);
    const answers = await mesh.answers([web, search].map((caller) => call(caller, api, { port: 443 })));
    expect(answers.map(({ allowed }) => allowed)).toEqual([true, true]);
  });
});

describe.each([
  ['of a sidecar namespace before an ambient service', SIDECAR, ZTUNNEL],
  ['of a sidecar namespace before a service behind a waypoint', SIDECAR, WAYPOINT],
  ['of an ambient namespace before a sidecar', ZTUNNEL, SIDECAR],
])('a gateway %s', (_, edge, plane) => {
  it('lets in what it exposes', async () => {
    const chart = newChart();
    const cart = service(new ZeroTrustNamespace(chart, 'shop', { dataPlane: plane }), 'cart');
    const gateway = new IngressGateway(new MeshNamespace(chart, 'edge', { dataPlane: edge }), 'gateway', { tlsSecret: 'shop-cert' });
    gateway.expose(cart, { host: 'shop.example.com', pathPrefix: '/cart' });
    const mesh = await judged(chart);
    const answers = await mesh.answers(['/cart/1', '/admin'].map((path) => enter(`https://shop.example.com${path}`)));
    expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
  });
});
