import type { Party } from '../../../lib/model/party';
import { plainOutside } from '../../../lib/rules/outside/plain-outside';
import { call, findings, HTTP, namespace, namespaceState, need, other, service } from '../model-builder';

const BEGUN = { ...HTTP, number: 80, targetPort: 443, origination: {} };
const ambient = service('web', { namespace: namespaceState('shop', 'ambient') });
const host = (parts: Partial<Party> = {}) =>
  other('external', 'rates', { host: 'rates.example.com', ports: [BEGUN], owned: true, ...parts });
const straight = (caller: Party) => ({ hops: [{ from: { key: caller.key }, to: { world: true }, networkPorts: [443] }] });
const byWaypoint = {
  hops: [
    { from: { key: ambient.key }, to: { key: 'waypoint' }, networkPorts: [15008] },
    { from: { key: 'waypoint' }, to: { world: true }, networkPorts: [443] },
  ],
};
const gateway = other('gateway', 'edge', { namespace: namespaceState('shop', 'ambient') });
const unmeshed = { namespace: namespaceState('egress', 'unknown'), namespaceName: 'egress', owned: false };
const inAmbient = { namespace: namespaceState('egress', 'ambient'), namespaceName: 'egress' };

describe(plainOutside.title, () => {
  it.each([
    ['a caller with a sidecar, which begins it', [call(service('web'), host(), straight(service('web')))]],
    ['a gateway, which begins it', [call(gateway, host(), straight(gateway))]],
    ['a call through a waypoint', [call(ambient, host(), byWaypoint)]],
    ['TLS of the application itself', [call(ambient, host({ ports: [{ ...BEGUN, origination: undefined }] }), straight(ambient))]],
    ['a refusal', [call(ambient, host(), { ...straight(ambient), action: 'DENY' as const })]],
  ])('takes %s', (_, calls) => {
    expect(findings(plainOutside, { calls })).toEqual([]);
  });

  it('takes a caller that moves where a waypoint stands before the host, and fails it before it moves where none does', () => {
    const moving = service('web', { namespace: namespaceState('shop', 'sidecar', { migration: { wave: 0 } }) });
    const both = { hops: [...straight(moving).hops, ...byWaypoint.hops] };
    expect(findings(plainOutside, { calls: [call(moving, host(inAmbient), both)] })).toEqual([]);
    expect(findings(plainOutside, { calls: [call(moving, host(inAmbient), straight(moving))] })).toHaveLength(1);
  });

  it('leaves it to the namespace to tell that its waypoint is missing', () => {
    const namespaces = [namespace('egress', 'ambient', { httpNeeds: [need(ambient.path)] })];
    expect(findings(plainOutside, { calls: [call(ambient, host(inAmbient), straight(ambient))], namespaces })).toEqual([]);
  });

  it.each([
    ['in a namespace in sidecar mode', {}, 'in a namespace in ambient mode'],
    ['of another program, of which no waypoint is named', unmeshed, 'name the waypoint of egress'],
    ['that no waypoint can stand before', { ...inAmbient, isStraightOut: true }, 'one by one'],
    ['in a namespace without a waypoint', inAmbient, 'let egress have a waypoint'],
  ])('fails for a host %s', (_, parts, fix) => {
    expect(findings(plainOutside, { calls: [call(ambient, host(parts), straight(ambient))] })).toMatchObject([
      { on: { path: 'shop/web' }, got: expect.stringContaining('on port 443'), fix: expect.stringContaining(fix) },
    ]);
  });
});
