import { groupMatches } from '../../lib/graph/match-groups';
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

  it('are none of nothing', () => {
    expect(grouped()).toEqual([]);
  });
});
