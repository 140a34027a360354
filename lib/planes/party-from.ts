import type { NamespaceState } from '../model/namespace-facts';
import type { Party, PartyFacts } from '../model/party';
import type { GuardedServices } from './ambient/guarded-services';

/** What follows for a party from all that was said. */
export type ServiceNames = GuardedServices & Pick<Party, 'serviceNames' | 'headless' | 'meshHosts' | 'pathRules' | 'knownAddresses'>;

/** A party with what follows. Written out, for objects that are copied key by key are slow to read, and rules read parties often. */
export const partyFrom = (facts: PartyFacts, namespace: NamespaceState, names: ServiceNames, wave?: number): Party =>
  Object.assign(said(facts, namespace), {
    waypoint: names.waypoint,
    serviceNames: names.serviceNames,
    headless: names.headless,
    guardedNames: names.guardedNames,
    isDialled: names.isDialled,
    meshHosts: names.meshHosts,
    pathRules: names.pathRules,
    knownAddresses: names.knownAddresses,
    wave,
  });

const said = (facts: PartyFacts, namespace: NamespaceState): Party => ({
  kind: facts.kind,
  key: facts.key,
  path: facts.path,
  site: facts.site,
  name: facts.name,
  namespaceName: facts.namespaceName,
  namespace,
  owned: facts.owned,
  ports: facts.ports,
  host: facts.host,
  principal: facts.principal,
  serviceAccountName: facts.serviceAccountName,
  podLabels: facts.podLabels,
  peersName: facts.peersName,
  addresses: facts.addresses,
  isAnywhere: facts.isAnywhere,
  isStraightOut: facts.isStraightOut,
  through: facts.through,
  probePorts: facts.probePorts,
  forwardsIdentity: facts.forwardsIdentity,
  ownWaypoint: facts.ownWaypoint,
  isGuarded: facts.isGuarded,
  otherNames: facts.otherNames,
  scope: facts.scope,
  cluster: facts.cluster,
  said: facts.said,
  networks: facts.networks,
});
