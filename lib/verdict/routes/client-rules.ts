import type { Cluster } from '../../cluster/cluster';
import type { Labels } from '../../cluster/objects/fields';
import { hasLabels } from '../../cluster/objects/selectors';
import { type DestinationRule, destinationRulesFor } from '../../cluster/routes/destination-rules';
import type { Pod } from '../../cluster/workloads/workloads';

/**
 * The DestinationRules that a proxy looks up for a host: those of its own namespace, else of the service's, else of the root. The first namespace
 * that has any is asked, of its rules those that name the host most closely, and no other.
 */
export function clientRules(cluster: Cluster, host: string, client: Pod, serviceNamespace?: string): readonly DestinationRule[] {
  const namespaces = [client.namespaceName, serviceNamespace, cluster.rootNamespace];
  const byCloseness = destinationRulesFor(cluster, host);
  const rulesIn = (name: string | undefined) =>
    byCloseness
      .map((equals) => equals.filter((rule) => rule.namespaceName === name && hasLabels(client.labels, rule.selector)))
      .find((equals) => equals.length > 0) ?? [];
  return namespaces.map(rulesIn).find((rules) => rules.length > 0) ?? [];
}

/** The pods' labels behind a subset; undefined where no rule knows it. */
export function subsetLabels(rules: readonly DestinationRule[], subset: string): Labels | undefined {
  return rules.flatMap(({ subsets }) => subsets).find(({ name }) => name === subset)?.labels;
}

/** A rule that has clients speak another TLS than the mesh's own, or none. */
export function foreignTls(rules: readonly DestinationRule[]): DestinationRule | undefined {
  return rules.find(({ tlsModes }) => tlsModes.some((mode) => mode !== 'ISTIO_MUTUAL'));
}

/** A rule that has clients speak the mesh's own TLS, whoever is there. */
export function demandedMutualTls(rules: readonly DestinationRule[]): DestinationRule | undefined {
  return rules.find(({ tlsModes }) => tlsModes.includes('ISTIO_MUTUAL'));
}
