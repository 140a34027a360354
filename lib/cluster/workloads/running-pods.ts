import { CORE } from '../../istio/api-groups';
import type { ManifestObject } from '../../model/mesh-model';
import { addTo } from '../../support/grouping';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { listOf, textOf, valueAt } from '../objects/fields';
import { keyOf } from '../objects/manifest-object';
import { objectsOf } from '../objects/objects-by-kind';
import { makerOf } from './pod-templates';
import { tryWorkload, type Workload, workloadsOf } from './workloads';

const FINISHED: readonly unknown[] = ['Succeeded', 'Failed'];

const runningPods = perCluster((cluster: Cluster): ReadonlyMap<string, Workload> => {
  const byObject = new Map(workloadsOf(cluster).map((workload) => [workload.object, workload]));
  const pods = objectsOf(cluster, CORE, 'Pod').filter(({ manifest }) => !FINISHED.includes(valueAt(manifest, 'status', 'phase')));
  return new Map(
    pods.flatMap((pod) => {
      const workload = byObject.get(firstMaker(cluster, pod));
      return workload ? [[keyOf(pod), workload] as const] : [];
    }),
  );
});

function firstMaker(cluster: Cluster, object: ManifestObject): ManifestObject {
  const maker = makerOf(cluster, object);
  return maker ? firstMaker(cluster, maker) : object;
}

/** The workload of the pod `namespace/name`, where a cluster answered with it, or where its name is foreseen: a StatefulSet counts its pods. */
export function workloadOfPod(cluster: Cluster, key: string): Workload | undefined {
  const [, maker, ordinal] = /^(.*)-(\d+)$/.exec(key) ?? [];
  const counted = maker === undefined ? undefined : tryWorkload(cluster, maker);
  const isCounted = counted?.object.kind === 'StatefulSet' && Number(ordinal) < counted.replicas;
  return runningPods(cluster).get(key) ?? (isCounted ? counted : undefined);
}

const byAddress = perCluster((cluster: Cluster): ReadonlyMap<string, readonly Workload[]> => {
  const index = new Map<string, Workload[]>();
  for (const pod of objectsOf(cluster, CORE, 'Pod')) {
    const workload = runningPods(cluster).get(keyOf(pod));
    for (const address of workload ? addressesOf(pod) : []) addTo(index, address, workload!);
  }
  for (const machine of workloadsOf(cluster).filter(({ isOutside }) => isOutside)) addTo(index, machine.address, machine);
  return index;
});

/** The workload at an address, the namespace's own before others: pods as a cluster answered with them, and machines. */
export function workloadAt(cluster: Cluster, address: string, namespaceName: string): Workload | undefined {
  const there = byAddress(cluster).get(address) ?? [];
  return there.find((one) => one.namespaceName === namespaceName) ?? there[0];
}

function addressesOf({ manifest }: ManifestObject): string[] {
  const said = [valueAt(manifest, 'status', 'podIP'), ...listOf(valueAt(manifest, 'status', 'podIPs')).map(({ ip }) => ip)];
  return [...new Set(said.flatMap((address) => textOf(address) ?? []))];
}
