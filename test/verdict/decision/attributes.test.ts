import type { Access } from '../../../lib/verdict/decision/access';
import { conditionOf, OPERATION_FIELDS, SOURCE_FIELDS } from '../../../lib/verdict/decision/attributes';

const ACCESS: Access = {
  principal: 'cluster.local/ns/shop/sa/web',
  sourceAddress: '10.0.0.1',
  clientAddress: '203.0.113.9',
  destinationAddress: '10.0.0.2',
  port: 8080,
  http: {
    method: 'GET',
    path: '/items/1?x=1',
    host: 'cart.shop',
    headers: { 'x-team': 'web' },
    token: { issuer: 'id', subject: 'ann', audiences: ['shop'], claims: { role: ['clerk'], nested: { team: 'a' } } },
  },
};
const holds = (key: string, value: string, access: Access = ACCESS) => conditionOf(key).matches(value, access, 'shop');

describe('a condition', () => {
  it.each([
    ['source.ip', '10.0.0.0/8', true],
    ['source.namespace', 'shop', true],
    ['source.principal', '*/sa/web', true],
    ['source.serviceAccount', 'web', true],
    ['source.serviceAccount', 'bank/web', false],
    ['source.trustDomain', 'cluster.local', true],
    ['remote.ip', '203.0.113.9', true],
    ['destination.ip', '10.0.0.1', false],
    ['destination.port', '8080', true],
    ['request.headers[X-Team]', 'w*', true],
    ['request.auth.principal', 'id/ann', true],
    ['request.auth.principal', 'id/*', true],
    ['request.auth.principal', 'id/a*', true],
    ['request.auth.principal', '*', true],
    ['request.auth.principal', '*/ann', true],
    ['request.auth.principal', '*d/ann', true],
    ['request.auth.principal', '*nn', true],
    ['request.auth.principal', 'i*', true],
    ['request.auth.principal', 'id', false],
    ['request.auth.principal', 'i/*', false],
    ['request.auth.audiences', 'shop', true],
    ['request.auth.claims[role]', 'clerk', true],
    ['request.auth.claims[nested][team]', 'a', true],
    ['request.auth.claims[nested][none]', 'a', false],
  ])('is asked of a request: %s is %s', (key, value, expected) => {
    expect(holds(key, value)).toBe(expected);
  });

  it.each([
    ['https://id.example.com/*', 'https://id.example.com/evil', 'ann', false],
    ['https://id.example.com/*', 'https://id.example.com', 'ann', true],
    ['https://id.example.com/*', 'https://id.example.com', undefined, false],
    ['https://id.example.com//*', 'https://id.example.com/', 'ann', true],
  ])('%s about users of %s, %s: %s', (value, issuer, subject, expected) => {
    const access = { ...ACCESS, http: { ...ACCESS.http!, token: { issuer, subject } } };
    expect(holds('request.auth.principal', value, access)).toBe(expected);
  });

  it('about HTTP does not hold where bytes are read', () => {
    expect(holds('request.headers[x-team]', '*', { ...ACCESS, http: undefined })).toBe(false);
  });

  it('about the server that TLS asks for holds where a connection says which that is', () => {
    const access = { ...ACCESS, sni: 'api.example.com' };
    expect([holds('connection.sni', '*.example.com', access), holds('connection.sni', 'b.example.com', access)]).toEqual([true, false]);
  });

  it.each(['request.weather', 'connection.sni', 'experimental.envoy.filters[a]', 'request.headers[]', ''])(
    'that nobody here knows is unknown: %s',
    (key) => {
      expect(holds(key, 'a')).toBeUndefined();
    },
  );
});

describe('a field', () => {
  it('says who reads it', () => {
    expect(OPERATION_FIELDS.paths).toMatchObject({ isHttp: true, inZtunnel: 'unsupported' });
    expect(SOURCE_FIELDS.principals).toMatchObject({ isHttp: false, inZtunnel: 'read' });
    expect(SOURCE_FIELDS.trustDomains.inZtunnel).toBe('overlooked');
  });
});
