import { backendsOf, gatewayApiRoutes, routesUnder } from '../../../lib/cluster/routes/gateway-api-routes';
import { clusterFrom } from '../../manifests';

const route = (kind: string, spec: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: {name: ${kind.toLowerCase()}, namespace: shop}
spec: {${spec}}`;
const TO_CART = 'parentRefs: [{kind: Service, group: "", name: cart, port: 80}]';

describe('a route of the Gateway API', () => {
  const cluster = clusterFrom(
    route('HTTPRoute', `parentRefs: [{name: edge, namespace: infra, sectionName: https}, {kind: Service, group: "", name: cart}, {}]`),
    route('GRPCRoute', TO_CART),
    route('TCPRoute', TO_CART),
    route('TLSRoute', ''),
  );

  it('is found by its parents, whatever its kind', () => {
    const kinds = (kind: string, key: string) => routesUnder(cluster, kind, key).map(({ object }) => object.kind);
    expect(kinds('Service', 'shop/cart')).toEqual(['HTTPRoute', 'GRPCRoute', 'TCPRoute']);
    expect(kinds('Gateway', 'infra/edge')).toEqual(['HTTPRoute']);
    expect(kinds('Gateway', 'shop/cart')).toEqual([]);
  });

  it('is left to the controller of the waypoint that stands before its Service, where that is not istiod', () => {
    const behind = (controller: string) =>
      clusterFrom(
        route('HTTPRoute', TO_CART),
        '{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop, labels: {istio.io/use-waypoint: other}}}',
        '{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: other, namespace: shop}, spec: {gatewayClassName: other}}',
        `{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: other}, spec: {controllerName: ${controller}}}`,
      );
    expect(routesUnder(behind('example.com/waypoints'), 'Service', 'shop/cart')).toEqual([]);
    expect(routesUnder(behind('istio.io/mesh-controller'), 'Service', 'shop/cart')).toHaveLength(1);
  });

  it('names its parents in full', () => {
    expect(gatewayApiRoutes(cluster)[0].parents).toEqual([
      { group: 'gateway.networking.k8s.io', kind: 'Gateway', key: 'infra/edge', port: undefined, sectionName: 'https' },
      { group: '', kind: 'Service', key: 'shop/cart', port: undefined, sectionName: undefined },
    ]);
  });

  it('names where it sends requests and copies of them', () => {
    const mirror = 'filters: [{type: RequestMirror, requestMirror: {backendRef: {name: copy, port: 80}}}, odd]';
    const [one] = gatewayApiRoutes(
      clusterFrom(route('HTTPRoute', `rules: [{backendRefs: [{name: cart, namespace: bank}, {}], ${mirror}}]`)),
    );
    expect(backendsOf(one)).toEqual([
      { group: '', kind: 'Service', key: 'bank/cart', port: undefined },
      { group: '', kind: 'Service', key: 'shop/copy', port: 80 },
    ]);
  });
});
