import type { FirstVersion } from '../../istio/first-versions';
import type { FieldPath } from '../../model/declared';
import type { ManifestObject } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import { isBefore } from '../../support/versions/version-order';
import { isSaid, type Labels, labelsOf, textOf, valueAt } from '../objects/fields';
import { annotationsOfObject, groupKindOf, labelsOfObject, specOf } from '../objects/manifest-object';

/** Something in an object that not every version has. */
export interface UseOfNewer {
  readonly first: FirstVersion;
  readonly object: ManifestObject;
  /** Where it stands, of a field. */
  readonly field?: FieldPath;
}

/** All that these objects use of a table. */
export function usesOfNewer(table: readonly FirstVersion[], objects: readonly ManifestObject[]): UseOfNewer[] {
  const byKind = groupedBy(objects, groupKindOf);
  return table.flatMap((first) => first.kinds.flatMap((kind) => byKind.get(kind) ?? []).flatMap((object) => useIn(object, first)));
}

/** Whether a version is without it: older than the first, and no patch of its own line that has it as well. */
export function lacks({ version, alsoIn = [] }: FirstVersion, had: string): boolean {
  return isBefore(had, version) && !alsoIn.some((patch) => lineOf(patch) === lineOf(had) && !isBefore(had, patch));
}

/** The places of `spec.rules[].retry` in an object that say something: one for each item of its lists. */
export function placesOf(object: ManifestObject, field: string, value?: number): FieldPath[] {
  const found = field
    .split('.')
    .reduce<readonly Place[]>((at, part) => at.flatMap((one) => inside(one, part)), [{ path: [], value: object.manifest }]);
  return found.filter((one) => (value === undefined ? isSaid(one.value) : one.value === value)).map(({ path }) => path);
}

/** The last words of a path, as people look for it. */
export function fieldName(field: string): string {
  return field.split('.').slice(-2).join('.').replaceAll('[]', '');
}

interface Place {
  readonly path: FieldPath;
  readonly value: unknown;
}

function inside({ path, value }: Place, part: string): Place[] {
  const key = part.replace('[]', '');
  const next = { path: [...path, key], value: valueAt(value, key) };
  if (part === key) return [next];
  return Array.isArray(next.value) ? next.value.map((item: unknown, index) => ({ path: [...next.path, index], value: item })) : [];
}

function useIn(object: ManifestObject, first: FirstVersion): UseOfNewer[] {
  const { field, value, mark, olderApi } = first;
  if (olderApi !== undefined && object.apiVersion.endsWith(`/${olderApi}`)) return [];
  if (mark !== undefined) return marksOf(object).some((marks) => textOf(marks[mark]) !== undefined) ? [{ first, object }] : [];
  if (field === undefined) return [{ first, object }];
  const [place] = placesOf(object, field, value);
  return place ? [{ first, object, field: place }] : [];
}

/** A Gateway hands annotations of its own on to the pods that istiod makes for it. */
function marksOf(object: ManifestObject): Labels[] {
  const ofPods = labelsOf(valueAt(specOf(object), 'infrastructure', 'annotations'));
  return [labelsOfObject(object), annotationsOfObject(object), ofPods];
}

function lineOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}
