import type { ManifestObject } from '../../model/mesh-model';
import { NAMESPACE_PLANE_LABELS, POD_PLANE_LABELS, WORKLOADS } from '../comparison';
import { CORE, nameOf, objectsOf } from '../manifest-reader';
import {
  hasSidecars,
  injectionLabels,
  injectionOfPod,
  isAmbient,
  joinsAmbient,
  labelsOfObject,
  type MeshMode,
  namespaceModes,
  PLANE_LABEL,
} from '../namespace-planes';
import { type Report, rule } from '../rule';
import { allPods, type Pods } from '../workloads';

export const bothPlanes = rule({
  code: 'MESH101',
  level: 'error',
  title: 'labels for more than one way into the mesh',
  compares: [
    { kinds: [`${CORE}/Namespace`], fields: NAMESPACE_PLANE_LABELS },
    { kinds: WORKLOADS, fields: POD_PLANE_LABELS },
  ],

  check(model, report) {
    for (const namespace of objectsOf(model, CORE, 'Namespace')) checkNamespace(namespace, report);
    const modes = namespaceModes(model);
    for (const pods of allPods(model)) checkPods(pods, modes.get(pods.namespaceName), report);
  },
});

function checkNamespace(namespace: ManifestObject, report: Report): void {
  const labels = labelsOfObject(namespace);
  const asked = [...injectionLabels(labels), ...(joinsAmbient(labels) ? [`${PLANE_LABEL}: ambient`] : [])];
  if (asked.length < 2) return;
  report({
    on: namespace,
    message: `${nameOf(namespace)} asks ${asked.length} times how its pods join the mesh, and a sidecar goes before ambient`,
    got: asked.join(', '),
    fix: 'keep one of these labels',
  });
}

function checkPods(pods: Pods, inNamespace: MeshMode | undefined, report: Report): void {
  const own = ownPlane(pods);
  if (own === undefined || !contradicts(own.mode, inNamespace)) return;
  report({
    on: pods.object,
    message: `pods of ${nameOf(pods.object)} join by ${own.mode}, their namespace ${pods.namespaceName} by ${inNamespace}`,
    got: own.label,
    fix: `drop the label, or move the workload to a namespace of its own; a proxy of its own in an ambient namespace says ${PLANE_LABEL}: none as well`,
  });
}

function contradicts(own: MeshMode, inNamespace: MeshMode | undefined): boolean {
  return hasSidecars({ mode: own }) ? isAmbient({ mode: inNamespace }) : hasSidecars({ mode: inNamespace });
}

function ownPlane({ labels, annotations }: Pods): { mode: MeshMode; label: string } | undefined {
  const injection = injectionOfPod(labels, annotations);
  // Both words together are no contradiction: a gateway's or an operator's own proxy, kept out of ztunnel's way.
  if (injection === true) return labels[PLANE_LABEL] === 'none' ? undefined : { mode: 'sidecar', label: 'sidecar.istio.io/inject: true' };
  if (injection === false || !joinsAmbient(labels)) return undefined;
  return { mode: 'ambient', label: `${PLANE_LABEL}: ambient` };
}
