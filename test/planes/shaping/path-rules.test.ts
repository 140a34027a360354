import { pathRulesOf } from '../../../lib/planes/shaping/path-rules';
import type { RouteRule } from '../../../lib/model/route';
import { route, service } from '../../rules/model-builder';

const strip = { path: { replaces: 'matched', value: '/' } } as const;
const at = { type: 'PathPrefix', value: '/cart' } as const;
const rule = (parts: Partial<RouteRule>): RouteRule => ({
  name: 'r',
  matches: [{ headers: [], queryParams: [], path: at }],
  backends: [],
  ...parts,
});
const rulesOf = (...rules: RouteRule[]) => pathRulesOf(route(service('cart'), { rules }));

describe('what a table does to paths', () => {
  it('is nothing where it changes none', () => {
    expect(rulesOf(rule({}))).toBeUndefined();
    expect(rulesOf(rule({ rewrite: { authority: 'www.example.com' } }))).toBeUndefined();
    expect(pathRulesOf(route(service('cart'), { rewrite: strip }))).toBeUndefined();
  });

  it('is said for each match in their order, also where one changes nothing', () => {
    expect(rulesOf(rule({}), rule({ rewrite: strip }))).toEqual([
      { at, isConditional: false, change: undefined },
      { at, isConditional: false, change: { of: '/cart', to: '/' } },
    ]);
  });

  it('holds for some requests where more than the path is asked', () => {
    const header = { name: 'x-a', type: 'Exact', value: 'b' } as const;
    const asking = [{ headers: [header] }, { method: 'GET' }, { queryParams: [header] }, { headers: [], cookies: [] }];
    const rules = rulesOf(
      ...asking.map((parts) => rule({ rewrite: strip, matches: [{ headers: [], queryParams: [], path: at, ...parts }] })),
    );
    expect(rules?.map(({ isConditional }) => isConditional)).toEqual([true, true, true, false]);
  });

  it('ends with what is said of all others', () => {
    const table = route(service('cart'), { rewrite: { path: { replaces: 'whole', value: '/x' } }, rules: [rule({})] });
    expect(pathRulesOf(table)?.at(-1)).toEqual({ at: { type: 'PathPrefix', value: '/' }, isConditional: false, change: { whole: '/x' } });
  });
});
