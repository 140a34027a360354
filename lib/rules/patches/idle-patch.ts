import { NETWORKING } from '../../istio/api-groups';
import { listOf, textOf, valueAt } from '../../cluster/objects/fields';
import { nameOf, specOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { clusterOf } from '../cluster-of';
import { rule } from '../rule';

export const idlePatch = rule({
  code: 'MESH329',
  level: 'error',
  title: 'EnvoyFilter with a patch that Istio leaves out',
  compares: [{ kinds: [`${NETWORKING}/EnvoyFilter`], fields: ['spec configPatches'], made: false }],

  check(model, report) {
    for (const object of objectsOf(clusterOf(model), NETWORKING, 'EnvoyFilter').filter(({ made }) => !made)) {
      listOf(specOf(object).configPatches).forEach(({ applyTo, patch }, index) => {
        const [operation, target] = [textOf(valueAt(patch, 'operation')) ?? '', textOf(applyTo) ?? ''];
        if (operation === '' || isObeyed(operation, target)) return;
        report({
          on: object,
          field: ['spec', 'configPatches', index, 'patch', 'operation'],
          message: `${nameOf(object)} asks for ${operation} of a ${target}, which istiod passes over: nothing is changed`,
          got: `applyTo: ${target}, operation: ${operation}`,
          fix: `write one of ${OBEYED[target].join(', ')}; a VirtualService or an HTTPRoute says most of what routes are to do`,
        });
      });
    }
  },
});

const COMMON = ['ADD', 'MERGE', 'REMOVE'];
const ORDERED = [...COMMON, 'INSERT_BEFORE', 'INSERT_AFTER', 'INSERT_FIRST'];

/** What istiod does with each part of a configuration; it passes over the rest. */
const OBEYED: Readonly<Record<string, readonly string[]>> = {
  LISTENER: COMMON,
  LISTENER_FILTER: [...ORDERED, 'REPLACE'],
  FILTER_CHAIN: COMMON,
  NETWORK_FILTER: [...ORDERED, 'REPLACE'],
  HTTP_FILTER: [...ORDERED, 'REPLACE'],
  ROUTE_CONFIGURATION: ['MERGE'],
  VIRTUAL_HOST: [...COMMON, 'REPLACE'],
  HTTP_ROUTE: ORDERED,
  CLUSTER: COMMON,
  EXTENSION_CONFIG: ['ADD'],
};

// MERGE_ONLY_IF_SET and its like are forms of MERGE.
function isObeyed(operation: string, target: string): boolean {
  return (OBEYED[target] ?? [operation]).includes(operation.startsWith('MERGE') ? 'MERGE' : operation);
}
