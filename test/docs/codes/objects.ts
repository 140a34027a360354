/** Manifests in few words, for the examples of this folder. */

const document = (apiVersion: string, kind: string, name: string, rest = '', namespaceName?: string, more = ''): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}${namespaceName === undefined ? '' : `, namespace: ${namespaceName}`}${more} }\n${rest}`;

export const SIDECAR = 'istio-injection: enabled';
export const AMBIENT = 'istio.io/dataplane-mode: ambient';

export const namespace = (name: string, labels = SIDECAR): string =>
  document('v1', 'Namespace', name, '', undefined, `, labels: { ${labels} }`);

/** Pods of a Deployment and a pod of it, for `istioctl analyze` looks at pods where we look at what makes them. */
export function workload(name: string, namespaceName = 'shop', labels = 'version: v1', annotations = '', spec = ''): string[] {
  const metadata = `labels: { app: ${name}, ${labels} }, annotations: { ${annotations} }`;
  const containers = `spec: { containers: [{ name: ${name}, image: ghcr.io/acme/${name}:1, ports: [{ containerPort: 8080 }] }], ${spec} }`;
  const template = `template: { metadata: { ${metadata} }, ${containers} }`;
  return [
    document('apps/v1', 'Deployment', name, `spec: { selector: { matchLabels: { app: ${name} } }, ${template} }`, namespaceName),
    document(
      'v1',
      'Pod',
      `${name}-0`,
      containers,
      namespaceName,
      `, ${metadata}, ownerReferences: [{ apiVersion: apps/v1, kind: Deployment, name: ${name}, uid: a }]`,
    ),
  ];
}

export const service = (name: string, namespaceName = 'shop', ports = '{ name: http, port: 8080 }', more = ''): string =>
  document('v1', 'Service', name, `spec: { selector: { app: ${name} }, ports: [${ports}], ${more} }`, namespaceName);

const networking =
  (kind: string) =>
  (name: string, spec: string, namespaceName = 'shop') =>
    document('networking.istio.io/v1', kind, name, `spec: { ${spec} }`, namespaceName);

export const virtualService = networking('VirtualService');
export const destinationRule = networking('DestinationRule');
export const serviceEntry = networking('ServiceEntry');
export const sidecar = networking('Sidecar');
export const workloadGroup = networking('WorkloadGroup');
export const istioGateway = networking('Gateway');

export const envoyFilter = (spec: string): string =>
  document('networking.istio.io/v1alpha3', 'EnvoyFilter', 'patch', `spec: { ${spec} }`, 'shop');

const security =
  (kind: string) =>
  (name: string, spec: string, namespaceName = 'shop') =>
    document('security.istio.io/v1', kind, name, `spec: { ${spec} }`, namespaceName);

export const policy = security('AuthorizationPolicy');
export const peers = security('PeerAuthentication');
export const tokens = security('RequestAuthentication');

export const telemetry = (name: string, spec: string, namespaceName = 'shop'): string =>
  document('telemetry.istio.io/v1', 'Telemetry', name, `spec: { ${spec} }`, namespaceName);

export const wasm = (name: string, spec: string): string =>
  document('extensions.istio.io/v1alpha1', 'WasmPlugin', name, `spec: { url: "oci://ghcr.io/acme/filter:1", ${spec} }`, 'shop');

const gatewayApi =
  (kind: string, version: string) =>
  (name: string, spec: string, namespaceName = 'shop') =>
    document(`gateway.networking.k8s.io/${version}`, kind, name, `spec: { ${spec} }`, namespaceName);

export const gateway = gatewayApi('Gateway', 'v1');
export const httpRoute = gatewayApi('HTTPRoute', 'v1');
export const referenceGrant = gatewayApi('ReferenceGrant', 'v1beta1');

export const object = document;

/** A namespace with a cart, whose Service has one port. */
export const SHOP = [namespace('shop'), ...workload('cart'), service('cart')];
export const AMBIENT_SHOP = [namespace('shop', AMBIENT), ...workload('cart'), service('cart')];
export const CART = 'cart.shop.svc.cluster.local';

/** Pods of a gateway that somebody has installed, with its Service. */
export const EDGE = [
  namespace('edge'),
  ...workload('ingress', 'edge', 'istio: ingress', 'inject.istio.io/templates: gateway', ''),
  service('ingress', 'edge', '{ name: http, port: 80, targetPort: 8080 }, { name: https, port: 443, targetPort: 8443 }'),
];
