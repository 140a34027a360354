import { relativePatch } from '../../../lib/rules/patches/relative-patch';
import { envoyFilter } from '../in-few-words';
import { findings, raw } from '../model-builder';

const OTHER = envoyFilter(
  'configPatches: [{ applyTo: HTTP_FILTER, match: { context: SIDECAR_INBOUND }, patch: { operation: ADD } }, { patch: { operation: ADD } }]',
).replace('lua', 'wasm');
const find = (spec: string, other = OTHER) => findings(relativePatch, { objects: [...raw(envoyFilter(spec)), ...raw(other)] });
const INSERTS = 'configPatches: [{ applyTo: HTTP_FILTER, match: { context: SIDECAR_INBOUND }, patch: { operation: INSERT_BEFORE } }]';

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

  it.each([
    ['another namespace', OTHER.replace('shop', 'pay')],
    ['other pods', OTHER.replace('spec: {', 'spec: { workloadSelector: { labels: { app: web } },')],
    ['another priority', OTHER.replace('spec: {', 'spec: { priority: 5,')],
    ['another part', OTHER.replace('HTTP_FILTER', 'CLUSTER')],
    ['other listeners', OTHER.replace('SIDECAR_INBOUND', 'GATEWAY')],
  ])('takes one beside that of %s', (_, other) => {
    const own = `workloadSelector: { labels: { app: cart } }, ${INSERTS}`;
    expect(find(own, OTHER)).toMatchObject([{ message: expect.stringContaining('EnvoyFilter shop/wasm') }]);
    expect(find(own, other)).toEqual([]);
  });

  it('takes one that stands alone', () => {
    expect(findings(relativePatch, { objects: raw(envoyFilter(INSERTS)) })).toEqual([]);
  });

  it('names the version of proxies that goes with it', () => {
    expect(
      find('priority: 0, configPatches: [{ match: { proxy: { proxyVersion: ^1\\.29.* } }, patch: { operation: REMOVE } }]'),
    ).toMatchObject([{ got: 'REMOVE, proxyVersion: ^1\\.29.*' }]);
  });
});
