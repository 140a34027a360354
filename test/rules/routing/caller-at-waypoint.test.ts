import type { RouteMatch } from '../../../lib/model/route';
import { callerAtWaypoint } from '../../../lib/rules/routing/caller-at-waypoint';
import { findings, raw, route, service } from '../model-builder';

const ANY: RouteMatch = { headers: [], queryParams: [] };
const BY_WEB: RouteMatch = { ...ANY, source: { namespaceName: 'shop', podLabels: { app: 'web' } } };

const found = (matches: readonly RouteMatch[], atWaypoint: boolean) =>
  findings(callerAtWaypoint, { routes: [route(service('cart'), { atWaypoint, rules: [{ name: 'ab-match', matches, backends: [] }] })] });

describe(callerAtWaypoint.title, () => {
  it('takes matches by caller where the callers’ own proxies route, and others at a waypoint', () => {
    expect(found([BY_WEB], false)).toEqual([]);
    expect(found([ANY], true)).toEqual([]);
    expect(found([], true)).toEqual([]);
  });

  it('fails a match by caller at a waypoint', () => {
    expect(found([ANY, BY_WEB], true)).toMatchObject([{ on: { path: 'shop/cart' }, got: 'ab-match' }]);
  });
});

describe(`${callerAtWaypoint.title}: raw`, () => {
  const manifests = (match: string, labels = 'istio.io/use-waypoint: waypoint') => `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, labels: { ${labels} } }
spec: { clusterIP: 10.0.0.1, selector: { app: cart }, ports: [{ name: http, port: 80 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec: { hosts: [cart], http: [{ match: [{ ${match} }], route: [{ destination: { host: cart } }] }] }
`;
  const find = (...texts: string[]) => findings(callerAtWaypoint, { objects: texts.flatMap(raw) });

  it('takes matches by header, services without a waypoint, and callers whose sidecars follow the route', () => {
    expect(find(manifests('headers: { x-user: { exact: a } }'))).toEqual([]);
    expect(find(manifests('sourceLabels: { app: web }', ''))).toEqual([]);
    const web =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: web }\nspec: { template: { metadata: { labels: { sidecar.istio.io/inject: "true" } } } }';
    expect(find(manifests('sourceLabels: { app: web }'), web)).toEqual([]);
  });

  it.each(['sourceLabels: { app: web }', 'sourceNamespace: web'])('fails a match by caller in a VirtualService: %s', (match) => {
    expect(find(manifests(match))).toMatchObject([{ on: { path: 'raw/virtualservice/cart' }, got: match.split(':')[0] }]);
  });
});
