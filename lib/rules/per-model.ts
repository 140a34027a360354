import type { MeshModel } from '../model/mesh-model';

/** What follows from a model, computed when a first rule asks and kept for all others. */
export function perModel<T>(compute: (model: MeshModel) => T): (model: MeshModel) => T {
  const known = new WeakMap<MeshModel, { readonly value: T }>();
  return (model) => {
    const kept = known.get(model);
    if (kept) return kept.value;
    const value = compute(model);
    known.set(model, { value });
    return value;
  };
}
