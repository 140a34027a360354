import { nameOf } from '../../../lib/verdict/reach/properties';
import { togetherOf, wayOf } from '../../../lib/verdict/reach/on-the-way';
import { clusterFrom } from '../../manifests';
import * as made from '../fixtures';

const SHOP = [made.namespace('shop', made.SIDECAR), made.CART, made.CART_VERSIONS, made.deployment('web', 'web', 'v1')];
const HOST = { host: 'cart.shop.svc.cluster.local', port: 8080 };
const rule = (path: string) => `rules: [{to: [{operation: {paths: [${path}]}}]}]`;
const route = (host: string, to: string, prefix: string) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${host}, namespace: shop}
spec: {hosts: [${host}], http: [{match: [{uri: {prefix: ${prefix}}}], route: [{destination: {host: ${to}}}]}]}
---`;
const wordsOf = (...pieces: string[]) => {
  const way = wayOf(clusterFrom(...SHOP, ...pieces), { from: { workload: 'shop/web' }, to: HOST });
  return way.vocabulary.asked.map(({ about, language }) => `${nameOf(about)} ${language.name}`);
};

describe('who may have a say on the way', () => {
  it('is whoever stands before the pods, and before those that a route leads to', () => {
    const policies = [
      made.policy('a', `selector: {matchLabels: {version: v2}}, ${rule('/two')}`),
      made.policy('b', `selector: {matchLabels: {app: web}}, ${rule('/web')}`),
    ];
    expect(wordsOf(...policies)).toEqual(['path /two']);
    const elsewhere = made.service('web', 'app: web');
    expect(wordsOf(...policies, elsewhere, route('cart', 'web', '/w'))).toEqual(['path /two', 'path /web', 'path /w*']);
  });

  it('is a waypoint, and no route of another host', () => {
    const pieces = [made.waypoint('service'), made.policy('w', `targetRefs: [{kind: Service, group: "", name: cart}], ${rule('/way')}`)];
    const ambient = [made.namespace('shop', made.BEHIND_WAYPOINT), ...SHOP.slice(1), ...pieces, route('cart-v1', 'cart-v1', '/no')];
    const way = wayOf(clusterFrom(...ambient), { from: { workload: 'shop/web' }, to: HOST });
    expect(way.vocabulary.asked.map(({ language }) => language.name)).toEqual(['/way']);
  });

  it('compares a header to which a route adds with texts that nobody sent', () => {
    const adding = route('cart', 'cart', '/w').replace('match:', 'headers: {request: {add: {x-a: b, x-b: c}}}, match:');
    const asking = made.policy('a', 'selector: {matchLabels: {app: cart}}, rules: [{when: [{key: "request.headers[x-a]", values: [b]}]}]');
    const way = wayOf(clusterFrom(...SHOP, adding, asking), { from: { workload: 'shop/web' }, to: HOST });
    expect(way.vocabulary.leftOut).toEqual(['header x-a, to which a route adds']);
  });

  it('is joined for several callers, with whose tokens are looked at', () => {
    const authentication = `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: cart, namespace: shop}
spec: {selector: {matchLabels: {app: cart}}, jwtRules: [{issuer: us, jwksUri: "https://us.example.com/keys"}]}
`;
    const cluster = clusterFrom(...SHOP, authentication);
    const way = wayOf(cluster, { from: { workload: 'shop/web' }, to: HOST });
    expect(togetherOf([way, way]).issuers).toEqual([{ issuer: 'us', audiences: [] }]);
  });
});
