import type { InstallationFacts } from '../../model/installation/installation';

/** The context by which kubectl and its kin know a cluster. */
export function contextOf({ contexts }: InstallationFacts, clusterName: string): string {
  return contexts[clusterName] ?? clusterName;
}

/** How one of them is told that this cluster is meant, where there are several. */
export function inContext(flag: '--context' | '--kube-context', facts: InstallationFacts): string {
  const { cluster } = facts.mesh;
  return cluster === undefined ? '' : ` ${flag} ${contextOf(facts, cluster.name)}`;
}
