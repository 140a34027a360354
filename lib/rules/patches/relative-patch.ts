import { NETWORKING } from '../../istio/api-groups';
import { isSaid, listOf, textOf, valueAt } from '../../cluster/objects/fields';
import { nameOf, specOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { clusterOf } from '../cluster-of';
import { rule } from '../rule';

const RELATIVE = ['INSERT_BEFORE', 'INSERT_AFTER', 'REMOVE', 'REPLACE'];

export const relativePatch = rule({
  code: 'MESH328',
  level: 'warning',
  title: 'EnvoyFilter whose patch depends on the order of others',
  compares: [{ kinds: [`${NETWORKING}/EnvoyFilter`], fields: ['spec configPatches patch operation', 'spec priority'], made: false }],

  check(model, report) {
    for (const object of objectsOf(clusterOf(model), NETWORKING, 'EnvoyFilter')) {
      const { configPatches, priority } = specOf(object);
      if (object.made || (isSaid(priority) && priority !== 0)) continue;
      const patches = listOf(configPatches).map(({ patch, match }) => ({
        operation: textOf(valueAt(patch, 'operation')) ?? '',
        version: textOf(valueAt(match, 'proxy', 'proxyVersion')),
      }));
      const index = patches.findIndex(({ operation }) => RELATIVE.includes(operation));
      if (index < 0) continue;
      const version = patches.find((one) => one.version !== undefined)?.version;
      report({
        on: object,
        field: ['spec', 'configPatches', index, 'patch', 'operation'],
        message: `${nameOf(object)} ${wordOf(patches[index].operation)} beside what other EnvoyFilters may have put there or taken away: which of them comes first, their age decides`,
        got: [patches[index].operation, ...(version === undefined ? [] : [`proxyVersion: ${version}`])].join(', '),
        fix: 'write spec.priority, such as priority: 10 for after those without one, in each EnvoyFilter for the same place',
      });
    }
  },
});

function wordOf(operation: string): string {
  if (operation === 'REMOVE') return 'takes a part of the configuration away';
  return operation === 'REPLACE' ? 'puts a part of the configuration in the place of another' : 'puts a part of the configuration';
}
