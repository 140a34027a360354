import { connects } from '../../lib/verdict/decision/network';
import { workloadsOf } from '../../lib/cluster/workloads/workloads';
import type { MeshUnderTest } from './mesh-under-test';

/** Whether NetworkPolicies let the pods of a workload, `namespace/name`, connect to an address outside the cluster. */
export function letsOut({ cluster }: MeshUnderTest, workload: string, address: string, port: number): boolean {
  const pod = workloadsOf(cluster).find(({ key }) => key === workload);
  if (!pod) throw new Error(`no workload ${workload}`);
  return connects(cluster, { ...pod, address: '10.244.0.1' }, { labels: {}, address }, port).allowed;
}
