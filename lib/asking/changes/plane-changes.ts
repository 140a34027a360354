import type { Cluster } from '../../cluster/cluster';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { proxyInNamespace } from '../../cluster/workloads/namespaces';
import { planeOfProxy } from '../../cluster/workloads/proxies';
import { CORE } from '../../istio/api-groups';
import { compareText } from '../../support/ordering';

/** Namespaces whose pods join the mesh in another way than before, each in a line. */
export function planeChanges(before: Cluster, after: Cluster): string[] {
  const [old, now] = [before, after].map((cluster) => new Set(objectsOf(cluster, CORE, 'Namespace').map(({ name }) => name)));
  const both = [...now].filter((name) => old.has(name)).sort(compareText);
  return both.flatMap((name) => {
    const [was, is] = [before, after].map((cluster) => planeIn(cluster, name));
    return was === is ? [] : [`namespace ${name} goes from ${was} to ${is}`];
  });
}

function planeIn(cluster: Cluster, name: string): string {
  const plane = planeOfProxy(proxyInNamespace(cluster, name));
  return plane === undefined ? 'outside the mesh' : `${plane} mode`;
}
