import type { NamespaceState } from '../../model/namespace-facts';
import type { Party, PartyFacts } from '../../model/party';
import type { NamesThere } from '../../model/written/written-mesh';
import { planeOf } from '../plane-of';
import { whereaboutsOf } from './external-protocols';

type NamesOutside = Pick<Party, 'waypoint' | 'knownAddresses' | keyof NamesThere>;

/** How somebody is known to proxies whose pods this program does not make. */
export function namesOutside(facts: PartyFacts, namespace: NamespaceState): NamesOutside {
  const { kind, isStraightOut, through, host, name, otherNames, said } = facts;
  const { waypoint } = namespace;
  const { routesAtWaypoint, namesHaveAddresses } = planeOf(namespace);
  const isByRoute = through !== undefined && !routesAtWaypoint;
  return {
    waypoint: isStraightOut ? undefined : waypoint,
    guardedNames: otherNames && [name, ...otherNames],
    meshHosts: isByRoute ? [host!, through.host] : undefined,
    knownAddresses: kind === 'external' ? whereaboutsOf(facts, waypoint !== undefined, namesHaveAddresses).addresses : undefined,
    ...said?.names,
  };
}
