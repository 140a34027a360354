import type { RouteMatch, RouteRule } from '../../../lib/model/route';
import { httpRouteExcess } from '../../../lib/planes/entries/http-route-excess';
import { HTTP, retries, route, service } from '../../rules/model-builder';

const header = (index: number) => ({ name: `x-${index}`, type: 'Exact', value: 'a' }) as const;
const matches = (count: number, parts: Partial<RouteMatch> = {}): RouteMatch[] =>
  Array.from({ length: count }, (_, index) => ({ headers: [header(index)], queryParams: [], ...parts }));
const rule = (parts: Partial<RouteRule>): RouteRule => ({ name: 'r', matches: [], backends: [], ...parts });
const excess = (...rules: RouteRule[]) => httpRouteExcess(route(service('cart', { ports: [HTTP] }), { rules }));

describe('what a table has more of than an HTTPRoute takes', () => {
  it('is nothing within its bounds', () => {
    expect(excess()).toEqual([]);
    expect(excess(rule({ matches: matches(64) }), rule({ matches: matches(63) }), rule({}))).toEqual([]);
  });

  it('are rules, and matches in one and in all', () => {
    expect(excess(...Array.from({ length: 17 }, () => rule({ matches: matches(1) })))).toEqual(['more than 16 rules']);
    expect(excess(rule({ matches: matches(65) }))).toEqual(['more than 64 matches in one rule']);
    expect(excess(rule({ matches: matches(64) }), rule({ matches: matches(64) }), rule({}))).toEqual(['more than 128 matches']);
  });

  it('are the tests of one match, and the versions that share requests', () => {
    const many = Array.from({ length: 17 }, (_, index) => header(index));
    const tooMany = 'more than 16 headers or query parameters in one match';
    expect(excess(rule({ matches: matches(1, { headers: many }) }))).toEqual([tooMany]);
    expect(excess(rule({ matches: matches(1, { headers: many.slice(1), cookies: [{ name: 'a', value: 'b' }] }) }))).toEqual([tooMany]);
    const backends = many.map((_, index) => ({ version: `v${index}`, weight: 1 }));
    expect(excess(rule({ backends }))).toEqual(['more than 16 destinations in one rule']);
  });

  it('is counted once methods divide a route', () => {
    const divided = { retries: retries({ conditions: ['503'] }), matches: matches(25) };
    const said = route(service('cart', { ports: [HTTP] }), { rules: [rule(divided)], gatewayApi: '1.7' });
    expect(httpRouteExcess(said)).toEqual(['more than 64 matches in one rule']);
    expect(excess(rule(divided))).toEqual([]);
    expect(httpRouteExcess({ ...said, rules: [rule({ ...divided, matches: matches(25, { method: 'GET' }) })] })).toEqual([]);
  });
});
