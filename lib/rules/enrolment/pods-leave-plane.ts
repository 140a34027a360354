import type { Party } from '../../model/party';
import { nameOf } from '../../cluster/objects/manifest-object';
import { type Workload, workloadsWith } from '../../cluster/workloads/workloads';
import { clusterOf } from '../cluster-of';
import { hasUnknownPlane, isIn, planeOf } from '../planes';
import { POD_PLANE_LABELS, WORKLOADS } from '../comparison';
import { ownWorkloads } from '../owners';
import { type Report, rule } from '../rule';

export const podsLeavePlane = rule({
  code: 'MESH113',
  level: 'error',
  title: 'pods of a service are not in its data plane',
  compares: [{ kinds: WORKLOADS, fields: POD_PLANE_LABELS }],

  check(model, report) {
    const services = ownWorkloads(model).filter(({ owned, namespace }) => owned && namespace.enrolled && !hasUnknownPlane(namespace));
    const cluster = clusterOf(model);
    for (const service of services) {
      for (const pods of workloadsWith(cluster, service.namespaceName, service.podLabels ?? {})) checkPods(service, pods, report);
    }
  },
});

function checkPods(service: Party, pods: Workload, report: Report): void {
  const { name, namespace } = service;
  const { object, isOutside } = pods;
  if (isIn(namespace, pods.proxy) || isOutside) return;
  report({
    on: service,
    message: `service ${name} is in ${namespace.mode} mode, but the pods of ${nameOf(object)} are not: its policies do not protect them, or their calls are refused`,
    got: planeOf(pods.proxy).mode ?? 'outside the mesh',
    fix: 'remove what takes the pods out (sidecar.istio.io/inject, istio.io/dataplane-mode, istio.io/rev, hostNetwork), or declare the service in a namespace with their data plane',
  });
}
