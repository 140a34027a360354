import { unreadTarget } from '../../../lib/rules/beside/unread-target';
import { findings, made, namespace, need, raw } from '../model-builder';

const SERVICE = '{ apiVersion: v1, kind: Service, metadata: { name: cart, namespace: shop } }';
const GATEWAY = '{ apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: edge, namespace: shop } }';

const find = (kind: string, spec: string, parts: { owned?: boolean; place?: string; told?: boolean } = {}) => {
  const { owned = true, place = 'shop', told = false } = parts;
  const versions: Readonly<Record<string, string>> = {
    AuthorizationPolicy: 'security.istio.io/v1',
    EnvoyFilter: 'networking.istio.io/v1alpha3',
    HTTPRoute: 'gateway.networking.k8s.io/v1',
  };
  const object = `{ apiVersion: ${versions[kind]}, kind: ${kind}, metadata: { name: raw, namespace: ${place} }, spec: { ${spec} } }`;
  const httpNeeds = told ? [need(`raw/${kind.toLowerCase()}/raw`)] : [];
  return findings(unreadTarget, {
    objects: [...raw(object), ...made(`${SERVICE}\n---\n${GATEWAY}`)],
    namespaces: [namespace('shop', 'ambient', { owned, httpNeeds })],
  });
};
const findPolicy = (target: string, parts?: Parameters<typeof find>[2]) =>
  find('AuthorizationPolicy', `targetRefs: [{ ${target} }]`, parts);

describe(unreadTarget.title, () => {
  it.each([
    'group: "", kind: Service, name: cart',
    'group: core, kind: Service, name: cart',
    'kind: Service, name: cart, namespace: shop',
    'group: gateway.networking.k8s.io, kind: Gateway, name: edge',
  ])('takes a policy for { %s }', (target) => {
    expect(findPolicy(target)).toEqual([]);
  });

  it.each([
    ['kind: Service, name: kart', 'Service kart'],
    ['group: networking.istio.io, kind: ServiceEntry, name: cards', 'ServiceEntry cards'],
    ['group: gateway.networking.k8s.io, kind: Gateway, name: egde', 'Gateway egde'],
    ['group: apps, kind: Deployment, name: cart', 'group: "apps", kind: Deployment'],
    ['kind: Gateway, name: edge', 'group: "", kind: Gateway'],
    ['group: networking.istio.io, kind: Gateway, name: edge', 'group: "networking.istio.io", kind: Gateway'],
    ['kind: Service, name: cart, namespace: bank', 'namespace: bank'],
    ['group: gateway.networking.k8s.io, kind: GatewayClass, name: istio-waypoint', 'GatewayClass istio-waypoint, in namespace shop'],
  ])('fails a policy for { %s }', (target, got) => {
    expect(findPolicy(target)).toMatchObject([{ on: { path: 'raw/authorizationpolicy/raw' }, got }]);
  });

  it('knows what is missing in namespaces of the program alone, and says it once', () => {
    expect(findPolicy('kind: Service, name: kart', { owned: false })).toEqual([]);
    expect(findPolicy('kind: Service, name: kart', { place: 'bank' })).toEqual([]);
    expect(findPolicy('group: gateway.networking.k8s.io, kind: Gateway, name: waypoint', { told: true })).toEqual([]);
  });

  it('takes the class of waypoints in the root namespace, and no other class', () => {
    const target = 'group: gateway.networking.k8s.io, kind: GatewayClass, name: ';
    expect(findPolicy(`${target}istio-waypoint`, { place: 'istio-system' })).toEqual([]);
    expect(findPolicy(`${target}istio`, { place: 'istio-system' })).toHaveLength(1);
  });

  it('fails an EnvoyFilter for a Service, which Istio reads for Gateways alone', () => {
    const target = 'targetRefs: [{ kind: Service, name: cart }]';
    expect(find('EnvoyFilter', target)).toMatchObject([{ got: 'group: "", kind: Service' }]);
    expect(find('EnvoyFilter', 'targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: edge }]')).toEqual([]);
  });

  it('fails a route for a Service in the group of Gateways, which is meant where none is written', () => {
    expect(find('HTTPRoute', 'parentRefs: [{ kind: Service, name: cart }]')).toMatchObject([{ fix: 'write group: ""' }]);
    expect(find('HTTPRoute', 'parentRefs: [{ group: "", kind: Service, name: cart }, { name: edge }]')).toEqual([]);
  });
});
