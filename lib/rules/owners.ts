import type { ManifestObject, MeshModel } from '../model/mesh-model';
import type { Party } from '../model/party';
import { sortedBy } from '../support/ordering';

/** Ours first, then by path: who was there before the one that a finding is about. */
export function byOwner(objects: Iterable<ManifestObject>): ManifestObject[] {
  return sortedBy(objects, ({ made, path }) => `${made ? 0 : 1}${path}`);
}

/** What no construct of this library made. */
export function isRaw({ object }: { readonly object: ManifestObject }): boolean {
  return !object.made;
}

/** Whoever has pods that this program makes or adopts: its services, and what nobody calls. */
export function ownWorkloads({ services, others }: MeshModel): Party[] {
  return [...services, ...others.filter(({ kind }) => kind === 'workload')];
}
