import { NETWORKING } from '../../istio/api-groups';
import type { ManifestObject } from '../../model/mesh-model';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { isEmpty, isSaid, type Labels, labelsOf, listOf, numberOf, textsOf, valueAt } from '../objects/fields';
import { namespaceOf, specOf, titleOf } from '../objects/manifest-object';
import { objectsOf } from '../objects/objects-by-kind';
import { SelectorIndex } from '../objects/selector-index';

/** What one Sidecar object lets proxies know. */
export interface SidecarScope {
  readonly object: ManifestObject;
  readonly title: string;
  readonly namespaceName: string;
  readonly selector: Labels;
  /** Undefined: everything. */
  readonly listeners?: readonly ScopeListener[];
  /** Whether what is not known is passed on; undefined where the mesh's own word holds. */
  readonly dropsUnknown?: boolean;
}

export interface ScopeListener {
  /** Undefined for every port. */
  readonly port?: number;
  /** `namespace/host`, each. */
  readonly hosts: readonly string[];
}

/** Every Sidecar, by namespace and name. */
export const sidecarScopes = perCluster((cluster: Cluster): readonly SidecarScope[] =>
  objectsOf(cluster, NETWORKING, 'Sidecar').map((object) => {
    const { workloadSelector, egress, outboundTrafficPolicy } = specOf(object);
    return {
      object,
      title: titleOf(object),
      namespaceName: namespaceOf(object),
      selector: labelsOf(valueAt(workloadSelector, 'labels')),
      listeners: isSaid(egress) ? listOf(egress).map(({ port, hosts }) => readListener(port, hosts)) : undefined,
      // The mode that nobody says is the first one.
      dropsUnknown: isSaid(outboundTrafficPolicy) ? valueAt(outboundTrafficPolicy, 'mode') !== 'ALLOW_ANY' : undefined,
    };
  }),
);

function readListener(port: unknown, hosts: unknown): ScopeListener {
  return { port: numberOf(valueAt(port, 'number')), hosts: textsOf(hosts) };
}

const ofWorkloads = perCluster(
  (cluster: Cluster) => new SelectorIndex(sidecarScopes(cluster).filter(({ selector }) => !isEmpty(selector))),
);

const ofNamespaces = perCluster((cluster: Cluster): ReadonlyMap<string, SidecarScope> => {
  const whole = sidecarScopes(cluster).filter(({ selector }) => isEmpty(selector));
  return new Map([...whole].reverse().map((scope) => [scope.namespaceName, scope]));
});

/** The Sidecar object that holds for a pod: the workload's own, else its namespace's, else the root namespace's. */
export function sidecarScopeOf(cluster: Cluster, namespaceName: string, labels: Labels): SidecarScope | undefined {
  const [own] = ofWorkloads(cluster).picking(namespaceName, labels);
  const known = ofNamespaces(cluster);
  return own ?? known.get(namespaceName) ?? known.get(cluster.rootNamespace);
}
