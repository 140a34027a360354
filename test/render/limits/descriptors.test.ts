import type { LimitedRequests } from '../../../lib/model/limits/limits';
import type { RouteMatch } from '../../../lib/model/route';
import { descriptorsOf } from '../../../lib/render/limits/descriptors';

const match = (part: Partial<RouteMatch>): LimitedRequests => ({ match: { headers: [], queryParams: [], ...part } });
const headersOf = (requests: LimitedRequests): unknown =>
  descriptorsOf(requests).map(({ actions }) => actions.map((action) => (action.header_value_match as { headers: unknown }).headers));

describe('descriptors', () => {
  it('are none where all requests are meant and count together', () => {
    expect(descriptorsOf({})).toEqual([]);
    expect(descriptorsOf(match({ path: { type: 'PathPrefix', value: '/' } }))).toEqual([]);
  });

  it.each<[NonNullable<RouteMatch['path']>, string]>([
    [{ type: 'Exact', value: '/a.b' }, '/a\\.b([?#].*)?'],
    [{ type: 'PathPrefix', value: '/a' }, '/a([/?#].*)?'],
  ])('compare the path without its query: %p', (path, regex) => {
    expect(headersOf(match({ path }))).toEqual([[[{ name: ':path', string_match: { safe_regex: { regex } } }]]]);
  });

  it('compare the paths that the proxy sees, and ask for a path even where it may be any', () => {
    const limit = match({ path: { type: 'PathPrefix', value: '/v1' } });
    const regexOf = (...paths: ReadonlyArray<NonNullable<RouteMatch['path']>>) => headersOf({ ...limit, paths });
    const asks = (regex: string) => [[[{ name: ':path', string_match: { safe_regex: { regex } } }]]];
    expect(regexOf({ type: 'Exact', value: '/a' }, { type: 'PathPrefix', value: '/b' })).toEqual(asks('/a([?#].*)?|/b([/?#].*)?'));
    expect(regexOf({ type: 'PathPrefix', value: '/' })).toEqual(asks('.*'));
  });

  it('compare headers, and the query by an action of its own', () => {
    const headers = [
      { name: 'a', type: 'Exact', value: '1' },
      { name: 'b', type: 'RegularExpression', value: '.*' },
    ] as const;
    expect(headersOf(match({ headers }))).toEqual([
      [
        [
          { name: 'a', string_match: { exact: '1' } },
          { name: 'b', string_match: { safe_regex: { regex: '.*' } } },
        ],
      ],
    ]);
    const [{ actions, entries }] = descriptorsOf(match({ headers, queryParams: [{ name: 'q', type: 'Exact', value: 'x' }] }));
    expect(entries).toEqual(['match', 'query'].map((key) => ({ key, value: 'yes' })));
    expect(actions[1]).toMatchObject({ query_parameter_value_match: { query_parameters: [{ name: 'q', string_match: { exact: 'x' } }] } });
  });

  it('are two for a header: of its values, and of all requests without one', () => {
    const [some, none] = descriptorsOf({ by: { header: 'x-user' } });
    expect(some).toEqual({
      actions: [{ request_headers: { header_name: 'x-user', descriptor_key: 'x-user' } }],
      entries: [{ key: 'x-user' }],
    });
    expect(none.entries).toEqual([{ key: 'without', value: 'x-user' }]);
    const [{ header_value_match }] = none.actions;
    expect(header_value_match).toMatchObject({ expect_match: false, headers: [{ string_match: { safe_regex: { regex: '.+' } } }] });
  });

  it('are one for an address', () => {
    expect(descriptorsOf({ by: {} })).toEqual([{ actions: [{ remote_address: {} }], entries: [{ key: 'remote_address' }] }]);
  });
});
