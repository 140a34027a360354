import { GATEWAY_API } from '../../istio/api-groups';
import { groupedBy } from '../../support/grouping';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { listOf, textOf } from '../objects/fields';
import { namespaceOf, specOf } from '../objects/manifest-object';
import { objectsOf } from '../objects/objects-by-kind';

interface Grant {
  readonly namespaceName: string;
  readonly from: readonly { readonly kind?: string; readonly namespaceName?: string }[];
  /** Without a name: all of the kind. */
  readonly to: readonly { readonly kind?: string; readonly name?: string }[];
}

const byNamespace = perCluster((cluster: Cluster): ReadonlyMap<string, readonly Grant[]> => {
  const grants = objectsOf(cluster, GATEWAY_API, 'ReferenceGrant').map((object) => ({
    namespaceName: namespaceOf(object),
    from: listOf(specOf(object).from).map(({ kind, namespace }) => ({ kind: textOf(kind), namespaceName: textOf(namespace) })),
    to: listOf(specOf(object).to).map(({ kind, name }) => ({ kind: textOf(kind), name: textOf(name) })),
  }));
  return groupedBy(grants, (grant: Grant) => grant.namespaceName);
});

/** Whether routes of one namespace may send requests to a Service of another. */
export function mayReach(cluster: Cluster, from: Place, namespaceName: string, serviceName: string): boolean {
  return mayName(cluster, from, { kind: 'Service', namespaceName, name: serviceName });
}

export interface Place {
  readonly kind: string;
  readonly namespaceName: string;
}

/** Whether objects of a kind and a namespace may name an object of another namespace. */
export function mayName(cluster: Cluster, from: Place, to: Place & { readonly name: string }): boolean {
  if (from.namespaceName === to.namespaceName) return true;
  return (byNamespace(cluster).get(to.namespaceName) ?? []).some(
    (grant) =>
      grant.from.some((one) => one.kind === from.kind && one.namespaceName === from.namespaceName) &&
      grant.to.some((one) => one.kind === to.kind && (one.name ?? to.name) === to.name),
  );
}
