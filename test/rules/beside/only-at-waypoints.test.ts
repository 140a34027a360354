import { onlyAtWaypoints } from '../../../lib/rules/beside/only-at-waypoints';
import { findings, namespace, need, raw, waypointOf } from '../model-builder';

const TO_CART = 'targetRefs: [{ group: "", kind: Service, name: cart }]';
const AMBIENT = namespace('shop', 'ambient');
const NONE = 'istio.io/use-waypoint: none';

const object = (kind: string, spec: string, version = 'security.istio.io/v1') =>
  `{ apiVersion: ${version}, kind: ${kind}, metadata: { name: raw, namespace: shop }, spec: { ${spec} } }`;
const policy = object('AuthorizationPolicy', TO_CART);
const route = object('HTTPRoute', 'parentRefs: [{ group: "", kind: Service, name: cart }]', 'gateway.networking.k8s.io/v1');
const service = (labels = '', spec = 'selector: { app: cart }') =>
  `{ apiVersion: v1, kind: Service, metadata: { name: cart, namespace: shop, labels: { ${labels} } }, spec: { ${spec} } }`;

const find = (pieces: readonly string[], at = AMBIENT) =>
  findings(onlyAtWaypoints, { objects: raw(pieces.join('\n---\n')), namespaces: [at] });

describe(onlyAtWaypoints.title, () => {
  it.each([
    ['it opts out', [policy, service(NONE)], 'opts out of its waypoint'],
    ['it has no address', [policy, service('', 'clusterIP: None')], 'has no address of its own'],
    ['nobody gave its namespace one', [policy, service()], 'has none'],
    ['a route is for it', [route, service(NONE)], 'opts out of its waypoint'],
  ])('fails where %s', (_, pieces, text) => {
    expect(find(pieces)).toMatchObject([{ on: { path: expect.stringMatching('^raw/.*/raw$') }, message: expect.stringContaining(text) }]);
  });

  it('fails where the pods have sidecars, which obey routes and no policy with targetRefs', () => {
    const at = namespace('shop', 'sidecar');
    expect(find([policy, service()], at)).toMatchObject([{ fix: 'pick the pods with selector instead of targetRefs' }]);
    expect(find([route, service()], at)).toEqual([]);
  });

  it.each([
    ['the namespace names a waypoint, here or elsewhere', [policy, service()], { ...AMBIENT, waypoint: waypointOf('shop') }],
    ['the Service names one', [policy, service('istio.io/use-waypoint: theirs')], AMBIENT],
    ['nobody here says how the pods join the mesh', [policy, service()], namespace('bank', 'ambient')],
    ['the Service is nowhere', [policy], AMBIENT],
    ['its namespace is told of it', [policy, service()], { ...AMBIENT, httpNeeds: [need('raw/authorizationpolicy/raw')] }],
  ])('is silent where %s', (_, pieces, at) => {
    expect(find(pieces, at)).toEqual([]);
  });

  it('is silent about a route that the sidecars of callers follow', () => {
    const sidecar = `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web, namespace: shop },
      spec: { template: { metadata: { labels: { sidecar.istio.io/inject: "true" } }, spec: { containers: [] } } } }`;
    expect(find([route, service(NONE), sidecar])).toEqual([]);
    expect(find([policy, service(NONE), sidecar])).toHaveLength(1);
  });

  const gateway = (gatewayClassName: string, listener: string) =>
    `{ apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: ${gatewayClassName}, namespace: shop },
      spec: { gatewayClassName: ${gatewayClassName}, listeners: [{ ${listener} }] } }`;
  const WAYPOINT = gateway('istio-waypoint', 'name: mesh, port: 15008, protocol: HBONE');
  const EDGE = gateway('istio', 'name: http, port: 80, protocol: HTTP');

  it('fails a route of the Gateway API that only a gateway would follow, which does not, unless it names the gateway', () => {
    expect(find([route, service(), EDGE])).toMatchObject([{ message: expect.stringContaining('has none') }]);
    expect(find([route.replace('parentRefs: [', 'parentRefs: [{ name: istio }, '), service(), EDGE])).toEqual([]);
    const rule = object('DestinationRule', 'host: cart, trafficPolicy: { loadBalancer: { simple: RANDOM } }', 'networking.istio.io/v1');
    expect(find([rule, service(), EDGE])).toEqual([]);
  });

  it('is silent about what waits for a waypoint that stands already, while a policy by labels guards the pods', () => {
    const pods = `{ apiVersion: v1, kind: Pod, metadata: { name: cart, namespace: shop, labels: { app: cart, sidecar.istio.io/inject: "true" } } }`;
    const guard = policy.replace('name: raw', 'name: guard').replace(TO_CART, 'selector: { matchLabels: { app: cart } }');
    const at = namespace('shop', 'sidecar');
    expect(find([policy, service(), pods, WAYPOINT, guard], at)).toEqual([]);
    expect(find([policy, service(), pods, WAYPOINT], at)).toHaveLength(1);
    expect(find([policy, service(), pods, guard], at)).toHaveLength(1);
  });
});
