import { NETWORKING } from '../../istio/api-groups';
import { isSaid, listOf, numberOf, textOf, valueAt } from '../../cluster/objects/fields';
import { nameOf, specOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { type Attached, readAttached } from '../../cluster/policies/attachments';
import type { ManifestObject } from '../../model/mesh-model';
import { clusterOf } from '../cluster-of';
import { rule } from '../rule';

const ANY = 'ANY';
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
      const index = patches.findIndex(({ operation }) => RELATIVE.includes(operation));
      const other = index < 0 ? undefined : all.find((one) => one !== filter && isBeside(one, filter));
      if (!other) continue;
      const version = patches.find((one) => one.version !== undefined)?.version;
      report({
        on: object,
        field: ['spec', 'configPatches', index, 'patch', 'operation'],
        message: `${nameOf(object)} ${wordOf(patches[index].operation)} beside what ${other.title} may have put there or taken away: which of them comes first, their age decides`,
        got: [patches[index].operation, ...(version === undefined ? [] : [`proxyVersion: ${version}`])].join(', '),
        fix: 'write spec.priority, such as priority: 10 for after those without one, in each EnvoyFilter for the same place',
      });
    }
  },
});

/** Whether both may patch the same part of the same proxies, and only their age says which is first: those of the root namespace are before all others. */
function isBeside(one: Attached, other: Attached): boolean {
  if (one.namespaceName !== other.namespaceName || priorityOf(one.object) !== priorityOf(other.object)) return false;
  const isForSame = Object.entries(one.selector).every(([key, value]) => (other.selector[key] ?? value) === value);
  const places = placesOf(other.object);
  return isForSame && placesOf(one.object).some((place) => places.some((each) => isSamePlace(place, each)));
}

function priorityOf(object: ManifestObject): number {
  return numberOf(specOf(object).priority) ?? 0;
}

/** What is patched, and of which listeners. */
interface Place {
  readonly applyTo?: string;
  readonly context: string;
}

function placesOf(object: ManifestObject): Place[] {
  return listOf(specOf(object).configPatches).map(({ applyTo, match }) => ({
    applyTo: textOf(applyTo),
    context: textOf(valueAt(match, 'context')) ?? ANY,
  }));
}

function isSamePlace(one: Place, other: Place): boolean {
  return one.applyTo === other.applyTo && (one.context === other.context || [one.context, other.context].includes(ANY));
}

function wordOf(operation: string): string {
  if (operation === 'REMOVE') return 'takes a part of the configuration away';
  return operation === 'REPLACE' ? 'puts a part of the configuration in the place of another' : 'puts a part of the configuration';
}
