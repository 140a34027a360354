import type { Cluster } from '../../cluster/cluster';
import { namespaceOf } from '../../cluster/objects/manifest-object';

/** The metadata of a grant, whose name says between whom, such as `ratings-from-reviews`, and that no object of the namespace has: to apply a grant takes nothing away. */
export function metadataFor(cluster: Cluster, kind: string, namespaceName: string, text: string): Record<string, string> {
  const taken = new Set(
    cluster.objects.filter((object) => object.kind === kind && namespaceOf(object) === namespaceName).map(({ name }) => name),
  );
  const name = text.toLowerCase().replace(/[^a-z0-9.-]+/g, '-');
  const next = (number: number): string => (taken.has(`${name}-${number}`) ? next(number + 1) : `${name}-${number}`);
  return { name: taken.has(name) ? next(2) : name, namespace: namespaceName };
}
