import type { NamespaceState } from '../../model/namespace-facts';
import type { Party, PartyFacts } from '../../model/party';
import { planeOf } from '../plane-of';
import { whereaboutsOf } from './external-protocols';

type NamesOutside = Pick<Party, 'waypoint' | 'guardedNames' | 'meshHosts' | 'knownAddresses'>;

/** How somebody is known to proxies whose pods this program does not make. */
export function namesOutside(facts: PartyFacts, namespace: NamespaceState): NamesOutside {
  const { kind, isStraightOut, through, host, name, otherNames } = facts;
  const { waypoint } = namespace;
  const { routesAtWaypoint, namesHaveAddresses } = planeOf(namespace);
  const isByRoute = through !== undefined && !routesAtWaypoint;
  return {
    waypoint: isStraightOut ? undefined : waypoint,
    guardedNames: otherNames && [name, ...otherNames],
    meshHosts: isByRoute ? [host!, through.host] : undefined,
    knownAddresses: kind === 'external' ? whereaboutsOf(facts, waypoint !== undefined, namesHaveAddresses).addresses : undefined,
  };
}
