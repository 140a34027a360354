import type { ApiObject } from 'cdk8s';
import type { WorkloadSpec } from '../../model/workload-spec';

/** Pods of a version at least; nobody knows it where somebody else says it. */
export function podsOf({ replicas, autoscaling, scaledBy }: WorkloadSpec): number | undefined {
  return scaledBy === undefined ? (autoscaling?.minReplicas ?? replicas) : undefined;
}

/** The same of a workload made elsewhere, as far as it says so: a DaemonSet has as many as there are nodes, and somebody else may scale. */
export function podsOfWorkload(workload: ApiObject): number | undefined {
  const { spec } = workload.toJson() as { readonly spec?: { readonly replicas?: unknown } };
  return typeof spec?.replicas === 'number' ? spec.replicas : undefined;
}
