/** On a Namespace: each new pod gets a sidecar of the default revision, or none. */
export const INJECTION = 'istio-injection';

/** On a Namespace or a pod: the revision whose webhook adds the sidecar; on a Gateway: the revision that runs it. */
export const REVISION = 'istio.io/rev';
/** Of a Service: pods of all clusters of the mesh are called. */
export const GLOBAL = 'istio.io/global';

/** On a pod: the word of the pod itself about its sidecar. The annotation of the same name is older. */
export const INJECT = 'sidecar.istio.io/inject';

/** Annotation of a pod: its sidecar is a sidecar container of Kubernetes, or is not, whatever the mesh says of all pods. */
export const NATIVE_SIDECAR = 'sidecar.istio.io/nativeSidecar';

/** Annotation of a pod: settings of its proxy, as YAML. */
export const PROXY_CONFIG = 'proxy.istio.io/config';

/** On a Namespace or a pod: ztunnel takes its traffic, or leaves it alone. */
export const DATAPLANE_MODE = 'istio.io/dataplane-mode';

/** On a Namespace, a Service or a pod: the waypoint that calls to it go through; the word `none` opts out. */
export const USE_WAYPOINT = 'istio.io/use-waypoint';

/** The namespace of that waypoint, where it is another. */
export const USE_WAYPOINT_NAMESPACE = 'istio.io/use-waypoint-namespace';

/** The same for a part of the calls alone; alpha. */
export const USE_WAYPOINT_CANARY = 'istio.io/use-waypoint-canary';

/** The namespace of that second waypoint, where it is another. */
export const USE_WAYPOINT_CANARY_NAMESPACE = 'istio.io/use-waypoint-canary-namespace';

/** Annotation beside that label: how many percent of the connections the second one takes; none where it is missing. */
export const USE_WAYPOINT_CANARY_WEIGHT = 'istio.io/use-waypoint-canary-weight';

/** Annotation of a waypoint: it tells whom it calls, in the header X-Forwarded-Client-Cert, who its own caller is. */
export const XFCC_INCLUDE_CLIENT_IDENTITY = 'ambient.istio.io/xfcc-include-client-identity';

/** On a Namespace or a Service: what comes in through a gateway goes through the waypoint too. */
export const INGRESS_USE_WAYPOINT = 'istio.io/ingress-use-waypoint';

/** On a waypoint's Gateway: whether it is for Services, for pods, or for both. */
export const WAYPOINT_FOR = 'istio.io/waypoint-for';

/** On the pods that istiod makes for a Gateway: its name. */
export const GATEWAY_NAME = 'gateway.networking.k8s.io/gateway-name';

/** Annotation of a Gateway: the account of its pods. */
export const GATEWAY_ACCOUNT = 'gateway.istio.io/service-account';

/** Annotation of a Gateway: what istiod calls the objects that it makes for it. */
export const GATEWAY_OBJECT_NAME = 'gateway.istio.io/name-override';

/** Annotation of a Gateway: the type of the Service that istiod makes for it. */
export const SERVICE_TYPE = 'networking.istio.io/service-type';

/** Kubernetes puts it on every Namespace: its own name. */
export const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** On a Namespace: what Kubernetes refuses of pods in it, and of what it warns whoever applies them. */
export const POD_SECURITY = 'pod-security.kubernetes.io/enforce';
export const POD_SECURITY_WARNINGS = 'pod-security.kubernetes.io/warn';

/** Kubernetes' recommended labels. */
export const MANAGED_BY = 'app.kubernetes.io/managed-by';
export const APP_NAME = 'app.kubernetes.io/name';
export const APP_VERSION = 'app.kubernetes.io/version';

/** On a pod: the service that metrics know it by, whichever of its workloads it belongs to. */
export const CANONICAL_NAME = 'service.istio.io/canonical-name';

/** On a pod of Argo Rollouts: its ReplicaSet. Selectors of Services and subsets tell versions apart by it. */
export const ROLLOUT_HASH = 'rollouts-pod-template-hash';

/** On an EndpointSlice: the Service that its addresses are behind, and who writes it. */
export const SERVICE_OF_SLICE = 'kubernetes.io/service-name';
export const ENDPOINT_SLICE_MANAGER = 'endpointslice.kubernetes.io/managed-by';

/** On Endpoints: Kubernetes makes no EndpointSlice of them. */
export const ENDPOINTS_SKIP_MIRROR = 'endpointslice.kubernetes.io/skip-mirror';

/** On a Service: the network that it is the gateway of. */
export const NETWORK = 'topology.istio.io/network';

/** On nodes and, by Istio, on endpoints. */
export const HOSTNAME = 'kubernetes.io/hostname';

/** Annotation of an AuthorizationPolicy: it is not enforced, its answer only goes into logs and metrics. */
export const DRY_RUN = 'istio.io/dry-run';

/** Annotations of a pod with a sidecar: which ports of it the sidecar takes, and which not. */
export const INCLUDED_INBOUND_PORTS = 'traffic.sidecar.istio.io/includeInboundPorts';
export const EXCLUDED_INBOUND_PORTS = 'traffic.sidecar.istio.io/excludeInboundPorts';

/** The same of what goes out: ports and blocks of addresses that it does not take, and the blocks that it takes, `*` for all. */
export const EXCLUDED_OUTBOUND_PORTS = 'traffic.sidecar.istio.io/excludeOutboundPorts';
export const EXCLUDED_OUTBOUND_RANGES = 'traffic.sidecar.istio.io/excludeOutboundIPRanges';
export const INCLUDED_OUTBOUND_RANGES = 'traffic.sidecar.istio.io/includeOutboundIPRanges';

/** The same: the way in which connections are handed to the sidecar; the word `NONE` hands it none. */
export const INTERCEPTION_MODE = 'sidecar.istio.io/interceptionMode';

/** On a pod or a WorkloadEntry: the word `istio` has others speak mutual TLS to it. */
export const TLS_MODE = 'security.istio.io/tlsMode';

/** The same: the tunnels that it ends, `http`. */
export const TUNNEL = 'networking.istio.io/tunnel';

/** Annotation of a pod, by Istio's CNI agent, or of a WorkloadEntry: the word `enabled` means that a ztunnel takes its traffic. */
export const AMBIENT_REDIRECTION = 'ambient.istio.io/redirection';

/** Annotation of a WorkloadEntry: the WorkloadGroup that it was registered for. */
export const REGISTERED_FOR = 'istio.io/autoRegistrationGroup';

/** Annotation of a WorkloadGroup, this library's own: the blocks of addresses in which its machines are. */
export const MACHINE_BLOCKS = 'istio-constructs/cidrs';

/** Annotation of a pod in ambient mode: ztunnel takes only what comes through tunnels. */
export const BYPASS_INBOUND_CAPTURE = 'ambient.istio.io/bypass-inbound-capture';

/** Annotation of an EnvoyFilter: services that its patches send to, as `namespace/host`; a gateway is told of no others than its routes name. */
export const REFERENCED_SERVICES = 'envoyfilter.istio.io/referenced-services';

/** Labels of a Namespace by which its pods join the mesh. */
export const PLANE_LABELS: readonly string[] = [
  INJECTION,
  REVISION,
  DATAPLANE_MODE,
  USE_WAYPOINT,
  USE_WAYPOINT_NAMESPACE,
  USE_WAYPOINT_CANARY,
  USE_WAYPOINT_CANARY_NAMESPACE,
];

/** On an object: codes of Istio's analyzers that are to be passed over there. */
export const ANALYZE_SUPPRESS = 'galley.istio.io/analyze-suppress';
