import type { Fields } from '../cluster/objects/fields';
import { objectsByKind } from '../cluster/objects/objects-by-kind';
import type { ManifestObject, MeshModel } from '../model/mesh-model';
import { holdsDeferred, isAnyMade, isDeferred } from '../support/deferred';
import type { Comparison } from './comparison';
import { clusterOf } from './cluster-of';

interface Field {
  readonly keys: readonly string[];
}

/** A comparison that nobody can make before a value is known. */
export interface Waiting {
  readonly object: ManifestObject;
  readonly comparison: Comparison;
  /** What is known only later, such as `spec.hosts`. */
  readonly fields: readonly string[];
}

/** Which of these comparisons cannot be made in a model yet. */
export function waitingIn(model: MeshModel, comparisons: readonly Comparison[]): readonly Waiting[] {
  return isAnyMade() ? comparisons.flatMap((comparison) => waitingFor(model, comparison)) : [];
}

function waitingFor(model: MeshModel, comparison: Comparison): Waiting[] {
  const { kinds, made, pairs, together, ofTenants } = comparison;
  if (ofTenants && !model.tenants?.length) return [];
  const fields = comparison.fields.map((field) => ({ name: field.replaceAll(' ', '.'), keys: field.split(' ') }));
  const ofKind = kinds ? kinds.flatMap((kind) => objectsByKind(clusterOf(model)).get(kind) ?? []) : model.objects;
  const objects = made === undefined ? ofKind : ofKind.filter((object) => object.made === made);
  const waiting = objects.filter(({ manifest }) => fields.some(({ keys }) => isAt(manifest, keys, holdsDeferred)));

  const says =
    ({ manifest }: ManifestObject) =>
    (field: Field) =>
      isAt(manifest, field.keys, () => true);
  if (waiting.length === 0 || (pairs && objects.filter((object) => fields.some(says(object))).length < 2)) return [];
  return waiting
    .filter((object) => !together || fields.every(says(object)))
    .map((object) => {
      const unknown = fields.filter(({ keys }) => isAt(object.manifest, keys, holdsDeferred));
      return { object, comparison, fields: unknown.map(({ name }) => name) };
    });
}

/** Asks what stands at the end of a path of keys, in any item of the lists on the way; what is known only later may stand on the way. */
function isAt(value: unknown, keys: readonly string[], asks: (value: unknown) => boolean, index = 0): boolean {
  if (value === undefined || value === null) return false;
  if (index === keys.length) return asks(value);
  if (Array.isArray(value)) return value.some((item) => isAt(item, keys, asks, index));
  return typeof value === 'object' ? isAt((value as Fields)[keys[index]], keys, asks, index + 1) : isDeferred(value) && asks(value);
}
