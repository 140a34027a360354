import type { NamespaceState } from '../model/namespace-facts';
import type { ManifestObject, MeshModel } from '../model/mesh-model';
import type { Party } from '../model/party';
import { CORE, type Fields, type Labels, labelsOf, metadataOf, objectsOf } from './manifest-reader';
import { perModel } from './per-model';

export type MeshMode = 'sidecar' | 'ambient';

const INJECTION = 'istio-injection';
const REVISION = 'istio.io/rev';
const INJECT = 'sidecar.istio.io/inject';
export const PLANE_LABEL = 'istio.io/dataplane-mode';

/** Of a namespace, or of pods: guarded by ztunnel. */
export function isAmbient({ mode }: { readonly mode?: NamespaceState['mode'] }): boolean {
  return mode === 'ambient';
}

/** Of a namespace, or of pods: guarded by a proxy in each pod. */
export function hasSidecars({ mode }: { readonly mode?: NamespaceState['mode'] }): boolean {
  return mode === 'sidecar';
}

/** Whose plane nobody here says: the namespace of somebody known by identity alone. */
export function hasUnknownPlane({ mode }: Pick<NamespaceState, 'mode'>): boolean {
  return mode === 'unknown';
}

/** Pods that are not guarded the way their namespace is. */
export function leavesPlane(pods: { readonly mode?: MeshMode }, { mode }: Pick<NamespaceState, 'mode'>): boolean {
  return pods.mode !== mode;
}

/** A sidecar dials pods itself, whatever the callee's namespace uses; a gateway can be told not to. */
export function goesPastWaypoints({ kind, home }: Pick<Party, 'kind' | 'home'>): boolean {
  return kind !== 'gateway' && home.mode === 'sidecar';
}

/** Labels of a namespace that ask for sidecars; a revision counts only where `istio-injection` does not say no. */
export function injectionLabels(labels: Labels): string[] {
  const legacy = labels[INJECTION];
  const asked = legacy === 'enabled' ? [`${INJECTION}: enabled`] : [];
  const revised = labels[REVISION] !== undefined && (legacy === undefined || legacy === 'enabled');
  return revised ? [...asked, `${REVISION}: ${labels[REVISION]}`] : asked;
}

export function joinsAmbient(labels: Labels): boolean {
  return labels[PLANE_LABEL] === 'ambient';
}

// With labels for both, the sidecar wins.
function modeOfLabels(labels: Labels): MeshMode | undefined {
  if (injectionLabels(labels).length > 0) return 'sidecar';
  return joinsAmbient(labels) ? 'ambient' : undefined;
}

export function labelsOfObject(object: ManifestObject): Labels {
  return labelsOf(metadataOf(object).labels);
}

/** The data plane of each namespace of the mesh, as the program or a raw Namespace says it. */
export const namespaceModes = perModel((model): ReadonlyMap<string, MeshMode> => {
  const modes = new Map<string, MeshMode>();
  for (const object of objectsOf(model, CORE, 'Namespace')) {
    const mode = modeOfLabels(labelsOfObject(object));
    if (mode) modes.set(object.name, mode);
  }
  for (const { name, mode, enrolled } of model.namespaces) {
    if (enrolled && mode !== 'unknown') modes.set(name, mode);
  }
  return modes;
});

/** True when a pod's own label, or the older annotation, asks for a sidecar or refuses one. */
export function injectionOfPod(labels: Labels, annotations: Labels): boolean | undefined {
  const said = labels[INJECT] ?? annotations[INJECT];
  return said === 'true' ? true : said === 'false' ? false : undefined;
}

/** The data plane that pods end up in: their own word goes before the namespace's. */
export function modeOfPods(inNamespace: MeshMode | undefined, labels: Labels, annotations: Labels, spec: Fields): MeshMode | undefined {
  if (spec.hostNetwork === true) return undefined;
  const injection = injectionOfPod(labels, annotations);
  const asksForSidecar = injection === true || inNamespace === 'sidecar' || labels[REVISION] !== undefined;
  if (asksForSidecar && injection !== false) return 'sidecar';
  if (labels[PLANE_LABEL] === 'none') return undefined;
  return inNamespace === 'ambient' || joinsAmbient(labels) ? 'ambient' : undefined;
}

/** Namespaces that this program makes, and whose contents it therefore knows. */
export const ownedNamespaces = perModel(
  (model: MeshModel): ReadonlySet<string> => new Set(model.namespaces.filter(({ owned }) => owned).map(({ name }) => name)),
);
