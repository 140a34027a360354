import { whereaboutsOf } from '../../../lib/planes/outside/external-protocols';
import { HTTP, other, TCP } from '../../rules/model-builder';

const TLS = { ...TCP, name: 'tls', number: 443, targetPort: 443, appProtocol: 'tls' };
const addresses = ['10.20.0.0/24'];
const host = (parts: object) => other('external', 'host', { host: 'api.example.com', ports: [TLS], ...parts });

describe('where a host is', () => {
  it.each([
    ['a name', host({}), { resolution: 'DNS' }],
    ['a name with addresses, told apart by TLS', host({ addresses }), { resolution: 'DNS' }],
    ['a name with addresses, whose bytes have no name', host({ addresses, ports: [TCP] }), { resolution: 'NONE', addresses }],
    ['a name without addresses, whose bytes have no name', host({ ports: [TCP] }), { resolution: 'DNS' }],
    // Without a look-up nobody would find the port where TLS is spoken.
    ['the same beside TLS by a proxy', host({ addresses, ports: [TCP, { ...HTTP, origination: {} }] }), { resolution: 'DNS' }],
    ['a wildcard', host({ host: '*.example.com' }), { resolution: 'NONE' }],
    ['addresses alone', host({ addresses, ports: [TCP], isStraightOut: true }), { resolution: 'NONE', addresses }],
  ])('is said for sidecars: %s', (_, party, expected) => {
    expect(whereaboutsOf(party, false, false)).toEqual(expected);
  });

  it.each([
    ['bytes, for each name has an address of its own', host({ addresses, ports: [TCP] }), { resolution: 'DNS' }],
    ['a wildcard whose requests are read', host({ host: '*.example.com', ports: [HTTP] }), { resolution: 'DYNAMIC_DNS' }],
    ['a wildcard whose requests are not', host({ host: '*.example.com' }), { resolution: 'NONE' }],
  ])('is said for a waypoint: %s', (_, party, expected) => {
    expect(whereaboutsOf(party, true, true)).toEqual(expected);
  });
});
