import type { ServiceModel } from '../../model/mesh-model';
import { POD_PLANE_LABELS, WORKLOADS } from '../comparison';
import { nameOf } from '../manifest-reader';
import { hasUnknownPlane, leavesPlane } from '../namespace-planes';
import { type Report, rule } from '../rule';
import { type Pods, selectPods } from '../workloads';

// Pods that somebody else makes outside the cluster have no template to read.
const OUTSIDE = ['WorkloadEntry', 'WorkloadGroup'];

export const podsLeavePlane = rule({
  code: 'MESH113',
  level: 'error',
  title: 'pods of a service are not in its data plane',
  compares: [{ kinds: WORKLOADS, fields: POD_PLANE_LABELS }],

  check(model, report) {
    const services = model.services.filter(({ owned, home }) => owned && home.enrolled && !hasUnknownPlane(home));
    for (const service of services) {
      for (const pods of selectPods(model, service.namespaceName, service.podLabels ?? {})) checkPods(service, pods, report);
    }
  },
});

function checkPods(service: ServiceModel, pods: Pods, report: Report): void {
  const { name, home } = service;
  const { object, mode } = pods;
  if (!leavesPlane(pods, home) || OUTSIDE.includes(object.kind)) return;
  report({
    on: service,
    message: `service ${name} is in ${home.mode} mode, but the pods of ${nameOf(object)} are not: its policies do not protect them, or their calls are refused`,
    got: mode ?? 'outside the mesh',
    fix: 'remove what takes the pods out (sidecar.istio.io/inject, istio.io/dataplane-mode, istio.io/rev, hostNetwork), or declare the service in a namespace with their data plane',
  });
}
