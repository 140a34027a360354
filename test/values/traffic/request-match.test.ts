import { DataPlane, RequestMatch } from 'istio-constructs';
import { canary, shop, spec } from '../../builders';
import { expectRefusal } from '../../support/refusal';

type Route = { readonly match?: object; readonly matches?: object };

/** What the first route of cart asks of a request. */
function matchOf(kind: 'VirtualService' | 'HTTPRoute', match: RequestMatch): unknown {
  const { chart, cart } = shop({ dataPlane: kind === 'VirtualService' ? DataPlane.sidecar() : DataPlane.ambient() });
  canary(cart, { match: [match] });
  const { http, rules } = spec(chart, kind, 'cart') as { readonly http?: Route[]; readonly rules?: Route[] };
  return http ? http[0].match : rules![0].matches;
}

const ANY_PATH = { type: 'PathPrefix', value: '/' };
const COOKIE = '^(.*; ?)?group=beta\\.1(;.*)?$';

describe('RequestMatch', () => {
  it.each([
    ['header', RequestMatch.header('X-Canary', 'true'), [{ headers: { 'x-canary': { exact: 'true' } } }]],
    ['cookie', RequestMatch.cookie('group', 'beta.1'), [{ headers: { cookie: { regex: COOKIE } } }]],
    ['query parameter', RequestMatch.queryParam('Beta', '1'), [{ queryParams: { Beta: { exact: '1' } } }]],
    ['exact path', RequestMatch.path('/cart/beta'), [{ uri: { exact: '/cart/beta' } }]],
    ['path prefix, by path parts', RequestMatch.pathPrefix('/cart'), [{ uri: { exact: '/cart' } }, { uri: { prefix: '/cart/' } }]],
    [
      'path prefix with a slash at its end',
      RequestMatch.pathPrefix('/cart/'),
      [{ uri: { exact: '/cart' } }, { uri: { prefix: '/cart/' } }],
    ],
    ['prefix of all paths', RequestMatch.pathPrefix('/'), [{ uri: { prefix: '/' } }]],
  ])('tells requests by %s in a VirtualService', (_, match, expected) => {
    expect(matchOf('VirtualService', match)).toEqual(expected);
  });

  it.each([
    ['header', RequestMatch.header('X-Canary', 'true'), { path: ANY_PATH, headers: [{ type: 'Exact', name: 'x-canary', value: 'true' }] }],
    [
      'cookie',
      RequestMatch.cookie('group', 'beta.1'),
      { path: ANY_PATH, headers: [{ type: 'RegularExpression', name: 'cookie', value: COOKIE }] },
    ],
    [
      'query parameter',
      RequestMatch.queryParam('Beta', '1'),
      { path: ANY_PATH, queryParams: [{ type: 'Exact', name: 'Beta', value: '1' }] },
    ],
    ['exact path', RequestMatch.path('/cart/beta'), { path: { type: 'Exact', value: '/cart/beta' } }],
    ['path prefix', RequestMatch.pathPrefix('/cart'), { path: { type: 'PathPrefix', value: '/cart' } }],
  ])('tells requests by %s in an HTTPRoute, always with a path', (_, match, expected) => {
    expect(matchOf('HTTPRoute', match)).toEqual([expected]);
  });

  it.each([
    ['group=beta.1', true],
    ['a=b; group=beta.1', true],
    ['a=b;group=beta.1; c=d', true],
    ['group=beta.10', false],
    ['group=betax1', false],
    ['subgroup=beta.1', false],
  ])('reads the cookie header %p: %p', (header, expected) => {
    expect(new RegExp(COOKIE).test(header)).toBe(expected);
  });

  it('keeps the slash at the end of an exact path, which is another path', () => {
    expect(matchOf('VirtualService', RequestMatch.path('/'))).toEqual([{ uri: { exact: '/' } }]);
    expect(matchOf('VirtualService', RequestMatch.path('/cart/'))).toEqual([{ uri: { exact: '/cart/' } }]);
  });

  it.each(['', 'cart', '/cart/*', '/cart?x=1', '/cart#top', '/my cart', '/a//b', '/a/../b', '/ü', '/x{y}'])(
    'fails for the path %p',
    (path) => {
      const refusal = { code: 'MESH006', path: 'RequestMatch', fix: '/cart', got: path };
      expectRefusal(() => RequestMatch.path(path), refusal);
      expectRefusal(() => RequestMatch.pathPrefix(path), refusal);
    },
  );

  it.each(['', 'x canary', 'x:canary', 'x=y', 'é'])('fails for the name %p', (name) => {
    const refusal = { code: 'MESH007', path: 'RequestMatch', got: name };
    expectRefusal(() => RequestMatch.header(name, '1'), { ...refusal, fix: 'header name' });
    expectRefusal(() => RequestMatch.cookie(name, '1'), { ...refusal, fix: 'cookie name' });
    expectRefusal(() => RequestMatch.queryParam(name, '1'), { ...refusal, fix: 'query parameter' });
  });

  it('fails for a path with an encoded slash', () => {
    const refusal = { code: 'MESH069', path: 'RequestMatch', fix: 'as a prefix', got: '/a%2fb' };
    expectRefusal(() => RequestMatch.path('/a%2fb'), refusal);
    expectRefusal(() => RequestMatch.pathPrefix('/a%2fb'), refusal);
  });

  // As many as the API server takes.
  it.each<[string, number, (text: string) => RequestMatch]>([
    ['a path', 1023, (text) => RequestMatch.path(`/${text}`)],
    ['a path', 1023, (text) => RequestMatch.pathPrefix(`/${text}`)],
    ['a header name', 256, (text) => RequestMatch.header(text, '1')],
    ['a value of x-user', 4096, (text) => RequestMatch.header('X-User', text)],
    ['a query parameter', 256, (text) => RequestMatch.queryParam(text, '1')],
    ['a value of q', 1024, (text) => RequestMatch.queryParam('q', text)],
    ['the pattern for a cookie', 4096 - '^(.*; ?)?a=(;.*)?$'.length, (text) => RequestMatch.cookie('a', text)],
    ['a cookie name', 256, (text) => RequestMatch.cookie(text, '1')],
  ])('fails for %s of more than %i characters', (what, most, make) => {
    expect(() => make('a'.repeat(most))).not.toThrow();
    expectRefusal(() => make('a'.repeat(most + 1)), { code: 'MESH070', path: 'RequestMatch', fix: 'shorter', got: '' });
    expect(() => make('a'.repeat(most + 1))).toThrow(`RequestMatch: ${what} by which requests are told apart has at most `);
  });

  it('fails without a value', () => {
    const refusal = { code: 'MESH039', path: 'RequestMatch', fix: 'give the value', got: "''" };
    expectRefusal(() => RequestMatch.header('x-canary', ''), refusal);
    expectRefusal(() => RequestMatch.queryParam('q', ''), refusal);
  });

  it('fails for matches that no request has at once, and for a method that no route knows', () => {
    const refusal = { path: 'RequestMatch', code: 'MESH093', fix: 'one match for each header' };
    const groups = ['a', 'b'].map((group) => RequestMatch.header('x-group', group));
    expectRefusal(() => RequestMatch.all(groups), { ...refusal, got: 'x-group: a and x-group: b' });
    expectRefusal(() => RequestMatch.all([]), { ...refusal, got: 'matches: []' });
    expectRefusal(() => RequestMatch.httpMethod('get'), { path: 'RequestMatch', code: 'MESH094', fix: 'in capital letters', got: 'get' });
  });
});
