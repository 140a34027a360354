import type { Cluster } from '../../cluster/cluster';
import { groupKindOf } from '../../cluster/objects/manifest-object';
import type { ManifestObject } from '../../model/mesh-model';
import type { MeshGraphObject } from './mesh-graph';
import { shown } from './shown-objects';

/** What a mesh was read from, without what is secret: enough to ask the same questions in another place, such as a page with its graph. */
export interface MeshSource {
  /** Every object but Secrets and ConfigMaps. Of containers there is the name, the image and the ports alone. */
  readonly objects: MeshGraphObject[];
  /** Trust domain of the mesh. */
  readonly trustDomain: string;
  /** Others that mean the same identities. */
  readonly trustDomainAliases: string[];
  /** Domain of the cluster's Services: `cluster.local`. */
  readonly clusterDomain: string;
  /** Namespace whose objects hold for the whole mesh. */
  readonly rootNamespace: string;
  /** How proxies put paths in order: `BASE`. */
  readonly pathNormalization: string;
  /**
   * Whom policies CUSTOM may ask, by the names of providers.
   * @default - no configuration of the mesh says it
   */
  readonly authorizerNames?: string[];
  /** Labels of namespaces that no manifest makes, by their names. */
  readonly namespaceLabels: { [name: string]: { [label: string]: string } };
}

const SECRET: readonly string[] = ['/Secret', '/ConfigMap'];

export function sourceOf(objects: readonly ManifestObject[], cluster: Cluster): MeshSource {
  const { trustDomain, trustDomainAliases, clusterDomain, rootNamespace, pathNormalization, namespacesElsewhere, authorizerNames } =
    cluster;
  return {
    objects: objects.filter((object) => !SECRET.includes(groupKindOf(object))).map(shown),
    trustDomain,
    trustDomainAliases: [...trustDomainAliases],
    clusterDomain,
    rootNamespace,
    pathNormalization,
    ...(authorizerNames && { authorizerNames: [...authorizerNames] }),
    namespaceLabels: Object.fromEntries(Object.entries(namespacesElsewhere).map(([name, labels]) => [name, { ...labels }])),
  };
}
