import { groupMatches, heldFeatures } from '../../lib/graph/match-groups';
import type { RouteStatement } from '../../lib/model/route';
import { always, header, path } from './route-statements';

/** Paths of the statements by their matches, in order. */
const grouped = (...statements: Parameters<typeof groupMatches>[0]) =>
  groupMatches(statements).map(({ matches, statements: of }) => [matches.length, ...of.map((one) => one.path)]);

describe('the matches of a service', () => {
  it('stay together where one statement has them', () => {
    expect(grouped(always('v2', header('x'), path('/beta', 'Exact'), header('y')))).toEqual([[3, 'shop/v2']]);
  });

  it('are alternatives in the order in which they were said', () => {
    const matches = [header('x'), path('/beta', 'Exact'), header('y')];
    expect(groupMatches([always('v2', ...matches)])[0].matches).toEqual(matches);
  });

  it('have a place each, where that of another lies between', () => {
    const [broad, between] = [always('v2', header('x'), path('/beta', 'Exact')), always('v3', path('/shop'))];
    const expected = [
      [1, 'shop/v2'],
      [1, 'shop/v3'],
      [1, 'shop/v2'],
    ];
    expect([grouped(broad, between), grouped(between, broad)]).toEqual([expected, expected]);
  });

  it('are one where several statements have the same, however it is written', () => {
    const [plain, rooted] = [header('x'), { ...header('x'), path: path('/').path }];
    expect(grouped(always('v2', plain), always('v3', rooted, path('/shop')))).toEqual([
      [1, 'shop/v3'],
      [1, 'shop/v2', 'shop/v3'],
    ]);
  });

  it('are narrowed to what two statements share, where that is not what the narrower one says', () => {
    const slow = { service: 'shop/cart', by: 'fault', path: 'shop/slow', matches: [path('/beta')], timeoutMs: 1 };
    expect(grouped(always('v2', header('x')), slow)).toEqual([
      [1, 'shop/slow', 'shop/v2'],
      [1, 'shop/slow'],
      [1, 'shop/v2'],
    ]);
  });

  it('are those of an earlier rule of one construct, though a later one is narrower', () => {
    const rules = [always('v2', header('x')), always('v3', path('/beta'))].map((one, order) => ({ ...one, path: 'shop/routes', order }));
    expect(groupMatches(rules).map(({ statements: [{ shares }] }) => shares![0].version)).toEqual(['v2', 'v3', 'v2']);
  });

  it('are those of others before one that gives way', () => {
    const sticky = { ...always('v1', header('cookie')), path: 'shop/affinity', givesWay: true };
    const asked = { headers: [], queryParams: [header('q').headers[0]] };
    expect(groupMatches([sticky, always('v2', asked)]).map(({ statements: [{ shares }] }) => shares![0].version)).toEqual([
      'v2',
      'v1',
      'v2',
    ]);
  });

  it('are sent on by a narrower statement, whatever answer a wider one has for them', () => {
    const moved = { service: 'shop/cart', by: 'routing', path: 'shop/moved', matches: [header('x')], directResponse: { statusCode: 410 } };
    const kept = [always('v2', path('/login')), moved] as RouteStatement[];
    expect([heldFeatures(kept), heldFeatures([...kept].reverse())]).toEqual([{}, { directResponse: { statusCode: 410 } }]);
  });

  it('are none of nothing', () => {
    expect(grouped()).toEqual([]);
  });
});
