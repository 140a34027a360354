import { idlePatch } from '../../../lib/rules/patches/idle-patch';
import { envoyFilter } from '../in-few-words';
import { findings, raw } from '../model-builder';

const find = (spec: string) => findings(idlePatch, { objects: raw(envoyFilter(spec)) });

describe(idlePatch.title, () => {
  it.each([
    ['ADD', 'HTTP_ROUTE'],
    ['REMOVE', 'HTTP_ROUTE'],
    ['REPLACE', 'LISTENER_FILTER'],
    ['MERGE_AND_REPLACE_LIST', 'ROUTE_CONFIGURATION'],
    ['MERGE', 'BOOTSTRAP'],
    ['ADD', 'EXTENSION_CONFIG'],
  ])('takes %s of a %s', (operation, applyTo) => {
    expect(find(`configPatches: [{ applyTo: ${applyTo}, patch: { operation: ${operation} } }]`)).toEqual([]);
  });

  it.each([
    ['ADD', 'ROUTE_CONFIGURATION'],
    ['REMOVE', 'ROUTE_CONFIGURATION'],
    ['REPLACE', 'HTTP_ROUTE'],
    ['REPLACE', 'CLUSTER'],
    ['INSERT_AFTER', 'CLUSTER'],
    ['MERGE', 'EXTENSION_CONFIG'],
  ])('fails %s of a %s', (operation, applyTo) => {
    expect(find(`configPatches: [{}, { applyTo: ${applyTo}, patch: { operation: ${operation} } }]`)).toMatchObject([
      { got: `applyTo: ${applyTo}, operation: ${operation}`, field: ['spec', 'configPatches', 1, 'patch', 'operation'] },
    ]);
  });
});
