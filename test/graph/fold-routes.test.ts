import fc from 'fast-check';
import { foldRoutes } from '../../lib/graph/fold-routes';
import type { RouteStatement, RouteTable } from '../../lib/model/route';
import { always, cart, header, ownStatement, path, release } from './route-statements';

const fold = (...statements: RouteStatement[]): RouteTable => foldRoutes(cart, [ownStatement(), ...statements]);

/** Share of each version by the name of its rule. */
const sharesOf = ({ rules }: RouteTable) =>
  Object.fromEntries(
    rules.map(({ name, backends }) => [name, Object.fromEntries(backends.map(({ version, weight }) => [version, weight]))]),
  );

describe('the route table of a service', () => {
  it('has no rule while there is one version and nothing said of some requests', () => {
    expect(fold()).toMatchObject({ versions: ['v1'], rules: [], conflicts: [] });
    expect(foldRoutes(cart, [ownStatement({ timeoutMs: 9 })])).toMatchObject({ timeoutMs: 9, rules: [] });
  });

  it('leaves to the stable version what a release does not take', () => {
    expect(sharesOf(fold(release('v2', 10)))).toEqual({ 'canary-split': { v1: 90, v2: 10 } });
    expect(sharesOf(fold(release('v2', 100)))).toEqual({ 'canary-split': { v1: 0, v2: 100 } });
  });

  it('gives all requests to the version that a statement names, be it the stable one', () => {
    const named = (v1: number, v2: number) => {
      const shares = [
        { version: 'v2', weight: v2 },
        { version: 'v1', weight: v1 },
      ];
      return fold({ service: cart.key, by: 'blue-green', path: 'shop/v2', versions: ['v2'], shares });
    };
    expect(sharesOf(named(100, 0))).toEqual({ 'blue-green-split': { v1: 100, v2: 0 } });
    expect(sharesOf(named(0, 100))).toEqual({ 'blue-green-split': { v1: 0, v2: 100 } });
    expect(named(0, 100).rules[0].backends.map(({ version }) => version)).toEqual(['v1', 'v2']);
  });

  it('adds up releases: 10 and 5 percent leave 85', () => {
    const table = fold(release('v3', 5), release('v2', 10));
    expect(sharesOf(table)).toEqual({ 'canary-split': { v1: 85, v2: 10, v3: 5 } });
    expect([table.versions, table.conflicts]).toEqual([['v1', 'v2', 'v3'], []]);
  });

  it('sends what matches to its version, and the rest to the stable one where a release is of matches alone', () => {
    const table = fold({ ...always('v2', header('x')), versions: ['v2'] });
    expect(sharesOf(table)).toEqual({ 'canary-match': { v2: 100 }, 'canary-split': { v1: 100 } });
    expect(table.rules.map(({ matches }) => matches)).toEqual([[header('x')], []]);
  });

  it('gives the stable version what is left of requests that match, too', () => {
    const half = { ...always('v2', header('x')), shares: [{ version: 'v2', weight: 50 }] };
    expect(sharesOf(fold(release('v2', 0), half))['canary-match']).toEqual({ v1: 50, v2: 50 });
  });

  it('asks the narrowest match first, then by path, and last what holds for all others', () => {
    const said = [always('v2', header('x')), always('v3', header('y')), always('v4', path('/a/b')), always('v5', path('/a', 'Exact'))];
    expect(fold(release('v2', 0), ...said).rules.map(({ backends }) => backends.at(-1)!.version)).toEqual(['v5', 'v4', 'v2', 'v3', 'v2']);
  });

  it('says of some requests in their rule what is said of them alone', () => {
    const slow: RouteStatement = { service: cart.key, by: 'fault', path: 'shop/slow', matches: [header('slow')], timeoutMs: 1 };
    const table = foldRoutes(cart, [ownStatement({ timeoutMs: 9 }), slow]);
    expect(table).toMatchObject({
      timeoutMs: 9,
      rules: [
        { name: 'fault-match', timeoutMs: 1, backends: [] },
        { name: 'fault-split', backends: [] },
      ],
    });
    expect(table.rules[1]).not.toHaveProperty('timeoutMs');
    expect(sharesOf(fold(release('v2', 10), slow))['fault-match']).toEqual({ v1: 90, v2: 10 });
  });

  it('does all that is said of the same requests: one statement sends them to a version, another limits their time', () => {
    const slow: RouteStatement = { service: cart.key, by: 'fault', path: 'shop/a', matches: [header('x')], timeoutMs: 1 };
    const table = fold(release('v2', 10), always('v2', header('x')), slow);
    expect(table.rules).toMatchObject([{ timeoutMs: 1, backends: [{ version: 'v2', weight: 100 }] }, { matches: [] }]);
    expect([table.rules.length, table.conflicts]).toEqual([2, []]);
  });

  it('keeps the word that is first by path, the service’s own before all', () => {
    const said = ['shop/b', 'a/first'].map((where, index) => release(`v${index + 2}`, 1, { path: where, timeoutMs: index + 1 }));
    expect([fold(...said).timeoutMs, foldRoutes(cart, [...said, ownStatement({ timeoutMs: 9 })]).timeoutMs]).toEqual([2, 9]);
  });

  it('calls no two rules by one name', () => {
    const said = ['v2', 'v3', 'v4'].map((version) => always(version, header(version)));
    const names = fold(release('v2', 1), ...said).rules.map(({ name }) => name);
    expect(names).toEqual(['canary-match', 'canary-match-2', 'canary-match-3', 'canary-split']);
  });

  it('has the router that was asked for, and whoever moves its weights', () => {
    const said = [release('v2', 1, { weightsOwnedBy: 'Flagger' }), ownStatement({ routing: 'istio' })];
    expect(foldRoutes(cart, said)).toMatchObject({ routing: 'istio', weightsOwnedBy: 'Flagger', service: cart, path: cart.path });
  });

  it('is the same in whatever order it was said', () => {
    const said = [
      ownStatement({ timeoutMs: 9 }),
      release('v2', 10, { timeoutMs: 3 }),
      release('v3', 95),
      always('v2', header('x'), path('/a', 'Exact')),
      always('v3', path('/a'), header('x')),
      { ...always('v4', header('z')), versions: ['v4'] },
    ];
    const expected = JSON.stringify(foldRoutes(cart, said));
    const inAnyOrder = fc.shuffledSubarray(said, { minLength: said.length });
    fc.assert(
      fc.property(inAnyOrder, (order) => expect(JSON.stringify(foldRoutes(cart, order))).toBe(expected)),
      { numRuns: 100, seed: 7 },
    );
  });
});
