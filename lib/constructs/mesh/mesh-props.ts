import { BOOLEAN, listOf, optional, struct, TEXT } from '../../support/options/kind';
import { ENVIRONMENT, type Environment } from '../../values/mesh/environment';
import { GATEWAY_API_BUNDLE, type GatewayApi } from '../../values/mesh/gateway-api';
import { ISTIO_VERSION, type IstioVersion } from '../../values/mesh/istio-version';
import { MESH_CLUSTER, type MeshCluster } from '../../values/mesh/mesh-cluster';
import { PATH_NORMALIZATION, type PathNormalization } from '../../values/mesh/path-normalization';
import { TELEMETRY_PROVIDER, type TelemetryProvider } from '../../values/observability/telemetry-provider';
import { TRACING, type TracingOptions } from '../../values/observability/tracing-options';
import { MTLS, type MTls } from '../../values/workload/mtls';

/** Settings of the whole mesh. */
export interface MeshProps {
  /**
   * Whether pods take plaintext, in namespaces that do not say otherwise.
   * @default - no object; Istio's own default is PERMISSIVE
   */
  readonly mtls?: MTls;

  /**
   * Traces of requests.
   * @default - as the mesh configuration says
   */
  readonly tracing?: TracingOptions;

  /**
   * Whether proxies write a line for each request.
   * @default - as the mesh configuration says
   */
  readonly accessLog?: boolean;

  /**
   * Root of the SPIFFE identities.
   * @default cluster.local
   */
  readonly trustDomain?: string;

  /**
   * Trust domains whose identities are those of the mesh as well, while it moves from one to another: the old one, until every proxy has a certificate of the new one. The
   * installation of Istio says the same. A policy lets in, and refuses, a caller under each of them. ztunnel knows one trust domain alone, of which MESH258 tells.
   * @default - none
   */
  readonly trustDomainAliases?: string[];

  /**
   * Suffix of the hosts of Services.
   * @default cluster.local
   */
  readonly clusterDomain?: string;

  /**
   * Namespace whose settings hold for the whole mesh.
   * @default istio-system
   */
  readonly rootNamespace?: string;

  /**
   * What the cluster is for. In `Environment.PRODUCTION` a FaultInjection has to say why it may hold there.
   * @default - not said, and nothing is refused for it
   */
  readonly environment?: Environment;

  /**
   * Which Istio the cluster has: what it does not know is an error (MESH600), and what it does wrong a warning (MESH601).
   * @default - not said: the report and the last line of synth say which one the program needs
   */
  readonly istioVersion?: IstioVersion;

  /**
   * Which bundle of the Gateway API's definitions the cluster has: it decides whether a route with retries can be an HTTPRoute, and whether a
   * gateway's own route carries them. What a bundle that is said does not have is an error (MESH602).
   * @default GatewayApi.V1_6
   */
  readonly gatewayApi?: GatewayApi;

  /**
   * How proxies put the path of a request in order before they look at it. The installation of Istio says it, in its mesh configuration; said here too, a
   * refusal by path names as many ways of writing a path as are left, and MESH259 tells which it cannot name.
   * @default PathNormalization.BASE
   */
  readonly pathNormalization?: PathNormalization;

  /**
   * Refuses every call in the mesh that nothing allows, in both planes: what a ZeroTrustNamespace does for its own, for all namespaces and all programs. Calls of this program
   * and the listeners of its gateways have their policies as well in a MeshNamespace then. The network layer is closed by ZeroTrustNamespaces alone.
   * @default false
   */
  readonly defaultDeny?: boolean;

  /**
   * Whether Istio's CNI agent redirects the traffic of pods with a sidecar: pods then need no right to change their network, and namespaces refuse those who ask for
   * one (`PodSecurity.restricted()`). Ambient mode has it always.
   * @default - not known
   */
  readonly cni?: boolean;

  /**
   * Who gets traces and logs, as the installation of Istio has them under `extensionProviders`: `extensionProviders` of this construct is what it has to say. Where they
   * are said, a Telemetry that names another one is an error (MESH501), and proxies may reach them all.
   * @default - not known; Istio's own envoy and prometheus are there in any case
   */
  readonly providers?: TelemetryProvider[];

  /**
   * Name of the mesh, which all its clusters share: `global.meshID`.
   * @default - the trust domain
   */
  readonly meshId?: string;

  /**
   * Which cluster of the mesh this App is, where the mesh spans several.
   * @default - not said: one cluster
   */
  readonly cluster?: MeshCluster;

  /**
   * The other clusters of the mesh.
   * @default - none
   */
  readonly otherClusters?: MeshCluster[];
}

export const MESH_PROPS = struct<MeshProps>({
  mtls: optional(MTLS),
  tracing: optional(TRACING),
  accessLog: optional(BOOLEAN),
  trustDomain: optional(TEXT),
  trustDomainAliases: optional(listOf(TEXT)),
  clusterDomain: optional(TEXT),
  rootNamespace: optional(TEXT),
  environment: optional(ENVIRONMENT),
  istioVersion: optional(ISTIO_VERSION),
  gatewayApi: optional(GATEWAY_API_BUNDLE),
  pathNormalization: optional(PATH_NORMALIZATION),
  cni: optional(BOOLEAN),
  defaultDeny: optional(BOOLEAN),
  providers: optional(listOf(TELEMETRY_PROVIDER)),
  meshId: optional(TEXT),
  cluster: optional(MESH_CLUSTER),
  otherClusters: optional(listOf(MESH_CLUSTER)),
});
