import { planeOfProxy, type Proxy } from '../cluster/workloads/proxies';
import type { DataPlaneMode, NamespaceState } from '../model/namespace-facts';
import type { Party } from '../model/party';
import { perModel } from './per-model';

interface InPlane {
  readonly mode?: DataPlaneMode;
}

/** The data plane of pods in the words of a program; none outside the mesh. */
export function planeOf(proxy: Proxy): InPlane {
  return { mode: planeOfProxy(proxy) };
}

/** Pods that are guarded the way their namespace is. */
export function isIn({ mode }: InPlane, proxy: Proxy): boolean {
  return planeOf(proxy).mode === mode;
}

/** Guarded the same way. */
export function isSamePlane(one: InPlane, other: InPlane): boolean {
  return one.mode === other.mode;
}

/** Guarded by ztunnel. */
export function isAmbient({ mode }: InPlane): boolean {
  return mode === 'ambient';
}

/** Guarded by a proxy in each pod. */
export function hasSidecars({ mode }: InPlane): boolean {
  return mode === 'sidecar';
}

/** Whose plane nobody here says: the namespace of somebody known by identity alone. */
export function hasUnknownPlane({ mode }: Pick<NamespaceState, 'mode'>): boolean {
  return mode === 'unknown';
}

/** A sidecar dials pods itself, whatever the callee's namespace uses; a gateway can be told not to. */
export function goesPastWaypoints({ kind, namespace }: Pick<Party, 'kind' | 'namespace'>): boolean {
  return kind !== 'gateway' && namespace.mode === 'sidecar';
}

/** Namespaces that this program makes, and whose contents it therefore knows; without a program, those that stand in the manifests with their pods. */
export const ownedNamespaces = perModel(
  ({ namespaces, knownNamespaces = [] }): ReadonlySet<string> =>
    new Set([...namespaces.filter(({ owned }) => owned).map(({ name }) => name), ...knownNamespaces]),
);
