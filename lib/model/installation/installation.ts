import type { ClusterFacts } from '../clusters/cluster-facts';
import type { ProxyPodsFacts } from '../edge/proxy-pods';
import type { PathNormalizationName } from '../mesh-model';
import type { PlaneFacts } from '../namespace-facts';
import type { ProviderFacts } from '../observability/provider';
import type { GatewayApiBundle } from '../route';
import type { RoleFacts } from './control-plane';

/** Where Istio's own profiles and ours begin. */
export type ProfileName = 'minimal' | 'default' | 'production' | 'demo' | 'ambient';

/** One control plane among others; the first is the one that the mesh has. */
export interface RevisionFacts {
  /** Absent for the one that has no name. */
  readonly name?: string;
  /** Version of Istio, with its patch. */
  readonly version: string;
  readonly tags: readonly string[];
}

/** A gateway of Istio's charts, which the installation brings. */
export interface InstalledGatewayFacts {
  readonly name: string;
  readonly way: 'ingress' | 'egress' | 'east-west';
  readonly namespaceName?: string;
  readonly pods: ProxyPodsFacts;
  readonly serviceType?: string;
}

/** What the program says of the mesh that is installed. */
export interface InstalledMesh {
  readonly trustDomain: string;
  readonly trustDomainAliases?: readonly string[];
  readonly clusterDomain: string;
  readonly rootNamespace: string;
  readonly gatewayApi?: GatewayApiBundle;
  readonly pathNormalization?: PathNormalizationName;
  readonly cni?: boolean;
  readonly providers?: readonly ProviderFacts[];
  /** Hosts of services whose callers reach pods of their own cluster alone. */
  readonly localHosts?: readonly string[];
  readonly meshId?: string;
  readonly cluster?: ClusterFacts;
  readonly otherClusters?: readonly ClusterFacts[];
}

/** All that an installation is made from. */
export interface InstallationFacts {
  readonly profile: ProfileName;
  readonly mesh: InstalledMesh;
  /** Planes of the namespaces of the program. */
  readonly planes: readonly PlaneFacts[];
  /** Namespace of istiod. */
  readonly namespaceName: string;
  readonly revisions: readonly RevisionFacts[];
  readonly gateways: readonly InstalledGatewayFacts[];
  /** Pods of istiod. */
  readonly pods: ProxyPodsFacts;
  /** Where images and charts come from. */
  readonly hub: string;
  readonly chartRepository: string;
  readonly outboundPolicy?: string;
  /** Labels of the namespaces that istiod looks at, any of them; all namespaces where none are said. */
  readonly discoverySelectors: ReadonlyArray<Readonly<Record<string, string>>>;
  readonly accessLogFile?: string;
  readonly isJsonLog?: boolean;
  /** Environment variables of istiod. */
  readonly env: Readonly<Record<string, string>>;
  /** Whose istiod it is. */
  readonly role: RoleFacts;
  /** Contexts of kubectl by the clusters of the mesh, where they are not called as these are. */
  readonly contexts: Readonly<Record<string, string>>;
}

/** What the namespace of istiod has to say before istiod runs. */
export interface NamespaceMarks {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A chart to be installed, with its values. */
export interface ReleaseFacts {
  readonly name: string;
  readonly chart: 'base' | 'istiod' | 'cni' | 'ztunnel' | 'gateway';
  readonly version: string;
  readonly namespaceName: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The same, and where the chart is. */
export interface DeliveredRelease extends Omit<ReleaseFacts, 'chart' | 'values'> {
  readonly chart: string;
  readonly repository: string;
  readonly values: object;
}
