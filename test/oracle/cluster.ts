import { type Labels, type Manifest, namespaceOf, ofKind } from './manifest';
import type {
  AuthorizationPolicySpec,
  NetworkPolicySpec,
  PeerAuthenticationSpec,
  RequestAuthenticationSpec,
  SidecarSpec,
} from './policy-specs';
import { type GatewayProxy, readGateways } from './gateways';
import { type MeshService, readServiceEntries, readServices } from './services';
import type { DestinationRuleSpec, HttpRouteSpec, IstioGatewaySpec, ReferenceGrantSpec, VirtualServiceSpec } from './traffic-specs';
import { type Pod, readWorkloads } from './workloads';

/** What Istio is told by its installation and no manifest says. */
export interface MeshSettings {
  readonly rootNamespace: string;
  readonly trustDomain: string;
  readonly clusterDomain: string;
}

/** Everything that a set of manifests says, looked up by kind, with the proxies that Istio adds to it. */
export interface Cluster extends MeshSettings {
  readonly namespaces: ReadonlyMap<string, Labels>;
  readonly workloads: readonly Pod[];
  readonly gateways: readonly GatewayProxy[];
  readonly services: readonly MeshService[];
  readonly authorizationPolicies: readonly Manifest<AuthorizationPolicySpec>[];
  readonly peerAuthentications: readonly Manifest<PeerAuthenticationSpec>[];
  readonly requestAuthentications: readonly Manifest<RequestAuthenticationSpec>[];
  readonly networkPolicies: readonly Manifest<NetworkPolicySpec>[];
  readonly sidecars: readonly Manifest<SidecarSpec>[];
  readonly virtualServices: readonly Manifest<VirtualServiceSpec>[];
  readonly destinationRules: readonly Manifest<DestinationRuleSpec>[];
  readonly httpRoutes: readonly Manifest<HttpRouteSpec>[];
  readonly istioGateways: readonly Manifest<IstioGatewaySpec>[];
  readonly referenceGrants: readonly Manifest<ReferenceGrantSpec>[];
}

const DEFAULTS: MeshSettings = { rootNamespace: 'istio-system', trustDomain: 'cluster.local', clusterDomain: 'cluster.local' };

/** Reads parsed manifests; kinds that decide nothing about a request are passed over. */
export function readCluster(manifests: readonly object[], settings: Partial<MeshSettings> = {}): Cluster {
  const objects = manifests as readonly Manifest[];
  const mesh = { ...DEFAULTS, ...settings };
  const namespaces = readNamespaces(objects);
  return {
    ...mesh,
    namespaces,
    workloads: readWorkloads(objects, namespaces, mesh),
    gateways: readGateways(objects, mesh),
    services: [...readServices(objects, mesh), ...readServiceEntries(objects)],
    authorizationPolicies: ofKind(objects, 'security.istio.io/AuthorizationPolicy'),
    peerAuthentications: ofKind(objects, 'security.istio.io/PeerAuthentication'),
    requestAuthentications: ofKind(objects, 'security.istio.io/RequestAuthentication'),
    networkPolicies: ofKind(objects, 'networking.k8s.io/NetworkPolicy'),
    sidecars: ofKind(objects, 'networking.istio.io/Sidecar'),
    virtualServices: ofKind(objects, 'networking.istio.io/VirtualService'),
    destinationRules: ofKind(objects, 'networking.istio.io/DestinationRule'),
    httpRoutes: ofKind(objects, 'gateway.networking.k8s.io/HTTPRoute'),
    istioGateways: ofKind(objects, 'networking.istio.io/Gateway'),
    referenceGrants: ofKind(objects, 'gateway.networking.k8s.io/ReferenceGrant'),
  };
}

/** Labels by namespace. A namespace that only its objects name exists too, outside the mesh. */
function readNamespaces(objects: readonly Manifest[]): Map<string, Labels> {
  const namespaces = new Map(objects.map((object) => [namespaceOf(object), namespaceLabels(namespaceOf(object), {})]));
  for (const { metadata } of ofKind(objects, '/Namespace')) {
    namespaces.set(metadata.name, namespaceLabels(metadata.name, metadata.labels ?? {}));
  }
  return namespaces;
}

/** Kubernetes puts a namespace's own name among its labels. */
const namespaceLabels = (name: string, labels: Labels): Labels => ({ ...labels, 'kubernetes.io/metadata.name': name });

export const labelsOfNamespace = (cluster: Cluster, namespace: string): Labels =>
  cluster.namespaces.get(namespace) ?? namespaceLabels(namespace, {});

/** The cluster without the objects of some layers, to see what the others do alone. */
export const without = (cluster: Cluster, ...layers: readonly ('network' | 'authorization' | 'mtls' | 'scope')[]): Cluster => ({
  ...cluster,
  ...(layers.includes('network') ? { networkPolicies: [] } : {}),
  ...(layers.includes('authorization') ? { authorizationPolicies: [], requestAuthentications: [] } : {}),
  ...(layers.includes('mtls') ? { peerAuthentications: [] } : {}),
  ...(layers.includes('scope') ? { sidecars: [] } : {}),
});
