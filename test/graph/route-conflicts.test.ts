import { conflictsIn, untoldIn } from '../../lib/graph/route-conflicts';
import type { RouteStatement } from '../../lib/model/route';
import { always, cart, header, ownStatement, path, release } from './route-statements';

const said = (...statements: RouteStatement[]) => conflictsIn([ownStatement(), ...statements]).map((conflict) => conflict.said);

const timed = (where: string, timeoutMs: number, ...matches: RouteStatement['matches'] & object): RouteStatement => ({
  service: cart.key,
  by: 'fault',
  path: where,
  timeoutMs,
  matches: matches.length > 0 ? matches : undefined,
});

describe('two that shape the traffic of one service', () => {
  it('agree while each takes its own share, up to all there is', () => {
    expect(said(release('v2', 10), release('v3', 5))).toEqual([]);
    expect(said(release('v2', 60), release('v3', 40))).toEqual([]);
  });

  it('conflict where they take more than all requests', () => {
    expect(said(release('v2', 60), release('v3', 41))).toEqual(['v2: 60 % + v3: 41 %']);
    expect(said(release('v2', 40), release('v3', 40), release('v4', 40))).toHaveLength(1);
  });

  it('conflict where one of them gives all requests to one version, be it the stable one, and the other takes a share', () => {
    const all = (live: string, idle: string): RouteStatement => {
      const shares = [live, idle].map((version, index) => ({ version, weight: index === 0 ? 100 : 0 }));
      return { ...release('v2', 0), by: 'blue-green', shares };
    };
    const conflicts = (...statements: RouteStatement[]) => conflictsIn([ownStatement(), ...statements]);
    const what = 'together they share out more than all requests';
    expect(conflicts(all('v1', 'v2'), release('v3', 10))).toMatchObject([{ what, said: 'v1: 100 %, v2: 0 % + v3: 10 %' }]);
    expect(conflicts(all('v2', 'v1'), release('v3', 10))).toMatchObject([{ what, said: 'v2: 100 %, v1: 0 % + v3: 10 %' }]);
    expect(conflicts(all('v1', 'v2'), release('v3', 0))).toEqual([]);
  });

  it('name the two that take shares, not one between them that takes none', () => {
    const found = conflictsIn([ownStatement(), release('v2', 60), release('v3', 0), release('v4', 50)]);
    expect(found).toMatchObject([{ said: 'v2: 60 % + v4: 50 %', first: { path: 'shop/v2' }, second: { path: 'shop/v4' } }]);
  });

  it('name both of them, so that a report can show where', () => {
    const [first, second] = [release('v2', 60), release('v3', 41)];
    expect(conflictsIn([first, second])).toMatchObject([{ first: { path: 'shop/v2' }, second: { path: 'shop/v3' } }]);
  });

  it('conflict where they send the same requests to different versions', () => {
    expect(said(always('v2', header('x')), always('v3', header('x')))).toEqual(['v2: 100 % and v3: 100 %']);
    expect(said(always('v2', header('x')), always('v3', header('y')))).toEqual([]);
    expect(said(always('v2', path('/a')), always('v3', path('/a', 'Exact')))).toEqual([]);
  });

  it('conflict where they have one of several matches in common, in whatever order', () => {
    expect(said(always('v2', header('x'), header('y')), always('v3', header('y'), header('x')))).toHaveLength(1);
    expect(said(always('v2', header('x'), header('y')), always('v3', path('/a'), header('y')))).toHaveLength(1);
  });

  it('agree where they send the same requests to the same version, or only one of them sends them anywhere', () => {
    expect(said(always('v2', header('x')), { ...always('v2', header('x')), path: 'shop/other' })).toEqual([]);
    expect(said(always('v2', header('x')), timed('shop/fault', 3, header('x')))).toEqual([]);
  });

  it('conflict where they say one feature of the same requests with different values', () => {
    expect(said(timed('a', 3), timed('b', 4))).toEqual(['3 and 4']);
    expect(said(timed('a', 3, header('x')), timed('b', 4, header('x')))).toEqual(['3 and 4']);
    expect(said(timed('a', 3), timed('b', 3))).toEqual([]);
  });

  it('agree where one speaks of all requests and the other of some, whose word is the narrower one', () => {
    expect(said(timed('a', 3), timed('b', 4, header('x')))).toEqual([]);
    expect(said(timed('a', 3, header('x')), timed('b', 4, header('y')))).toEqual([]);
  });

  it('conflict where both make pods of one version', () => {
    expect(said(release('v2', 1), release('v2', 1, { path: 'shop/again' }))).toEqual(['v2']);
  });

  it('conflict where the weights of one route would be moved by two', () => {
    expect(said(release('v2', 1, { weightsOwnedBy: 'Flagger' }), release('v3', 1))).toEqual(['Flagger and this program']);
    expect(said(...['v2', 'v3'].map((version) => release(version, 1, { weightsOwnedBy: 'Flagger' })))).toEqual([]);
  });

  it('are no conflict while one of them is alone', () => {
    expect([conflictsIn([]), conflictsIn([release('v2', 100)])]).toEqual([[], []]);
  });

  // Istio refuses a route with an answer of the proxy's own beside what it sends on.
  it('conflict where one answers the requests that the other sends on or changes', () => {
    const says = (parts: Partial<RouteStatement>): RouteStatement => ({
      service: cart.key,
      by: 'routing',
      path: 'a',
      matches: [path('/a')],
      ...parts,
    });
    const redirect = says({ redirect: { statusCode: 302, host: 'a.com' } });
    const other = { path: 'b' };
    expect(said(redirect, says({ ...other, rewrite: { authority: 'b' } }))).toEqual(['redirect and rewrite']);
    expect(said(redirect, says({ ...other, fault: { delay: { ms: 1, percentage: 100 } } }))).toEqual(['redirect and fault']);
    expect(said(says({ ...other, directResponse: { status: 503 } }), redirect)).toEqual(['direct response and redirect']);
    expect(said(redirect, { ...always('v2', path('/a')), ...other })).toEqual(['redirect and v2: 100 %']);
    expect(
      said(redirect, says({ ...other, timeoutMs: 3 }), says({ path: 'c', matches: [path('/c')], rewrite: { authority: 'b' } })),
    ).toEqual([]);
  });
});

describe('two about requests that no route can name', () => {
  const containing = (text: string) => ({
    headers: [{ name: 'x', type: 'RegularExpression', value: `.*${text}.*` } as const],
    queryParams: [],
  });
  const both = (one: RouteStatement, other: RouteStatement) => untoldIn([one, other]);

  it('are told of, the one that holds first', () => {
    const [wide, narrow] = [always('v2', containing('a')), timed('shop/b', 5, { ...containing('b'), method: 'GET' })];
    expect(both(wide, narrow)).toMatchObject([{ said: 'x: .*a.* and x: .*b.*', first: { path: 'shop/b' }, second: { path: 'shop/v2' } }]);
    expect(both(always('v2', containing('a')), always('v3', containing('b')))).toMatchObject([{ first: { path: 'shop/v2' } }]);
  });

  it('are told of where cookies are the header that another asks for', () => {
    const cookie = { headers: [], queryParams: [], cookies: [{ name: 'c', value: '1' }] };
    const said = both(
      always('v2', cookie),
      timed('shop/b', 5, { ...containing('a'), headers: [{ ...containing('a').headers[0], name: 'cookie' }] }),
    );
    expect(said.map((one) => one.said)).toEqual(['cookie c: 1 and cookie: .*a.*']);
  });

  it('are not where they say the same, are one construct’s, or share nothing', () => {
    const [one, other] = [containing('a'), containing('b')];
    expect(both(always('v2', one), { ...always('v2', other), path: 'shop/other' })).toEqual([]);
    expect(both(always('v2', one), { ...always('v3', other), path: 'shop/v2' })).toEqual([]);
    expect(both(always('v2', one), always('v3', header('x', 'c')))).toEqual([]);
  });
});
