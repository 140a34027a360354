import { addressBehindWaypoint } from '../../../lib/rules/sources/address-behind-waypoint';
import { call, findings, namespace, namespaceState, other, service, waypointOf } from '../model-builder';

const office = other('callers', 'office', { name: 'whoever is at 10.0.0.0/8', principal: undefined, addresses: ['10.0.0.0/8'] });
const guarded = service('product', { namespace: namespaceState('shop', 'ambient', { waypoint: waypointOf('shop') }) });
const plain = service('product', { namespace: namespaceState('shop', 'ambient') });
const meshed = service('product');

describe(addressBehindWaypoint.title, () => {
  it('takes them where the pods’ own proxy decides', () => {
    const calls = [
      call(office, plain),
      call(office, plain, { action: 'DENY' }),
      call(office, meshed),
      call(office, meshed, { action: 'DENY' }),
    ];
    expect(findings(addressBehindWaypoint, { calls, namespaces: [namespace('shop', 'sidecar')] })).toEqual([]);
  });

  it('takes those that connect to the pods themselves, and callers with an identity', () => {
    const calls = [call(office, guarded, { toPods: true }), call(service('cart'), guarded)];
    expect(findings(addressBehindWaypoint, { calls })).toEqual([]);
  });

  it('fails a grant behind a waypoint', () => {
    expect(findings(addressBehindWaypoint, { calls: [call(office, guarded)] })).toMatchObject([
      { got: 'a grant that lets nobody in', fix: expect.stringContaining('Waypoint.NEVER') as string },
    ]);
  });

  it('fails a refusal behind a waypoint, and at a sidecar that others reach by a tunnel', () => {
    const calls = [call(office, guarded, { action: 'DENY' }), call(office, meshed, { action: 'DENY' })];
    const found = findings(addressBehindWaypoint, { calls, namespaces: [namespace('far', 'ambient')] });
    expect(found.map(({ got }) => got)).toEqual(['a refusal that some pass by', 'a refusal that some pass by']);
  });

  it('fails for a host outside the mesh', () => {
    expect(findings(addressBehindWaypoint, { calls: [call(office, other('external', 'api'))] })).toMatchObject([
      { fix: 'name the callers' },
    ]);
  });
});
