import type { NamespaceModel } from '../../model/mesh-model';
import { rule } from '../rule';

export const sharedWaypoint = rule({
  code: 'MESH129',
  level: 'error',
  title: 'waypoint shared between a closed and an open namespace',

  check({ namespaces }, report) {
    for (const guest of namespaces) {
      const home = namespaces.find(({ name }) => name === guest.waypointHome);
      if (!home || !guest.waypoint || openness(home) === openness(guest)) continue;
      const isOpen = openness(home) !== CLOSED;
      report({
        on: guest,
        message: isOpen
          ? `${guest.name} shares the waypoint of ${home.name}, which refuses nothing: whoever no policy names gets through it to the Services of ${guest.name}`
          : `${guest.name} shares the waypoint of ${home.name}, which refuses whatever nothing allows, also for the Services of ${guest.name}`,
        got: `${guest.name}: ${openness(guest)}; ${home.name}: ${openness(home)}`,
        fix: 'make both a ZeroTrustNamespace at one stage, or both a MeshNamespace; or give each a waypoint of its own',
      });
    }
  },
});

const CLOSED = 'closed';

function openness({ zeroTrust, stage }: NamespaceModel): string {
  return zeroTrust ? CLOSED : (stage ?? 'open');
}
