import type { ForeignFacts, PartyFacts } from '../model/party';
import type { ServiceIdentity } from '../values/access/service-identity';
import type { MeshGraph } from './mesh-graph';
import { principalOf } from './mesh-settings';

/** A caller known by its ServiceAccount alone. Its namespace may still be declared later, and then that goes before what is said here. */
export function identityParty(identity: ServiceIdentity, graph: MeshGraph): PartyFacts {
  const { namespaceName, serviceAccountName, dataPlane, podLabels } = identity;
  const key = `identity:${namespaceName}/${serviceAccountName}:${dataPlane?._facts.mode ?? ''}:${JSON.stringify(podLabels ?? {})}`;
  const known = graph.parties.get(key);
  if (known) return known;
  const facts: ForeignFacts = {
    kind: 'identity',
    key,
    path: key,
    name: `${namespaceName}/${serviceAccountName}`,
    namespaceName,
    serviceAccountName,
    owned: false,
    ports: [],
    principal: principalOf(graph.useSettings(), namespaceName, serviceAccountName),
    podLabels,
    namespace: { name: namespaceName, mode: dataPlane?._facts.mode ?? 'unknown', zeroTrust: false, owned: false, enrolled: true },
    isGuess: true,
  };
  return graph.addParty(facts);
}
