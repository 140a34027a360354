import { dividedIn } from '../../../lib/verdict/reach/division';
import { oneOnEachWay, plansOf } from '../../../lib/verdict/reach/plans';
import { clusterFrom } from '../../manifests';
import * as made from '../fixtures';

const SHOP = [made.namespace('shop', made.SIDECAR), made.CART, made.CART_VERSIONS, made.deployment('web', 'web', 'v1')];
const to = { host: 'cart.shop.svc.cluster.local', port: 8080 };
const from = { workload: 'shop/web' };

function waysAt(http: string) {
  const cluster = clusterFrom(...SHOP, made.virtualService('cart', `hosts: [cart], http: [${http}]`));
  const division = dividedIn(cluster, { from: [from], to })!;
  const planOf = plansOf(cluster, from, to, division);
  return { division, planOf, asked: (path: string, method = 'GET') => planOf({ from, to, path, method }) };
}

const TO_CART = 'route: [{destination: {host: cart}}]';

describe('ways of requests', () => {
  it('are looked for once where no route tells the requests apart', () => {
    const { asked } = waysAt(`{match: [{method: {exact: GET}}], ${TO_CART}}, {timeout: 1s, ${TO_CART}}`);
    expect(asked('/a')).toBeDefined();
    expect(asked('/b')).toBe(asked('/a'));
    expect(asked('/a', 'POST')).not.toBe(asked('/a'));
  });

  it.each([
    ['another path', `{rewrite: {uri: /x}, ${TO_CART}}`],
    ['another host', `{rewrite: {authority: x}, ${TO_CART}}`],
    ['other headers', `{headers: {request: {set: {x-a: b}}}, ${TO_CART}}`],
    ['other headers to one end', '{route: [{destination: {host: cart}, headers: {request: {remove: [x-a]}}}]}'],
    ['an answer of the proxy', '{redirect: {uri: /x}}'],
    ['what nobody can divide', `{match: [{uri: {regex: "(?i)/a"}}], ${TO_CART}}, {${TO_CART}}`],
  ])('are looked for each time where a route makes of them: %s', (_, http) => {
    expect(waysAt(http).asked('/a')).toBeUndefined();
  });

  it('are looked for each time by who comes in at a gateway', () => {
    const cluster = clusterFrom(...SHOP);
    const division = dividedIn(cluster, { from: [from], to })!;
    expect(plansOf(cluster, { gateway: 'edge/gateway' }, to, division)({ from, to })).toBeUndefined();
  });

  it('have one request each that shows them', () => {
    const routes = `{match: [{method: {exact: GET}}], ${TO_CART}}, {match: [{headers: {x-a: {exact: b}}}], ${TO_CART}}, {${TO_CART}}`;
    const { division } = waysAt(routes);
    const shown = oneOnEachWay(division, division.steeredBy!).map(({ method, headers }) => `${method} ${headers!['x-a']}`);
    expect(new Set(shown)).toEqual(new Set(['GET undefined', 'GET b', 'GET a', 'POST undefined', 'POST b', 'POST a']));
  });
});
