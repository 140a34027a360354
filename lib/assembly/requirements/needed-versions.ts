import { isSaid, type Labels, labelsOf, listOf, textOf, valueAt } from '../../cluster/objects/fields';
import { annotationsOfObject, groupKindOf, labelsOfObject, nameOf, specOf } from '../../cluster/objects/manifest-object';
import type { FirstVersion } from '../../istio/first-versions';
import type { ManifestObject } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import { sortedBy } from '../../support/ordering';
import type { MeshRequirement } from './reported-requirements';

export interface NeededVersion extends MeshRequirement {
  readonly version: string;
}

/** Versions that some object needs, the oldest first, each reason once. */
export function neededVersions(name: string, table: readonly FirstVersion[], objects: readonly ManifestObject[]): NeededVersion[] {
  const byKind = groupedBy(objects, groupKindOf);
  const found = table.flatMap((first) => {
    const saying = first.kinds.flatMap((kind) => byKind.get(kind) ?? []).filter((object) => says(object, first));
    return saying.map((object) => ({ first, object: nameOf(object) }));
  });
  const reasons = groupedBy(found, ({ first: { version, before, field } }) =>
    JSON.stringify([padded(version), version, before, fieldName(field)]),
  );
  return sortedBy(reasons, ([key]) => key).map(([key, uses]) => {
    const [, version, before, field] = JSON.parse(key) as [string, string, string, string | null];
    const what = field === null ? before : `${before}: ${field}`;
    return { version, what: `${name} ${version}`, because: `before, ${what}`, objects: namesOf(uses.map(({ object }) => object)) };
  });
}

/** The same of several tables. */
export function oldestFirst(needed: readonly NeededVersion[]): NeededVersion[] {
  return sortedBy(needed, ({ version }) => padded(version));
}

/** The newest of them; the given one where none is needed. */
export function newestOf<T extends string | undefined>(needed: readonly NeededVersion[], least: T): string | T {
  return needed.length > 0 && padded(needed.at(-1)!.version) > padded(least ?? '0') ? needed.at(-1)!.version : least;
}

export function namesOf(objects: readonly string[]): string[] {
  return sortedBy(new Set(objects), (name) => name);
}

/** Whether an object has a value at `spec.rules[].retry`, in any item of its lists. */
export function hasField(object: ManifestObject, field: string, value?: number): boolean {
  const found = field.split('.').reduce<readonly unknown[]>(
    (at, part) => {
      const key = part.replace('[]', '');
      const next = at.map((one) => valueAt(one, key));
      return part === key ? next : next.flatMap(listOf);
    },
    [object.manifest],
  );
  return found.some((one) => (value === undefined ? isSaid(one) : one === value));
}

function says(object: ManifestObject, { field, value, mark }: FirstVersion): boolean {
  if (mark !== undefined) return marksOf(object).some((marks) => textOf(marks[mark]) !== undefined);
  return field === undefined || hasField(object, field, value);
}

/** A Gateway hands annotations of its own on to the pods that istiod makes for it. */
function marksOf(object: ManifestObject): Labels[] {
  const ofPods = labelsOf(valueAt(specOf(object), 'infrastructure', 'annotations'));
  return [labelsOfObject(object), annotationsOfObject(object), ofPods];
}

/** The last words of a path, as people look for it. */
function fieldName(field: string | undefined): string | undefined {
  return field?.split('.').slice(-2).join('.').replaceAll('[]', '');
}

function padded(version: string): string {
  return version
    .split('.')
    .map((part) => part.padStart(4, '0'))
    .join('.');
}
