import { BOOLEAN, listOf, mapOf, optional, struct, TEXT } from '../../../support/options/kind';
import { EXTERNAL_AUTHORIZER, type ExternalAuthorizer } from '../../../graph/grants/external-authorizer';
import { INSTALLATION_PROFILE, type InstallationProfile } from '../../../values/installation/installation-profile';
import { INSTALLED_GATEWAY, type InstalledGateway } from '../../../values/installation/installed-gateway';
import { ISTIO_REVISION, type IstioRevision } from '../../../values/installation/istio-revision';
import { OUTBOUND_POLICY, type OutboundPolicy } from '../../../values/installation/outbound-policy';
import { PROXY_PODS, type ProxyPods } from '../../../values/workload/proxy-pods';

/** How Istio is installed, besides what the Mesh says. */
export interface IstioInstallationProps {
  /**
   * What it begins with.
   * @default InstallationProfile.MINIMAL
   */
  readonly profile?: InstallationProfile;

  /**
   * Namespace of istiod.
   * @default istio-system
   */
  readonly namespaceName?: string;

  /**
   * Control planes with names, the one that the mesh has first: two of them while it moves to a newer Istio.
   * @default - one without a name, of the version that `Mesh` says
   */
  readonly revisions?: IstioRevision[];

  /**
   * Gateways that come with it.
   * @default - those of the profile
   */
  readonly gateways?: InstalledGateway[];

  /**
   * Pods of istiod.
   * @default - as the chart has them; two to five with InstallationProfile.PRODUCTION
   */
  readonly istiodPods?: ProxyPods;

  /**
   * Environment variables of istiod, such as the flags that `requirements` of a MeshReport names.
   * @default - none
   */
  readonly istiodEnv?: { [key: string]: string };

  /**
   * What sidecars do with traffic to hosts that nobody has declared.
   * @default OutboundPolicy.ALLOW_ANY
   */
  readonly outboundPolicy?: OutboundPolicy;

  /**
   * Labels of the namespaces that istiod looks at: those that fit any of them. Of all others it reads no Services and no policies, the root namespace included; one of the
   * program without such labels is the error MESH603.
   * @default - all namespaces
   */
  readonly discoverySelectors?: { [key: string]: string }[];

  /**
   * File to which all proxies write a line for each request. `accessLog` of `Mesh` does it by a Telemetry, and needs none.
   * @default - none
   */
  readonly accessLogFile?: string;

  /**
   * Whether these lines are JSON.
   * @default false
   */
  readonly jsonAccessLog?: boolean;

  /**
   * Authorizers that the mesh configuration has to know.
   * @default - none
   */
  readonly authorizers?: ExternalAuthorizer[];

  /**
   * Registry of Istio's images.
   * @default docker.io/istio
   */
  readonly hub?: string;

  /**
   * Where Helm finds Istio's charts: an address of a repository, or one that begins with `oci://`.
   * @default https://blob.istio.io/istio-release/charts
   */
  readonly chartRepository?: string;

  /**
   * Contexts of kubectl by the names of clusters of the `Mesh`: all commands of a mesh of several clusters say for which of them they are.
   * @default - each is called as its cluster
   */
  readonly contexts?: { [key: string]: string };
}

export const ISTIO_INSTALLATION_PROPS = struct<IstioInstallationProps>({
  profile: optional(INSTALLATION_PROFILE),
  namespaceName: optional(TEXT),
  revisions: optional(listOf(ISTIO_REVISION)),
  gateways: optional(listOf(INSTALLED_GATEWAY)),
  istiodPods: optional(PROXY_PODS),
  istiodEnv: optional(mapOf(TEXT)),
  outboundPolicy: optional(OUTBOUND_POLICY),
  discoverySelectors: optional(listOf(mapOf(TEXT))),
  accessLogFile: optional(TEXT),
  jsonAccessLog: optional(BOOLEAN),
  authorizers: optional(listOf(EXTERNAL_AUTHORIZER)),
  hub: optional(TEXT),
  chartRepository: optional(TEXT),
  contexts: optional(mapOf(TEXT)),
});
