/** Root of the SPIFFE identities of a mesh that says nothing else. */
export const TRUST_DOMAIN = 'cluster.local';

/** Suffix of the hosts of a cluster's Services, unless its owner chose another. */
export const CLUSTER_DOMAIN = 'cluster.local';

/** How proxies put paths in order in a mesh that says nothing else. */
export const PATH_NORMALIZATION = 'BASE';

/** The control plane without a name, and the one that namespaces with `istio-injection: enabled` mean. */
export const DEFAULT_REVISION = 'default';

/** Namespace of istiod, whose objects hold for the whole mesh. */
export const ROOT_NAMESPACE = 'istio-system';

/** Where an object is applied that names no namespace. */
export const DEFAULT_NAMESPACE = 'default';

/** Account of every pod that names none: it proves nothing about the pod. */
export const DEFAULT_ACCOUNT = 'default';

/** Extension providers that every mesh has without a word. */
export const OWN_PROVIDERS: readonly string[] = ['envoy', 'prometheus', 'stackdriver'];

/** Labels of istiod's pods. */
export const ISTIOD_PODS = { app: 'istiod' } as const;

/** Name of the gateway through which other networks come in, as Istio's documentation has it. */
export const EAST_WEST_GATEWAY = 'istio-eastwestgateway';

/** Label of its pods where Helm's chart makes them, of a release of that name. */
export const EAST_WEST_PODS = { istio: 'eastwestgateway' } as const;

/** Name of the PeerAuthentication of a whole namespace, and of the whole mesh. */
export const PEER_AUTHENTICATION_NAME = 'default';

/** Addresses of the kubelet's probes to pods in ambient mode: ztunnel's redirection puts them there. */
export const PROBE_SOURCES: readonly string[] = ['169.254.7.127/32', 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128'];

/** User and group of the proxy's container. */
export const PROXY_USER = 1337;

/** Containers that injection adds. */
export const PROXY_CONTAINERS: readonly string[] = ['istio-proxy', 'istio-init', 'istio-validation'];

/** Volumes that it adds, always or for some settings of a mesh. */
export const PROXY_VOLUMES: readonly string[] = [
  ...['workload-socket', 'credential-socket', 'workload-certs', 'gke-workload-certificate', 'custom-bootstrap-volume', 'lightstep-certs'],
  ...['istio-envoy', 'istio-data', 'istio-podinfo', 'istio-token', 'istiod-ca-cert', 'istio-ca-crl', 'istio-certs'],
];
