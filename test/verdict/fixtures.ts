import type { Caller, Request } from '../../lib/verdict/requests/request';
import { readYaml } from '../manifests';

export { clusterFrom as cluster } from '../manifests';

/** The objects of pieces of YAML. */
export function objects(...pieces: readonly string[]): object[] {
  return readYaml(pieces.join('\n---\n')).map(({ manifest }) => manifest);
}

const named = (apiVersion: string, kind: string, name: string, namespace: string, rest: string) => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: {name: ${name}, namespace: ${namespace}}
${rest}
---`;

export const namespace = (name: string, labels: string) => `
apiVersion: v1
kind: Namespace
metadata: {name: ${name}, labels: {${labels}}}
---`;

export const SIDECAR = 'istio-injection: enabled';
export const AMBIENT = 'istio.io/dataplane-mode: ambient';
export const BEHIND_WAYPOINT = `${AMBIENT}, istio.io/use-waypoint: waypoint`;

export const deployment = (name: string, app: string, version: string, namespaceName = 'shop', replicas = 1) =>
  named(
    'apps/v1',
    'Deployment',
    name,
    namespaceName,
    `spec:
  replicas: ${replicas}
  template:
    metadata: {labels: {app: ${app}, version: ${version}}}
    spec: {serviceAccountName: ${app}, containers: [{name: app, ports: [{name: main, containerPort: 8080}]}]}`,
  );

export const service = (name: string, selector: string, options: { port?: string; labels?: string; extra?: string } = {}) => `
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop, labels: {${options.labels ?? ''}}}
spec: {selector: {${selector}}, ports: [${options.port ?? '{name: http, port: 8080}'}]${options.extra ?? ''}}
---`;

/** Addresses behind a Service that somebody has written; `words` stand after its ports. */
export const endpointSlice = (serviceName: string, endpoints: string, ports = '{name: http, port: 8080, protocol: TCP}', words = '') => `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: ${serviceName}-written, namespace: shop, labels: {kubernetes.io/service-name: ${serviceName}}}
addressType: IPv4
endpoints: [${endpoints}]
ports: [${ports}]
${words}
---`;

/** A pod as a cluster answers with it, at its address. */
export const runningPod = (name: string, address: string, namespaceName = 'shop') => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: ${namespaceName}, labels: {app: ${name}}}
spec: {serviceAccountName: ${name}, containers: [{name: app, ports: [{name: main, containerPort: 9090}]}]}
status: {podIP: ${address}}
---`;

/** A machine beside the cluster; `metadata` stands after its namespace. */
export const workloadEntry = (name: string, spec: string, metadata = '') => `
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: {name: ${name}, namespace: shop${metadata}}
spec: {${spec}}
---`;

/** Machines that register themselves. */
export const workloadGroup = (name: string, spec: string) =>
  named('networking.istio.io/v1', 'WorkloadGroup', name, 'shop', `spec: {${spec}}`);

/** The cart of every fixture: two versions under one Service. */
export const CART = deployment('cart-v1', 'cart', 'v1') + deployment('cart-v2', 'cart', 'v2') + service('cart', 'app: cart');
export const CART_VERSIONS = service('cart-v1', 'app: cart, version: v1') + service('cart-v2', 'app: cart, version: v2');

export const waypoint = (trafficType: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: waypoint, namespace: shop, labels: {istio.io/waypoint-for: ${trafficType}}}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
---`;

export const policy = (name: string, spec: string, namespaceName = 'shop') =>
  named('security.istio.io/v1', 'AuthorizationPolicy', name, namespaceName, `spec: {${spec}}`);

export const STRICT = named('security.istio.io/v1', 'PeerAuthentication', 'default', 'shop', 'spec: {mtls: {mode: STRICT}}');
export const DENY_ALL = policy('deny-all', '');

/** Default deny of the waypoint: a policy that allows, and lists nothing. */
export const WAYPOINT_DENY_ALL = policy(
  'waypoint-deny-all',
  'targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: waypoint}], action: ALLOW',
);

const FROM_WEB = 'from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}]';
export const P1_RULES = `action: ALLOW, rules: [{${FROM_WEB}, to: [{operation: {methods: [GET], paths: ["/items/*"]}}]}]`;

/** What the waypoint decides about the cart, and what ztunnel then asks of whoever comes. */
export const P1 = policy('p1', `targetRefs: [{kind: Service, group: "", name: cart}], ${P1_RULES}`);
export const P2 = policy(
  'p2',
  'selector: {matchLabels: {app: cart}}, action: ALLOW, rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/waypoint]}}]}]',
);

/** The gateway edge/gateway, and its route to the cart. */
export const GATEWAY =
  namespace('edge', AMBIENT) +
  named(
    'gateway.networking.k8s.io/v1',
    'Gateway',
    'gateway',
    'edge',
    `spec:
  gatewayClassName: istio
  listeners:
  - {name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}, allowedRoutes: {namespaces: {from: All}}}`,
  );

export const httpRoute = (name: string, parents: string, rules: string, extra = '') =>
  named('gateway.networking.k8s.io/v1', 'HTTPRoute', name, 'shop', `spec: {parentRefs: [${parents}], rules: [${rules}]${extra}}`);

export const TO_GATEWAY = '{kind: Gateway, group: gateway.networking.k8s.io, name: gateway, namespace: edge}';
export const TO_CART = '{kind: Service, group: "", name: cart}';
export const EXPOSED = httpRoute('edge', TO_GATEWAY, '{backendRefs: [{name: cart, port: 8080}]}', ', hostnames: [cart.example.com]');

/** Nine in ten to v1, by a Service for each version. */
export const NINETY_TEN = '{backendRefs: [{name: cart-v1, port: 8080, weight: 90}, {name: cart-v2, port: 8080, weight: 10}]}';

export const virtualService = (name: string, spec: string) =>
  named('networking.istio.io/v1', 'VirtualService', name, 'shop', `spec: {${spec}}`);

export const SUBSETS = named(
  'networking.istio.io/v1',
  'DestinationRule',
  'cart',
  'shop',
  'spec: {host: cart.shop.svc.cluster.local, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]}',
);

/** Seven in ten to v1, by subsets. */
export const SEVENTY_THIRTY = `route: [
  {destination: {host: cart.shop.svc.cluster.local, subset: v1}, weight: 70},
  {destination: {host: cart.shop.svc.cluster.local, subset: v2}, weight: 30}]`;

type Proxied = 'sidecar' | 'ztunnel' | 'none';

export const pod = (serviceAccount: string, proxy: Proxied, namespaceName = 'shop'): Caller => ({
  pod: { namespace: namespaceName, serviceAccount, proxy, labels: { app: serviceAccount } },
});
export const web = pod('web', 'ztunnel');
export const other = pod('other', 'ztunnel');
export const plaintext = pod('web', 'none');
export const sidecarWeb = pod('web', 'sidecar');
export const outside: Caller = { gateway: 'edge/gateway' };

export const toService = (name: string, port = 8080) => ({ host: `${name}.shop.svc.cluster.local`, port });
export const TO_POD = { podOf: 'shop/cart-v1', port: 8080 };
export const FROM_OUTSIDE = { from: outside, to: { host: 'cart.example.com', port: 443 } };

/** A request of web for an item of the cart, but for what is said. */
export const get = (request: Partial<Request> = {}): Request => ({
  from: web,
  to: toService('cart'),
  method: 'GET',
  path: '/items/1',
  ...request,
});

/** A host outside, which a ServiceEntry makes known. */
export const serviceEntry = (extra = '', port = '{number: 443, name: tls, protocol: TLS}') => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cards, namespace: shop}
spec: {hosts: [api.cards.example.com], resolution: DNS, ports: [${port}]${extra}}
---`;
export const CARDS = { host: 'api.cards.example.com', port: 443 };
