import { decide } from '../../../lib/verdict/decide';
import { BEHIND_WAYPOINT, CART, CART_VERSIONS, SIDECAR, cluster, get, namespace, sidecarWeb, virtualService, waypoint } from '../fixtures';
import { weights } from '../weights';

const SIDECARS = [namespace('shop', SIDECAR), CART, CART_VERSIONS];
const WAYPOINT = [namespace('shop', BEHIND_WAYPOINT), waypoint('service'), CART, CART_VERSIONS];
const fromSidecar = get({ from: sidecarWeb });
const to = (host: string, match = '') => `http: [{${match}route: [{destination: {host: ${host}}}]}]`;
const ALL = { 'shop/cart-v1': 50, 'shop/cart-v2': 50 };
const V2 = { 'shop/cart-v2': 100 };

describe('the host of a VirtualService', () => {
  const capitals = virtualService('cart', `hosts: [Cart.shop.svc.cluster.local], ${to('cart-v2')}`);

  it('is read in small letters by sidecars, and as it is by waypoints', () => {
    expect(weights(cluster(...SIDECARS, capitals), fromSidecar)).toEqual(V2);
    expect(weights(cluster(...WAYPOINT, capitals), get())).toEqual(ALL);
  });

  it('leads nowhere with capitals as a destination', () => {
    const mesh = cluster(...SIDECARS, virtualService('cart', `hosts: [cart], ${to('CART-V2')}`));
    expect(decide(mesh, fromSidecar)).toMatchObject({ allowed: false, by: 'missing CART-V2.shop.svc.cluster.local' });
  });

  const wide = virtualService('a', `hosts: ["*.shop.svc.cluster.local"], ${to('cart-v2')}`);
  const exact = virtualService('b', `hosts: [cart], ${to('cart')}`);

  it('may be a wildcard, which gives way to a closer name in a sidecar', () => {
    expect(weights(cluster(...SIDECARS, wide), fromSidecar)).toEqual(V2);
    expect(weights(cluster(...SIDECARS, wide, exact), fromSidecar)).toEqual(ALL);
  });

  it('is followed beside a wildcard by a waypoint, in an order that no manifest tells', () => {
    expect(decide(cluster(...WAYPOINT, wide, exact), get()).unknown).toBe(
      'cart.shop.svc.cluster.local has two owners: VirtualService shop/b and VirtualService shop/a',
    );
  });
});

describe('a route of a VirtualService', () => {
  const decided = (spec: string) => decide(cluster(...SIDECARS, virtualService('cart', `hosts: [cart], ${spec}`)), fromSidecar);
  const unknown = 'VirtualService shop/cart asks for what is not known here, by uri';

  it('is told to the namespaces of exportTo', () => {
    const elsewhere = virtualService('cart', `hosts: [cart], exportTo: [bank], ${to('cart-v2')}`);
    expect(weights(cluster(...SIDECARS, elsewhere), fromSidecar)).toEqual(ALL);
    expect(weights(cluster(...WAYPOINT, elsewhere), get())).toEqual(ALL);
  });

  it('leaves open where requests go if it depends on a pattern that cannot be read', () => {
    expect(decided(to('cart', 'match: [{uri: {regex: "(?P<a>/items)"}}], '))).toMatchObject({ allowed: false, unknown });
  });

  it('is the one that another VirtualService says', () => {
    const root = virtualService('cart', 'hosts: [cart], http: [{match: [{uri: {prefix: /items}}], delegate: {name: items}}]');
    const leaf = virtualService('items', to('cart-v2'));
    expect(weights(cluster(...SIDECARS, root, leaf), fromSidecar)).toEqual({ 'shop/cart-v2': 100 });
  });

  it('is clear where such words make no difference', () => {
    expect(decided(to('cart', 'match: [{uri: {regex: "(?P<a>/items)"}, method: {exact: POST}}, {uri: {prefix: /}}], ')).allowed).toBe(true);
  });

  it('may ask how a request is addressed, and pass over the size of letters', () => {
    const asked = (match: string) => decided(to('cart-v2', `match: [{${match}}], `)).allowed;
    expect([asked('authority: {prefix: cart.}'), asked('authority: {exact: a}')]).toEqual([true, false]);
    expect([asked('scheme: {exact: http}'), asked('scheme: {exact: https}')]).toEqual([true, false]);
    expect([asked('uri: {prefix: /ITEMS}, ignoreUriCase: true'), asked('uri: {prefix: /ITEMS}')]).toEqual([true, false]);
  });

  it('for bytes is not read where it asks for addresses, and says so', () => {
    const bytes = cluster(
      namespace('shop', SIDECAR),
      CART.replace('name: http, port: 8080', 'name: tcp, port: 8080'),
      virtualService('cart', 'hosts: [cart], tcp: [{match: [{sourceSubnet: 10.0.0.0/8}], route: [{destination: {host: cart}}]}]'),
    );
    expect(decide(bytes, fromSidecar).unknown).toBe('VirtualService shop/cart routes bytes, which is not read here');
  });
});

describe('a claim in a route of a VirtualService', () => {
  const tokens = `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: tokens, namespace: shop}
spec: {targetRefs: [{group: "", kind: Service, name: cart}], jwtRules: [{issuer: "https://id.example.com"}]}`;
  const token = { issuer: 'https://id.example.com', claims: { group: { ids: ['old', 'beta'] } } };
  const headers = { '@request.auth.claims.group.ids': 'beta', '@request.auth.claims[group][ids]': 'beta' };
  const byClaim = (field: string, match = '{exact: beta}', name = '@request.auth.claims[group][ids]') =>
    virtualService(
      'cart',
      `hosts: [cart], http: [{match: [{${field}: {"${name}": ${match}}}], route: [{destination: {host: cart-v2}}]}, {route: [{destination: {host: cart-v1}}]}]`,
    );
  const V1 = { 'shop/cart-v1': 100 };

  it.each(['@request.auth.claims[group][ids]', '@request.auth.claims.group.ids'])(
    'is read at a waypoint that checks tokens, as %s',
    (name) => {
      const mesh = cluster(...WAYPOINT, tokens, byClaim('headers', '{exact: beta}', name));
      expect(weights(mesh, get({ token }))).toEqual(V2);
      expect(weights(mesh, get({ token: { ...token, claims: { group: { ids: 'new' } } } }))).toEqual(V1);
      expect(weights(mesh, get())).toEqual(V1);
    },
  );

  it('is no header that a client writes', () => {
    expect(weights(cluster(...WAYPOINT, tokens, byClaim('headers')), get({ headers }))).toEqual(V1);
  });

  it('is not there where nobody checks tokens, nor for the sidecar of the caller', () => {
    expect(weights(cluster(...WAYPOINT, byClaim('headers')), get({ token, headers }))).toEqual(V1);
    expect(weights(cluster(...SIDECARS, byClaim('headers')), get({ from: sidecarWeb, token, headers }))).toEqual(V1);
  });

  it('is missed by whoever has no token', () => {
    const mesh = cluster(...WAYPOINT, tokens, byClaim('withoutHeaders'));
    expect(weights(mesh, get())).toEqual(V2);
    expect(weights(mesh, get({ token }))).toEqual(V1);
  });

  it('leaves open where a request goes if nothing is asked of the claim', () => {
    expect(decide(cluster(...WAYPOINT, tokens, byClaim('headers', '{}')), get({ token })).unknown).toContain(
      'asks for what is not known here',
    );
  });
});
