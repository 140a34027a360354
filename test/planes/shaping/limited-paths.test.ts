import type { PathTest, RouteMatch, RouteRule } from '../../../lib/model/route';
import { limitedPaths } from '../../../lib/planes/shaping/limited-paths';

const below = (value: string): PathTest => ({ type: 'PathPrefix', value });
const exactly = (value: string): PathTest => ({ type: 'Exact', value });
const asking = (path?: PathTest, more: Partial<RouteMatch> = {}): RouteMatch => ({ headers: [], queryParams: [], path, ...more });
const header = (value: string) => ({ headers: [{ name: 'x-a', type: 'Exact', value } as const] });

const rule = (match: RouteMatch, value?: string, replaces: 'matched' | 'whole' = 'matched'): RouteRule => ({
  name: 'r',
  matches: [match],
  backends: [],
  ...(value !== undefined && { rewrite: { path: { replaces, value } } }),
});

const pathsOf = (limit: RouteMatch, ...rules: RouteRule[]) => limitedPaths(limit, { rules });

describe('paths of requests that a limit is about', () => {
  it('stay what they are where no route changes them', () => {
    expect(pathsOf(asking(below('/v1')))).toBeUndefined();
    expect(pathsOf(asking(), rule(asking(below('/v1')), '/'))).toBeUndefined();
    expect(pathsOf(asking(below('/search')), rule(asking(below('/v1')), '/'))).toBeUndefined();
    expect(pathsOf(asking(below('/v1')), rule(asking(below('/v1'))))).toBeUndefined();
  });

  it('arrive as a route has made them, and as they were sent from whoever follows none', () => {
    const strip = rule(asking(below('/v1')), '/');
    expect(pathsOf(asking(below('/v1/items')), strip)?.seen).toEqual([below('/items'), below('/v1/items')]);
    expect(pathsOf(asking(exactly('/v1')), strip)?.seen).toEqual([exactly('/'), exactly('/v1')]);
    expect(pathsOf(asking(below('/v1')), strip)?.seen).toEqual([below('/')]);
  });

  it('arrive in several ways where some of them go by another rule', () => {
    const rules = [rule(asking(below('/v1/a')), '/x', 'whole'), rule(asking(below('/v1')), '/api')];
    expect(pathsOf(asking(below('/v1')), ...rules)?.seen).toEqual([exactly('/x'), below('/api'), below('/v1')]);
  });

  it('are changed by no rule for requests that the limit does not mean', () => {
    const rules = [rule(asking(below('/v1'), header('1')), '/one'), rule(asking(below('/v1'), header('2')), '/two')];
    expect(pathsOf(asking(below('/v1'), header('2')), ...rules)?.seen).toEqual([below('/two'), below('/v1')]);
  });

  it('are shared with requests that come in the same words', () => {
    const strip = rule(asking(below('/v1')), '/api');
    expect(pathsOf(asking(below('/v1')), strip)?.others).toEqual([below('/api')]);
    const whole = rule(asking(below('/a')), '/x', 'whole');
    expect(pathsOf(asking(below('/a/1')), whole)?.others).toEqual([exactly('/x'), below('/a')]);
    expect(pathsOf(asking(below('/v1')), rule(asking(below('/v1')), '/'), rule(asking(below('/old')), '/x'))?.others).toEqual([below('/')]);
  });

  it('are nobody else’s where what they become is not asked for otherwise', () => {
    const rules = [rule(asking(below('/v1')), '/api'), rule(asking(below('/api')), '/internal')];
    expect(pathsOf(asking(below('/v1')), ...rules)?.others).toEqual([]);
  });
});
