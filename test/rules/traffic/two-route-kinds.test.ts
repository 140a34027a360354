import { twoRouteKinds } from '../../../lib/rules/traffic/two-route-kinds';
import { findings, made, raw } from '../model-builder';

const virtualService = (spec: string) =>
  `{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: cart-vs, namespace: shop }, spec: { ${spec} } }`;

const httpRoute = (parent: string) =>
  `{ apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: { name: cart-route, namespace: shop }, spec: { parentRefs: [{ ${parent} }] } }`;

const OF_SERVICE = 'group: "", kind: Service, name: cart';

describe(twoRouteKinds.title, () => {
  it('takes either alone', () => {
    expect(findings(twoRouteKinds, { objects: raw(virtualService('hosts: [cart]')) })).toEqual([]);
    expect(findings(twoRouteKinds, { objects: raw(httpRoute(OF_SERVICE)) })).toEqual([]);
  });

  it('takes a VirtualService beside a route of a gateway, and the other way round', () => {
    const atGateway = raw(httpRoute('name: gateway, namespace: edge'));
    expect(findings(twoRouteKinds, { objects: [...raw(virtualService('hosts: [cart]')), ...atGateway] })).toEqual([]);
    const bound = raw(virtualService('hosts: [cart], gateways: [edge/gateway]'));
    expect(findings(twoRouteKinds, { objects: [...bound, ...raw(httpRoute(OF_SERVICE))] })).toEqual([]);
  });

  it('fails both in the mesh, at the one that stands beside ours', () => {
    const own = made(httpRoute(OF_SERVICE));
    expect(findings(twoRouteKinds, { objects: [...raw(virtualService('hosts: [cart]')), ...own] })).toMatchObject([
      { on: { path: 'raw/virtualservice/cart-vs' }, got: 'made/httproute/cart-route and raw/virtualservice/cart-vs' },
    ]);
  });
});
