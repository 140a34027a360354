import { NETWORK } from '../../istio/labels';
import type { InstallationFacts, NamespaceMarks } from '../../model/installation/installation';
import { needsZtunnel } from './components';

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
export function marksOfNamespace({ mesh: { cluster }, discoverySelectors }: InstallationFacts): NamespaceMarks | undefined {
  if (cluster === undefined) return undefined;
  const labels = { ...discoverySelectors[0], ...(cluster.network !== undefined && { [NETWORK]: cluster.network }) };
  return Object.keys(labels).length > 0 ? { labels } : undefined;
}
