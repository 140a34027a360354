import { fieldOf, patchingFilters } from '../../../lib/cluster/policies/envoy-patches';
import { clusterFrom } from '../../manifests';

const read = (patches: string) =>
  patchingFilters(
    clusterFrom(`
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: limit, namespace: shop }
spec: { workloadSelector: { labels: { app: cart } }, configPatches: ${patches} }`),
  )[0];

const BUFFER = 'envoy.extensions.filters.http.buffer.v3.Buffer';
const TYPE = `type.googleapis.com/${BUFFER}`;

describe('what an EnvoyFilter patches', () => {
  it('are configurations of filters, by their types, in the contexts that it names', () => {
    const value = `{ name: a, typed_config: { '@type': ${TYPE}, max_request_bytes: 5 } }`;
    expect(read(`[{ match: { context: GATEWAY }, patch: { value: ${value} } }, { patch: { operation: REMOVE } }]`)).toMatchObject({
      selector: { app: 'cart' },
      contexts: ['GATEWAY'],
      configs: [{ typeName: BUFFER, fields: { max_request_bytes: 5 } }],
    });
  });

  it.each([
    `{ typed_config: { '@type': type.googleapis.com/udpa.type.v1.TypedStruct, type_url: ${TYPE}, value: { a: 1 } } }`,
    `{ typedConfig: { '@type': type.googleapis.com/xds.type.v3.TypedStruct, typeUrl: ${TYPE}, value: { a: 1 } } }`,
    `{ typed_per_filter_config: { buffer: { '@type': ${TYPE}, a: 1 } } }`,
  ])('are found in all ways to write them: %s', (value) => {
    expect(read(`[{ patch: { value: ${value} } }]`).configs).toMatchObject([{ typeName: BUFFER, fields: { a: 1 } }]);
  });

  it('are none where nothing of the kind is written', () => {
    expect(read('5')).toMatchObject({ contexts: [], configs: [] });
    expect(read('[{ patch: { value: { typed_config: cat } } }]').configs).toEqual([{ typeName: '', fields: {} }]);
  });

  it('are of routes alone where they are merged into what is there', () => {
    const patch = (value: string) => read(`[{ patch: { operation: MERGE, value: ${value} } }]`).configs.length;
    expect(patch(`{ typed_config: { '@type': ${TYPE} } }`)).toBe(0);
    expect(patch(`{ typed_per_filter_config: { buffer: { '@type': ${TYPE} } } }`)).toBe(1);
  });

  it('have fields by both of their names', () => {
    expect([fieldOf({ token_bucket: 1 }, 'token_bucket'), fieldOf({ tokenBucket: 2 }, 'token_bucket'), fieldOf(5, 'a')]).toEqual([
      1,
      2,
      undefined,
    ]);
  });
});
