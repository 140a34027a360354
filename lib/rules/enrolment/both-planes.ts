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
import { hasSidecars, isAmbient, isSamePlane, planeOf } from '../planes';
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
  // The pods of a gateway are their own proxy, in either plane: ztunnel lets injected ones alone.
  if (pods.proxy.isDoor) return;
  if (saysBoth(pods)) return tellOfBoth(pods, report);
  const own = ownPlane(pods);
  // Istio's CNI agent passes over what has a sidecar.
  if (own === undefined || isSamePlane(own, planeOf(pods.proxy)) || !contradicts(own.mode, inNamespace)) return;
  report({
    on: pods.object,
    message: `the pods of ${nameOf(pods.object)} ask for ${own.mode} mode, but their namespace ${pods.namespaceName} uses ${inNamespace} mode`,
    got: own.word,
    fix: own.fix,
  });
}

function saysBoth({ labels }: Workload): boolean {
  return labels[INJECT] === 'true' && joinsAmbient(labels);
}

function tellOfBoth({ object, proxy }: Workload, report: Report): void {
  const got = `${planeOf(proxy).mode ?? 'no'} mode`;
  report({
    on: object,
    message: `the pods of ${nameOf(object)} have 2 labels that say how they join the mesh; Istio follows only one of them, and they get ${got}`,
    got: `${INJECT}: true, ${DATAPLANE_MODE}: ambient`,
    fix: 'keep one of these labels',
  });
}

function contradicts(own: DataPlaneMode, inNamespace: DataPlaneMode | undefined): boolean {
  return hasSidecars({ mode: own }) ? isAmbient({ mode: inNamespace }) : hasSidecars({ mode: inNamespace });
}

interface OwnPlane {
  readonly mode: DataPlaneMode;
  readonly word: string;
  readonly fix: string;
}

function ownPlane({ labels, annotations }: Workload): OwnPlane | undefined {
  const injection = labels[INJECT] ?? annotations[INJECT];
  // Both words together are no contradiction: a gateway's or an operator's own proxy, kept out of ztunnel's way.
  if (injection === 'true') return labels[DATAPLANE_MODE] === 'none' ? undefined : inSidecarMode(labels);
  if (injection === 'false' || !joinsAmbient(labels)) return undefined;
  return { mode: 'ambient', word: `${DATAPLANE_MODE}: ambient`, fix: 'remove the label, or move the workload to a namespace of its own' };
}

function inSidecarMode(labels: Labels): OwnPlane {
  const [word, fix] =
    labels[INJECT] === undefined
      ? ['annotation', 'write it as a label of the pods, for no webhook reads the annotation, or remove it']
      : ['label', `remove the label, or what keeps the injector from these pods, such as ${INJECTION}: disabled of the namespace`];
  return { mode: 'sidecar', word: `${word} ${INJECT}: true`, fix };
}
