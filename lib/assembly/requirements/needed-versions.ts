import { nameOf } from '../../cluster/objects/manifest-object';
import { fieldName, usesOfNewer } from '../../cluster/versions/uses-of-newer';
import type { FirstVersion } from '../../istio/first-versions';
import type { ManifestObject } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import { sortedBy } from '../../support/ordering';
import { padded } from '../../support/versions/version-order';
import type { MeshRequirement } from './reported-requirements';

export interface NeededVersion extends MeshRequirement {
  readonly version: string;
}

/** Versions that some object needs, the oldest first, each reason once. */
export function neededVersions(name: string, table: readonly FirstVersion[], objects: readonly ManifestObject[]): NeededVersion[] {
  const found = usesOfNewer(table, objects).map(({ first, object }) => ({ first, object: nameOf(object) }));
  const reasons = groupedBy(found, ({ first: { version, before, field } }) =>
    JSON.stringify([padded(version), version, before, field && fieldName(field)]),
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
