import type { Chart } from 'cdk8s';
import { Callers, DataPlane, HttpAccess, Mesh, Migration, ServiceIdentity, Waypoint, ZeroTrustNamespace } from 'istio-constructs';
import { besidesWaypoint } from '../../lib/planes/besides-waypoint';
import { names, newChart, principal, service, spec } from '../builders';
import { ANYONE, call, GET_ITEMS, namespaceState, other, service as party, waypointOf } from '../rules/model-builder';

const waypoint = waypointOf('shop');
const cart = party('cart', { namespace: namespaceState('shop', 'ambient', { waypoint }) });
const web = party('web');
const many = (pattern: string) => other('callers', pattern, { principal: pattern });
const left = (...[caller, callee, parts]: Parameters<typeof call>) =>
  besidesWaypoint(call(caller, callee, { action: 'DENY', ...parts })).besides;
const excepted = [{ name: 'web', principal: web.principal! }];

describe('a refusal at pods behind a waypoint', () => {
  it.each(['cluster.local/ns/shop/sa/*', 'cluster.local/*', 'alias.example/*'])('leaves the waypoint out of %s', (pattern) => {
    expect(left(many(pattern), cart)).toEqual([waypoint.principal]);
    expect(left(many(pattern), cart, { http: [GET_ITEMS] })).toEqual([waypoint.principal]);
  });

  it('leaves it out of everybody where some requests are meant, or all but some callers', () => {
    expect(left(ANYONE, cart, { http: [GET_ITEMS] })).toEqual([waypoint.principal]);
    expect(left(ANYONE, cart, { excepted })).toEqual([waypoint.principal]);
    expect(left(many('cluster.local/ns/shop/sa/*'), cart, { http: [GET_ITEMS], excepted })).toEqual([waypoint.principal]);
  });

  it('leaves nobody out of others, of everybody on a port, and where there is no waypoint', () => {
    expect(left(web, cart, { http: [GET_ITEMS] })).toBeUndefined();
    expect(left(many('cluster.local/ns/shop-x/sa/*'), cart)).toBeUndefined();
    expect(left(ANYONE, cart)).toBeUndefined();
    expect(left(many('cluster.local/*'), web)).toBeUndefined();
  });

  it('is no grant', () => {
    expect(besidesWaypoint(call(many('cluster.local/*'), cart))).toEqual({});
  });
});

const STAGES: Readonly<Record<string, DataPlane>> = {
  'in ambient mode': DataPlane.ambient({ waypoint: Waypoint.ALWAYS }),
  'before pods move': DataPlane.ambient({ waypoint: Waypoint.ALWAYS, migration: Migration.PREPARE }),
  'while they move': DataPlane.ambient({ waypoint: Waypoint.ALWAYS, migration: Migration.wave(1) }),
};
const SHOP = { principals: [principal('shop', '*')] };
const AT_WAYPOINT = principal('shop', 'waypoint');
const to = [{ operation: { ports: ['8080'] } }];

function shopIn(dataPlane: DataPlane, chart = newChart()) {
  const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane });
  return { chart, web: service(shop, 'web'), cart: service(shop, 'cart') };
}

const sources = (rules: unknown) => (rules as Array<{ from: Array<{ source: object }> }>).map(({ from }) => from[0].source);
const rulesOf = (chart: Chart, name: string) => spec(chart, 'AuthorizationPolicy', name, 'shop').rules;

describe.each(Object.entries(STAGES))('what is written of a refusal, %s', (stage, dataPlane) => {
  const isAmbient = stage === 'in ambient mode';

  it('refuses callers of the namespace of the waypoint there, and at the pods all of them but itself', () => {
    const { chart, cart } = shopIn(dataPlane);
    cart.access.allow(ServiceIdentity.of('front', 'web'));
    cart.access.deny(Callers.ofNamespace('shop'));
    expect(rulesOf(chart, 'cart-waypoint-deny')).toEqual([{ from: [{ source: SHOP }], to }]);
    expect(rulesOf(chart, 'cart-deny')).toEqual([{ from: [{ source: { ...SHOP, notPrincipals: [AT_WAYPOINT] } }], to }]);
  });

  it('names the waypoint as each trust domain does', () => {
    const chart = newChart();
    new Mesh(chart, 'mesh', { trustDomain: 'mesh.example', trustDomainAliases: ['cluster.local'] });
    const { cart } = shopIn(dataPlane, chart);
    cart.access.deny(Callers.ofTrustDomain('mesh.example'));
    const notPrincipals = ['mesh.example', 'cluster.local'].map((domain) => `${domain}/ns/shop/sa/waypoint`);
    expect(sources(rulesOf(chart, 'cart-deny'))).toEqual([{ principals: ['mesh.example/*'], notPrincipals }]);
  });

  it('leaves out the waypoint beside who is exempt, in each rule', () => {
    const { chart, web, cart } = shopIn(dataPlane);
    web.calls(cart, { http: [HttpAccess.get('/a')] });
    cart.access.denyAnyone({ exempt: [web] });
    const notPrincipals = [AT_WAYPOINT, principal('shop', 'web')];
    expect(sources(rulesOf(chart, 'cart-deny'))).toEqual([{ notPrincipals }]);
    expect(sources(rulesOf(chart, 'cart-waypoint-deny'))).toEqual([{ notPrincipals: [principal('shop', 'web')] }]);
  });

  it.each([[false], [true]])('leaves it out where sidecars refuse by paths what ztunnel refuses by port, exempt: %p', (isExempt) => {
    const { chart, web, cart } = shopIn(dataPlane);
    const exempt = isExempt ? { exempt: [web] } : {};
    cart.access.deny(Callers.ofNamespace('shop'), { http: [HttpAccess.get('/z')], ...exempt });
    const notPrincipals = [AT_WAYPOINT, ...(isExempt ? [principal('shop', 'web')] : [])];
    const policies = names(chart, 'AuthorizationPolicy');
    expect(policies).toContain('shop/cart-waypoint-deny');
    // In ambient mode the waypoint alone reads paths.
    expect(policies.includes('shop/cart-deny')).toBe(!isAmbient);
    if (!isAmbient) expect(sources(rulesOf(chart, 'cart-deny'))).toEqual([{ ...SHOP, notPrincipals }]);
  });
});

describe('what is written of a refusal', () => {
  it('leaves out a waypoint that another namespace lends', () => {
    const chart = newChart();
    new ZeroTrustNamespace(chart, 'home', { dataPlane: DataPlane.ambient() });
    const dataPlane = DataPlane.ambient({ waypoint: Waypoint.sharedFrom('home') });
    const guests = new ZeroTrustNamespace(chart, 'shop', { dataPlane });
    service(guests, 'cart').access.deny(Callers.ofNamespace('home'));
    const all = principal('home', '*');
    expect(sources(rulesOf(chart, 'cart-deny'))).toEqual([{ principals: [all], notPrincipals: [principal('home', 'waypoint')] }]);
    expect(sources(rulesOf(chart, 'cart-waypoint-deny'))).toEqual([{ principals: [all] }]);
  });

  it.each([
    ['sidecars', DataPlane.sidecar()],
    ['ztunnel alone', DataPlane.ambient({ waypoint: Waypoint.NEVER })],
  ])('leaves out nobody with %s', (_, dataPlane) => {
    const { chart, cart } = shopIn(dataPlane);
    cart.access.deny(Callers.ofNamespace('shop'));
    expect(rulesOf(chart, 'cart-deny')).toEqual([{ from: [{ source: SHOP }], to }]);
  });
});
