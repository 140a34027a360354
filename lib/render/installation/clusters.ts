import { NETWORK } from '../../istio/labels';
import type { InstallationFacts, NamespaceMarks } from '../../model/installation/installation';
import { needsZtunnel } from './components';
import { annotationsOfRole } from './roles';

type Values = Readonly<Record<string, unknown>>;

/** Which cluster of which mesh it is, as `global` of istiod's chart has it. */
export function globalsOfCluster({ mesh: { meshId, cluster } }: InstallationFacts): Values {
  return {
    ...(meshId !== undefined && { meshID: meshId }),
    ...(cluster && { multiCluster: { clusterName: cluster.name } }),
    ...(cluster?.network !== undefined && { network: cluster.network }),
  };
}

/** The same for the chart of ztunnel, which has no `global`. */
export function ztunnelOfCluster({ mesh: { cluster } }: InstallationFacts): Values {
  return {
    ...(cluster && { multiCluster: { clusterName: cluster.name } }),
    ...(cluster?.network !== undefined && { network: cluster.network }),
  };
}

/** istiod tells ztunnel of other networks only when it is asked to. */
export function clusterEnv(facts: InstallationFacts): Readonly<Record<string, string>> {
  return facts.mesh.cluster?.network !== undefined && needsZtunnel(facts) ? { AMBIENT_ENABLE_MULTI_NETWORK: 'true' } : {};
}

/**
 * What the namespace of istiod says. By the network on it every istiod of the mesh knows where pods are that say nothing of it, and it finds the east-west gateway in there
 * only if it looks at that namespace.
 */
export function marksOfNamespace(facts: InstallationFacts): NamespaceMarks | undefined {
  const { cluster } = facts.mesh;
  if (cluster === undefined) return undefined;
  const labels = { ...facts.discoverySelectors[0], ...(cluster.network !== undefined && { [NETWORK]: cluster.network }) };
  const annotations = annotationsOfRole(facts);
  const marks = { ...(Object.keys(labels).length > 0 && { labels }), ...(annotations && { annotations }) };
  return Object.keys(marks).length > 0 ? marks : undefined;
}
