import { unfollowedPolicy } from '../../../lib/rules/routing/unfollowed-policy';
import { findings, namespace, raw } from '../model-builder';

const AMBIENT = 'istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint';
const space = (name: string, labels = 'istio-injection: enabled') => `
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { ${labels} } }
`;

const pods = (name: string, namespaceName: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespaceName} }
spec: { selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} } } } }
`;

const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { clusterIP: 10.0.0.1, selector: { app: cart }, ports: [{ name: http, port: 80 }] }
`;

const WAYPOINT = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`;

const destinationRule = (namespaceName: string, spec = 'trafficPolicy: { connectionPool: { tcp: { maxConnections: 1 } } }') => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: ${namespaceName} }
spec: { host: cart.shop.svc.cluster.local, ${spec} }
`;

const virtualService = (namespaceName: string, subset = '') => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: ${namespaceName} }
spec:
  hosts: [cart.shop.svc.cluster.local]
  http: [{ route: [{ destination: { host: cart.shop.svc.cluster.local${subset} } }] }]
`;

const find = (...manifests: string[]) =>
  findings(unfollowedPolicy, {
    objects: [SERVICE, ...manifests].flatMap(raw),
    namespaces: [namespace('shop', 'sidecar'), namespace('web', 'sidecar')],
  });

describe(`${unfollowedPolicy.title}: DestinationRules`, () => {
  it.each([
    ['beside its Service', [destinationRule('shop'), space('shop')]],
    ['of the whole mesh', [destinationRule('istio-system')]],
    ['beside callers with sidecars', [destinationRule('web'), space('web'), pods('web', 'web')]],
    ['in a namespace of somebody else', [destinationRule('elsewhere')]],
  ])('takes one %s', (_, manifests) => {
    expect(find(...manifests)).toEqual([]);
  });

  it('tells of one where nobody looks', () => {
    expect(find(destinationRule('web'), space('web', AMBIENT), pods('web', 'web'))).toMatchObject([
      { on: { path: 'raw/destinationrule/cart' }, fix: expect.stringContaining('in namespace shop') },
    ]);
  });

  const subset = 'subsets: [{ name: v2, labels: { version: v2 }, trafficPolicy: { connectionPool: { tcp: { maxConnections: 1 } } } }]';

  it('takes a policy of a subset that a route names, and a subset without one', () => {
    expect(find(destinationRule('shop', subset), virtualService('shop', ', subset: v2'))).toEqual([]);
    expect(find(destinationRule('shop', 'subsets: [{ name: v2, labels: { version: v2 } }]'))).toEqual([]);
  });

  it('tells of a policy of a subset that no route names', () => {
    expect(find(destinationRule('shop', subset), virtualService('shop', ', subset: v1'))).toMatchObject([
      { message: expect.stringContaining('the policy of subset v2') },
    ]);
  });
});

describe(`${unfollowedPolicy.title}: pods that fail`, () => {
  const detecting = (more = '') => destinationRule('shop', `trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5${more} } }`);
  const cart = (replicas: number) => pods('cart', 'shop').replace('spec: {', `spec: { replicas: ${replicas},`);
  const failover = 'localityLbSetting: { failover: [{ from: a, to: b }] }';

  it('takes shares of which one pod is part, and pods that nobody here counts', () => {
    expect(find(detecting(), cart(10))).toEqual([]);
    expect(find(detecting(', maxEjectionPercent: 50'), cart(2))).toEqual([]);
    expect(find(detecting())).toEqual([]);
    const scaler = 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: cart, namespace: shop }';
    expect(find(detecting(), cart(2), scaler)).toEqual([]);
  });

  it('tells of a share that is less than one pod', () => {
    expect(find(detecting(), cart(2))).toMatchObject([{ got: 'maxEjectionPercent: 10, pods: 2', fix: expect.stringContaining('50') }]);
  });

  it('tells of a place to go to where no place ever fails', () => {
    expect(find(destinationRule('shop', `trafficPolicy: { loadBalancer: { ${failover} } }`))).toMatchObject([
      { got: 'localityLbSetting without outlierDetection' },
    ]);
    const whole = `trafficPolicy: { loadBalancer: { ${failover} }, outlierDetection: { consecutive5xxErrors: 5 } }`;
    expect(find(destinationRule('shop', whole))).toEqual([]);
  });
});

describe(`${unfollowedPolicy.title}: VirtualServices`, () => {
  const ambient = [space('shop', AMBIENT), WAYPOINT, pods('cart', 'shop')];

  it('takes one where a waypoint reads it, and one that sidecars follow', () => {
    expect(find(...ambient, virtualService('shop'))).toEqual([]);
    expect(find(...ambient, virtualService('web'), space('web'), pods('web', 'web'))).toEqual([]);
    expect(find(virtualService('web'))).toEqual([]);
  });

  it('tells of one that its waypoint does not read', () => {
    expect(find(...ambient, virtualService('web'))).toMatchObject([
      { on: { path: 'raw/virtualservice/cart' }, message: expect.stringContaining('followed by nobody') },
    ]);
  });

  it('tells of a tls route for an address, which no client asks for by name', () => {
    const tls = (host: string) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: api, namespace: shop }
spec: { hosts: [${host}], tls: [{ match: [{ sniHosts: [${host}] }] }] }
`;
    expect(find(tls('api.example.com'))).toEqual([]);
    expect(find(tls('10.0.0.1'))).toMatchObject([{ got: 'sniHosts: 10.0.0.1' }]);
  });

  it('tells of a namespace in exportTo that is misspelled, and takes those that it does not know', () => {
    const shown = (name: string) => destinationRule('shop', `exportTo: [., ${name}]`);
    expect(find(shown('web'))).toEqual([]);
    expect(find(shown('books'))).toEqual([]);
    expect(find(shown('wbe'))).toMatchObject([{ got: 'exportTo: wbe', fix: 'write web' }]);
  });
});
