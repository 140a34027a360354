import { CORE } from '../../istio/api-groups';
import { INJECT } from '../../istio/labels';
import type { ManifestObject } from '../../model/mesh-model';
import { NAMESPACE_PLANE_LABELS, POD_PLANE_LABELS, WORKLOADS } from '../comparison';
import { nameOf, objectsOf } from '../manifest-reader';
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
  title: 'conflicting labels for joining the mesh',
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
    message: `${nameOf(namespace)} has ${asked.length} labels that say how its pods join the mesh; Istio follows only one of them and injects a sidecar`,
    got: asked.join(', '),
    fix: 'keep one of these labels',
  });
}

function checkPods(pods: Pods, inNamespace: MeshMode | undefined, report: Report): void {
  const own = ownPlane(pods);
  if (own === undefined || !contradicts(own.mode, inNamespace)) return;
  report({
    on: pods.object,
    message: `the pods of ${nameOf(pods.object)} ask for ${own.mode} mode, but their namespace ${pods.namespaceName} uses ${inNamespace} mode`,
    got: own.label,
    fix: `remove the label, or move the workload to a namespace of its own; pods that bring their own proxy into an ambient namespace also need the label ${PLANE_LABEL}: none`,
  });
}

function contradicts(own: MeshMode, inNamespace: MeshMode | undefined): boolean {
  return hasSidecars({ mode: own }) ? isAmbient({ mode: inNamespace }) : hasSidecars({ mode: inNamespace });
}

function ownPlane({ labels, annotations }: Pods): { mode: MeshMode; label: string } | undefined {
  const injection = injectionOfPod(labels, annotations);
  // Both words together are no contradiction: a gateway's or an operator's own proxy, kept out of ztunnel's way.
  if (injection === true) return labels[PLANE_LABEL] === 'none' ? undefined : { mode: 'sidecar', label: `${INJECT}: true` };
  if (injection === false || !joinsAmbient(labels)) return undefined;
  return { mode: 'ambient', label: `${PLANE_LABEL}: ambient` };
}
