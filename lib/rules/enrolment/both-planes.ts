import { CORE } from '../../istio/api-groups';
import { DATAPLANE_MODE, INJECT, INJECTION, REVISION } from '../../istio/labels';
import type { ManifestObject } from '../../model/mesh-model';
import type { DataPlaneMode } from '../../model/namespace-facts';
import { type Labels } from '../../cluster/objects/fields';
import { labelsOfObject, nameOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { proxyInNamespace } from '../../cluster/workloads/namespaces';
import { type Workload, workloadsOf } from '../../cluster/workloads/workloads';
import { clusterOf } from '../cluster-of';
import { hasSidecars, isAmbient, planeOf } from '../planes';
import { NAMESPACE_PLANE_LABELS, POD_PLANE_LABELS, WORKLOADS } from '../comparison';
import { type Report, rule } from '../rule';

export const bothPlanes = rule({
  code: 'MESH101',
  level: 'error',
  title: 'conflicting labels for joining the mesh',
  compares: [
    { kinds: [`${CORE}/Namespace`], fields: NAMESPACE_PLANE_LABELS },
    { kinds: WORKLOADS, fields: POD_PLANE_LABELS },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const namespace of objectsOf(cluster, CORE, 'Namespace')) checkNamespace(namespace, report);
    const moving = model.namespaces.filter(({ migration }) => migration).map(({ name }) => name);
    for (const pods of workloadsOf(cluster)) {
      if (pods.object.made && moving.includes(pods.namespaceName)) continue;
      checkPods(pods, planeOf(proxyInNamespace(cluster, pods.namespaceName)).mode, report);
    }
  },
});

function checkNamespace(namespace: ManifestObject, report: Report): void {
  const labels = labelsOfObject(namespace);
  const asked = [...injectionLabels(labels), ...(joinsAmbient(labels) ? [`${DATAPLANE_MODE}: ambient`] : [])];
  if (asked.length < 2) return;
  report({
    on: namespace,
    field: ['metadata', 'labels'],
    message: `${nameOf(namespace)} has ${asked.length} labels that say how its pods join the mesh; Istio follows only one of them and injects a sidecar`,
    got: asked.join(', '),
    fix: 'keep one of these labels',
  });
}

// A revision counts only where `istio-injection` does not say no.
function injectionLabels(labels: Labels): string[] {
  const legacy = labels[INJECTION];
  const asked = legacy === 'enabled' ? [`${INJECTION}: enabled`] : [];
  const revised = labels[REVISION] !== undefined && (legacy === undefined || legacy === 'enabled');
  return revised ? [...asked, `${REVISION}: ${labels[REVISION]}`] : asked;
}

function joinsAmbient(labels: Labels): boolean {
  return isAmbient({ mode: labels[DATAPLANE_MODE] as DataPlaneMode | undefined });
}

function checkPods(pods: Workload, inNamespace: DataPlaneMode | undefined, report: Report): void {
  const own = ownPlane(pods);
  if (own === undefined || !contradicts(own.mode, inNamespace)) return;
  report({
    on: pods.object,
    message: `the pods of ${nameOf(pods.object)} ask for ${own.mode} mode, but their namespace ${pods.namespaceName} uses ${inNamespace} mode`,
    got: own.label,
    fix: `remove the label, or move the workload to a namespace of its own; pods that bring their own proxy into an ambient namespace also need the label ${DATAPLANE_MODE}: none`,
  });
}

function contradicts(own: DataPlaneMode, inNamespace: DataPlaneMode | undefined): boolean {
  return hasSidecars({ mode: own }) ? isAmbient({ mode: inNamespace }) : hasSidecars({ mode: inNamespace });
}

function ownPlane({ labels, annotations, proxy }: Workload): { mode: DataPlaneMode; label: string } | undefined {
  // The pods of a gateway are their own proxy, in either plane: ztunnel lets injected ones alone.
  if (proxy.isDoor) return undefined;
  const injection = labels[INJECT] ?? annotations[INJECT];
  // Both words together are no contradiction: a gateway's or an operator's own proxy, kept out of ztunnel's way.
  if (injection === 'true') return labels[DATAPLANE_MODE] === 'none' ? undefined : { mode: 'sidecar', label: `${INJECT}: true` };
  if (injection === 'false' || !joinsAmbient(labels)) return undefined;
  return { mode: 'ambient', label: `${DATAPLANE_MODE}: ambient` };
}
