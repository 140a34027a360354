import { CLUSTER_DOMAIN, PATH_NORMALIZATION, ROOT_NAMESPACE, TRUST_DOMAIN } from '../istio/defaults';
import type { ManifestObject, PathNormalizationName } from '../model/mesh-model';

/** What the installation of Istio says and no manifest. */
export interface MeshSettings {
  /** Its objects hold for the whole mesh. */
  readonly rootNamespace: string;
  readonly trustDomain: string;
  /** Others that mean the same identities, to all proxies but ztunnel. */
  readonly trustDomainAliases: readonly string[];
  readonly clusterDomain: string;
  /** How proxies put paths in order before they look at them. */
  readonly pathNormalization: PathNormalizationName;
  /** Sidecars drop what no registry knows, where no Sidecar object says otherwise. */
  readonly dropsUnknown: boolean;
  /** Whom policies CUSTOM may ask, by the names of providers; not known when absent. */
  readonly authorizerNames?: readonly string[];
}

/**
 * Everything that a set of manifests says. The readers beside this file know what is in it: each asks for the kinds that it needs, makes its
 * index when somebody first asks, and keeps it as long as the cluster.
 */
export interface Cluster extends MeshSettings {
  readonly objects: readonly ManifestObject[];
  /** Labels of namespaces whose manifests are somebody else's, by name. */
  readonly namespacesElsewhere: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export type ClusterSettings = Partial<MeshSettings & Pick<Cluster, 'namespacesElsewhere'>>;

/** A view of manifests, whoever wrote them; nothing is read yet. */
export function readCluster(objects: readonly ManifestObject[], settings: ClusterSettings = {}): Cluster {
  const { rootNamespace = ROOT_NAMESPACE, trustDomain = TRUST_DOMAIN, clusterDomain = CLUSTER_DOMAIN } = settings;
  const { pathNormalization = PATH_NORMALIZATION, trustDomainAliases = [], namespacesElsewhere = {}, dropsUnknown = false } = settings;
  const names = { rootNamespace, trustDomain, trustDomainAliases, clusterDomain, namespacesElsewhere };
  return { objects, ...names, pathNormalization, dropsUnknown, authorizerNames: settings.authorizerNames };
}
