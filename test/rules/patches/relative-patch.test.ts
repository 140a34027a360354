import { relativePatch } from '../../../lib/rules/patches/relative-patch';
import { envoyFilter } from '../in-few-words';
import { findings, raw } from '../model-builder';

const find = (spec: string) => findings(relativePatch, { objects: raw(envoyFilter(spec)) });

describe(relativePatch.title, () => {
  it.each([
    'configPatches: [{ applyTo: HTTP_FILTER, patch: { operation: MERGE } }]',
    'configPatches: [{ applyTo: CLUSTER, patch: { operation: ADD } }]',
    'priority: 10, configPatches: [{ applyTo: HTTP_FILTER, patch: { operation: INSERT_BEFORE } }]',
  ])('takes %s', (spec) => {
    expect(find(spec)).toEqual([]);
  });

  it.each(['INSERT_BEFORE', 'INSERT_AFTER', 'REMOVE', 'REPLACE'])('tells of %s without a priority, once', (operation) => {
    expect(
      find(
        `configPatches: [{ applyTo: CLUSTER, patch: { operation: MERGE } }, ${`{ applyTo: HTTP_FILTER, patch: { operation: ${operation} } }, `.repeat(2)}]`,
      ),
    ).toMatchObject([
      { got: operation, field: ['spec', 'configPatches', 1, 'patch', 'operation'], fix: expect.stringContaining('priority: 10') },
    ]);
  });

  it('names the version of proxies that goes with it', () => {
    expect(
      find('priority: 0, configPatches: [{ match: { proxy: { proxyVersion: ^1\\.29.* } }, patch: { operation: REMOVE } }]'),
    ).toMatchObject([{ got: 'REMOVE, proxyVersion: ^1\\.29.*' }]);
  });
});
