import { gatewayApiRoutes } from '../../../lib/cluster/routes/gateway-api-routes';
import { httpRoutes, requestRoutes, tryHttpRoute } from '../../../lib/cluster/routes/http-routes';
import { clusterFrom } from '../../manifests';

const route = (spec: string, kind = 'HTTPRoute') => `
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: {name: cart, namespace: shop}
spec: {${spec}}`;
const only = (spec: string) => httpRoutes(clusterFrom(route(spec)))[0];

describe('an HTTPRoute', () => {
  it('has rules, their matches and their backends', () => {
    const match =
      '{path: {type: Exact, value: /a}, method: GET, headers: [{name: x, value: "1"}], queryParams: [{type: RegularExpression, name: q, value: .}]}';
    const rule = `name: a, matches: [${match}], backendRefs: [{name: cart, port: 80, weight: 9}], timeouts: {request: 3s, backendRequest: 1s}`;
    expect(only(`hostnames: [shop.example.com], rules: [{${rule}}]`)).toMatchObject({
      hostnames: ['shop.example.com'],
      rules: [
        {
          name: 'a',
          matches: [
            {
              path: { type: 'Exact', value: '/a' },
              method: 'GET',
              headers: [{ type: 'Exact', name: 'x', value: '1' }],
              queryParams: [{ type: 'RegularExpression', name: 'q', value: '.' }],
            },
          ],
          backends: [{ kind: 'Service', key: 'shop/cart', port: 80, weight: 9 }],
          timeout: '3s',
          perTryTimeout: '1s',
        },
      ],
    });
  });

  it('matches everything without a match, and shares evenly without weights', () => {
    expect(only('rules: [{backendRefs: [{name: a}]}, {matches: []}]').rules).toMatchObject([
      { matches: [{ path: { type: 'PathPrefix', value: '/' } }], backends: [{ weight: 1 }] },
      { matches: [{ path: { type: 'PathPrefix', value: '/' } }], backends: [] },
    ]);
  });

  it('is told from routes of other kinds', () => {
    const cluster = clusterFrom(route(''), route('', 'GRPCRoute'), route('', 'TCPRoute'));
    const titles = gatewayApiRoutes(cluster).map((one) => tryHttpRoute(cluster, one)?.title);
    expect(titles).toEqual(['HTTPRoute shop/cart', 'GRPCRoute shop/cart', undefined]);
    expect([httpRoutes(cluster).length, requestRoutes(cluster).length]).toEqual([1, 2]);
  });

  it('is read whatever stands in it', () => {
    expect(only('hostnames: a, rules: [null, {matches: [{path: /, headers: {}}], backendRefs: {}}], parentRefs: 1')).toMatchObject({
      hostnames: [],
      parents: [],
      rules: [{ backends: [] }, { matches: [{ path: { value: '/' }, headers: [] }], backends: [] }],
    });
  });
});
