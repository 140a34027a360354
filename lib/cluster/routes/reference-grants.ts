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

/** Whether HTTPRoutes of one namespace may send requests to a Service of another. */
export function mayReach(cluster: Cluster, fromNamespace: string, namespaceName: string, serviceName: string): boolean {
  if (fromNamespace === namespaceName) return true;
  return (byNamespace(cluster).get(namespaceName) ?? []).some(
    ({ from, to }) =>
      from.some((one) => one.kind === 'HTTPRoute' && one.namespaceName === fromNamespace) &&
      to.some((one) => one.kind === 'Service' && (one.name ?? serviceName) === serviceName),
  );
}
