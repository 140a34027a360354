import type { Home } from '../model/namespace-facts';
import type { Party } from '../model/party';
import type { ServiceIdentity } from '../values/access/service-identity';
import type { MeshRegistry } from './mesh-registry';
import { principalOf } from './mesh-settings';

/** A caller known by its ServiceAccount alone. Its namespace may still be declared later, so where it lives is asked late. */
export function identityParty(identity: ServiceIdentity, registry: MeshRegistry): Party {
  const { namespaceName, serviceAccountName } = identity;
  const key = `identity:${namespaceName}/${serviceAccountName}:${identity.dataPlane?._facts.mode ?? ''}:${JSON.stringify(identity.podLabels ?? {})}`;
  const known = registry.parties.get(key);
  if (known) return known;

  const elsewhere = homeElsewhere(identity);
  const party: Party = {
    kind: 'identity',
    key,
    path: key,
    name: `${namespaceName}/${serviceAccountName}`,
    namespaceName,
    serviceAccountName,
    owned: false,
    ports: [],
    principal: principalOf(registry.settings, namespaceName, serviceAccountName),
    podLabels: identity.podLabels,
    get home() {
      return registry.homes.get(namespaceName) ?? elsewhere;
    },
  };
  registry.addParty(party);
  return party;
}

function homeElsewhere({ namespaceName, dataPlane }: ServiceIdentity): Home {
  return { name: namespaceName, mode: dataPlane?._facts.mode ?? 'unknown', zeroTrust: false, owned: false, enrolled: true };
}
