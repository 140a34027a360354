import { NETWORKING } from '../../istio/api-groups';
import { isSaid, listOf, numberOf, textOf, valueAt } from '../../cluster/objects/fields';
import { nameOf, specOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { type Attached, readAttached } from '../../cluster/policies/attachments';
import type { ManifestObject } from '../../model/mesh-model';
import { clusterOf } from '../cluster-of';
import { rule } from '../rule';
import { canMeet, type PatchPlace, patchPlaces } from './places/patch-places';

const RELATIVE = ['INSERT_BEFORE', 'INSERT_AFTER', 'REMOVE', 'REPLACE'];

export const relativePatch = rule({
  code: 'MESH328',
  level: 'warning',
  title: 'EnvoyFilter whose patch depends on the order of others',
  compares: [{ kinds: [`${NETWORKING}/EnvoyFilter`], fields: ['spec configPatches patch operation', 'spec priority'], made: false }],

  check(model, report) {
    const all = objectsOf(clusterOf(model), NETWORKING, 'EnvoyFilter').map(readAttached);
    for (const filter of all) {
      const { object } = filter;
      const { configPatches, priority } = specOf(object);
      if (object.made || (isSaid(priority) && priority !== 0)) continue;
      const patches = listOf(configPatches).map(({ patch, match }) => ({
        operation: textOf(valueAt(patch, 'operation')) ?? '',
        version: textOf(valueAt(match, 'proxy', 'proxyVersion')),
      }));
      const places = patchPlaces(object);
      const otherOf = (at: number): Attached | undefined => all.find((one) => one !== filter && isBeside(one, filter, places[at]));
      const index = patches.findIndex(({ operation }, at) => RELATIVE.includes(operation) && otherOf(at) !== undefined);
      if (index < 0) continue;
      const version = patches.find((one) => one.version !== undefined)?.version;
      report({
        on: object,
        field: ['spec', 'configPatches', index, 'patch', 'operation'],
        message: `${nameOf(object)} ${wordOf(patches[index].operation)} beside what ${otherOf(index)!.title} may have put there or taken away: which of them comes first, their age decides`,
        got: [patches[index].operation, ...(version === undefined ? [] : [`proxyVersion: ${version}`])].join(', '),
        fix: 'write spec.priority, such as priority: 10 for after those without one, in each EnvoyFilter for the same place',
      });
    }
  },
});

/** Whether the one may patch what a patch of the other is about, of the same proxies, and only their age says which is first: those of the root namespace are before all others. */
function isBeside(one: Attached, other: Attached, place: PatchPlace): boolean {
  if (one.namespaceName !== other.namespaceName || priorityOf(one.object) !== priorityOf(other.object)) return false;
  const isForSame = Object.entries(one.selector).every(([key, value]) => (other.selector[key] ?? value) === value);
  return isForSame && patchPlaces(one.object).some((each) => canMeet(each, place));
}

function priorityOf(object: ManifestObject): number {
  return numberOf(specOf(object).priority) ?? 0;
}

function wordOf(operation: string): string {
  if (operation === 'REMOVE') return 'takes a part of the configuration away';
  return operation === 'REPLACE' ? 'puts a part of the configuration in the place of another' : 'puts a part of the configuration';
}
