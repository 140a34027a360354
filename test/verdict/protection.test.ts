import { decideWay } from '../../lib/verdict/decide';
import { inside, isMutual } from '../../lib/verdict/protection';
import { AMBIENT, BEHIND_WAYPOINT, CART, cluster, get, namespace, plaintext, SIDECAR, waypoint, deployment } from './fixtures';

const hopsOf = (labels: string, request = get(), ...pieces: string[]) =>
  decideWay(cluster(namespace('shop', labels), CART, deployment('web', 'web', 'v1'), ...pieces), request).hops;

describe('connections on a way', () => {
  it.each([
    ['sidecars', SIDECAR],
    ['ztunnel', AMBIENT],
  ])('are mutual TLS between %s', (_, labels) => {
    expect(isMutual(hopsOf(labels))).toBe(true);
  });

  it('are each asked about, through a waypoint too', () => {
    const hops = hopsOf(BEHIND_WAYPOINT, get(), waypoint('service'));
    expect([inside(hops).length, isMutual(hops)]).toEqual([2, true]);
  });

  it('are not mutual TLS from who has no identity, and where there are none', () => {
    expect([isMutual(hopsOf(SIDECAR, get({ from: plaintext }))), isMutual([])]).toEqual([false, false]);
  });
});
