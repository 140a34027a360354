import fc from 'fast-check';
import { one, plain, rarely, SERVICES, type Written } from './pools';

type Labels = Readonly<Record<string, string>>;

const PLANES: readonly Labels[] = [
  {},
  { 'istio-injection': 'enabled' },
  { 'istio.io/dataplane-mode': 'ambient' },
  { 'istio-injection': 'enabled', 'istio.io/dataplane-mode': 'ambient' },
];
const OWN_PLANES: readonly Labels[] = [
  { 'sidecar.istio.io/inject': 'false' },
  { 'sidecar.istio.io/inject': 'true' },
  { 'istio.io/dataplane-mode': 'none' },
  { 'istio.io/dataplane-mode': 'ambient' },
];
const WAYPOINTS: readonly Labels[] = [
  { 'istio.io/use-waypoint': 'waypoint' },
  { 'istio.io/use-waypoint': 'waypoint', 'istio.io/use-waypoint-namespace': 'shop' },
  { 'istio.io/use-waypoint': 'none' },
  { 'istio.io/use-waypoint': 'absent' },
];
const INGRESS: Labels = { 'istio.io/ingress-use-waypoint': 'true' };

const merged = (...parts: readonly fc.Arbitrary<Labels | undefined>[]): fc.Arbitrary<Labels> =>
  fc.tuple(...parts).map((labels) => Object.assign({}, ...labels) as Labels);

const namespace = (name: string): fc.Arbitrary<Written> =>
  merged(
    fc.oneof({ weight: 4, arbitrary: one(PLANES) }, { weight: 2, arbitrary: fc.constant(PLANES[2]) }),
    fc.option(fc.oneof({ weight: 3, arbitrary: fc.constant(WAYPOINTS[0]) }, { weight: 1, arbitrary: one(WAYPOINTS) }), { nil: undefined }),
    rarely(fc.constant(INGRESS)),
  ).map((labels) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }));

/** Name, namespace, kind and own labels of the workloads that every mesh has. */
const WORKLOADS: readonly (readonly [string, string, 'Deployment' | 'StatefulSet', Labels])[] = [
  ['shop', 'cart-v1', 'Deployment', { app: 'cart', version: 'v1' }],
  ['shop', 'cart-v2', 'Deployment', { app: 'cart', version: 'v2' }],
  ['shop', 'web', 'Deployment', { app: 'web' }],
  ['bank', 'ledger', 'Deployment', { app: 'ledger', version: 'v1' }],
  ['bank', 'db', 'StatefulSet', { app: 'db' }],
  ['edge', 'door', 'Deployment', { app: 'door' }],
];

const PORTS = [
  { name: 'main', containerPort: 8080 },
  { name: 'side', containerPort: 9000 },
];

function workload([namespaceName, name, kind, own]: (typeof WORKLOADS)[number]): fc.Arbitrary<Written> {
  const labels = merged(
    fc.constant(own),
    rarely(one(OWN_PLANES)),
    fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: one(WAYPOINTS) }),
  );
  return labels.map((said) => {
    const template = {
      metadata: { labels: said },
      spec: { serviceAccountName: own.app, containers: [{ name: 'main', image: 'main', ports: PORTS }] },
    };
    const extra = kind === 'StatefulSet' ? { serviceName: name } : {};
    const spec = { replicas: 1, selector: { matchLabels: own }, template, ...extra };
    return { apiVersion: 'apps/v1', kind, metadata: { name, namespace: namespaceName }, spec };
  });
}

/** The pods of a gateway of Istio's own kind, as its chart makes them. */
const gatewayPods: Written = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'public', namespace: 'edge' },
  spec: {
    selector: { matchLabels: { istio: 'ingress' } },
    template: {
      metadata: {
        labels: { istio: 'ingress', 'sidecar.istio.io/inject': 'true' },
        annotations: { 'inject.istio.io/templates': 'gateway' },
      },
      spec: { serviceAccountName: 'public', containers: [{ name: 'istio-proxy', image: 'auto' }] },
    },
  },
};

const HTTP_PORTS = [
  { name: 'http', port: 80, targetPort: 8080 },
  { name: 'http', port: 8080 },
  { name: 'http-main', port: 80, targetPort: 'main' },
  { name: 'main', port: 8080, appProtocol: 'http' },
];
const BYTE_PORTS = [
  { name: 'tcp', port: 9000 },
  { name: 'tcp-side', port: 9000, targetPort: 'side' },
  { name: 'odd', port: 9000 },
  { name: 'tls', port: 9000 },
];

// What bytes are called is the same everywhere: of two Services over one port that call it differently istiod takes either.
type BytePort = (typeof BYTE_PORTS)[number];

const service = (namespaceName: string, name: string, bytes: BytePort): fc.Arbitrary<Written> =>
  fc
    .record({
      first: fc.oneof({ weight: 4, arbitrary: one(HTTP_PORTS) }, { weight: 1, arbitrary: fc.constant(bytes) }),
      second: rarely(fc.constant(bytes)),
      waypoint: fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: one([...WAYPOINTS, INGRESS]) }),
      headless: name === 'db' ? fc.boolean() : fc.integer({ min: 0, max: 9 }).map((chance) => chance === 9),
    })
    .map(({ first, second, waypoint, headless }) => {
      const [, version] = /-(v\d)$/.exec(name) ?? [];
      const selector = version ? { app: name.replace(`-${version}`, ''), version } : { app: name };
      const ports = second && second.port !== first.port ? [first, second] : [first];
      const spec = { selector, ports, clusterIP: headless ? 'None' : undefined };
      return plain({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: namespaceName, labels: waypoint }, spec });
    });

const waypoint = (namespaceName: string): fc.Arbitrary<Written> =>
  fc
    .record({
      trafficType: fc.option(one(['service', 'all', 'workload', 'none'])),
      from: fc.option(one(['All', 'Same'])),
    })
    .map(({ trafficType, from }) => {
      const labels: Labels = trafficType ? { 'istio.io/waypoint-for': trafficType } : {};
      const listener = { name: 'mesh', port: 15008, protocol: 'HBONE', ...(from && { allowedRoutes: { namespaces: { from } } }) };
      return {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'Gateway',
        metadata: { name: 'waypoint', namespace: namespaceName, labels },
        spec: { gatewayClassName: 'istio-waypoint', listeners: [listener] },
      };
    });

/** Namespaces, who runs in them, and who stands in front: what every mesh has, in whatever plane. */
export const foundations: fc.Arbitrary<Written[]> = one(BYTE_PORTS).chain(foundationsWith);

function foundationsWith(bytes: BytePort): fc.Arbitrary<Written[]> {
  return fc
    .record({
      namespaces: fc.tuple(...Object.keys(SERVICES).map(namespace)),
      workloads: fc.tuple(...WORKLOADS.map(workload)),
      services: fc.tuple(...Object.entries(SERVICES).flatMap(([where, names]) => names.map((name) => service(where, name, bytes)))),
      waypoints: fc.tuple(waypoint('shop'), fc.option(waypoint('bank'), { freq: 2 })),
    })
    .map(({ namespaces, workloads, services, waypoints }) => [
      ...namespaces,
      ...workloads,
      gatewayPods,
      ...services,
      ...waypoints.filter((gateway) => gateway !== null),
    ]);
}
