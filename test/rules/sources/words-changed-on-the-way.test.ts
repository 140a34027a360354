import { Condition, DataPlane, HttpAccess, MeshNamespace, RequestMatch, RequestRouting } from 'istio-constructs';
import { findingCodes, newChart, service } from '../../builders';

const ACME = { conditions: [Condition.header('X-Tenant', 'acme')] };
const HOSTS = { http: [HttpAccess.of({ hosts: ['cart.example.com'] })] };

interface Said {
  readonly asks: object;
  readonly shaping?: object;
  readonly rule?: object;
  readonly of?: DataPlane;
}

function codesOf({ asks, shaping = {}, rule, of = DataPlane.sidecar() }: Said): string[] {
  const chart = newChart();
  const shop = new MeshNamespace(chart, 'shop', { dataPlane: of });
  const cart = service(shop, 'cart', shaping);
  service(shop, 'web').calls(cart, asks);
  if (rule) new RequestRouting(shop, 'routes', { service: cart, rules: [{ match: [RequestMatch.pathPrefix('/v1')], ...rule }] });
  return findingCodes(chart).filter((code) => code === 'MESH262');
}

describe('MESH262', () => {
  it.each([
    ['sets', { set: { 'x-tenant': 'acme' } }],
    ['adds to', { add: { 'X-Tenant': 'acme' } }],
    ['takes away', { remove: ['x-tenant'] }],
  ])('stops a grant by a header that the route of the callee %s', (_, requestHeaders) => {
    expect(codesOf({ asks: ACME, shaping: { requestHeaders } })).toEqual(['MESH262']);
    expect(codesOf({ asks: ACME, rule: { requestHeaders } })).toEqual(['MESH262']);
  });

  it('stops a grant by hosts where a rule writes another one', () => {
    expect(codesOf({ asks: HOSTS, rule: { rewrite: { authority: 'cart.example.com' } } })).toEqual(['MESH262']);
  });

  it('takes other headers, other words of the request, and a waypoint, which looks before it routes', () => {
    const requestHeaders = { set: { 'x-tenant': 'acme' } };
    expect(codesOf({ asks: ACME, shaping: { requestHeaders: { set: { 'x-shard': '1' } } } })).toEqual([]);
    expect(codesOf({ asks: HOSTS, shaping: { requestHeaders } })).toEqual([]);
    expect(codesOf({ asks: ACME, shaping: { requestHeaders }, of: DataPlane.ambient() })).toEqual([]);
  });
});
