import type { ManyCallers } from '../../model/access/callers-facts';
import type { ForeignFacts, PartyFacts } from '../../model/party';
import type { Callers } from '../../values/access/callers';
import type { MeshGraph } from '../mesh-graph';
import { type MeshSettings, principalOf } from '../mesh-settings';

type Known = Pick<ForeignFacts, 'name' | 'namespaceName' | 'principal' | 'addresses' | 'isAnywhere'>;

/** Callers that a grant means together. Their namespace may still be declared later, and then that goes before what is said here. */
export function callersParty({ _facts: said }: Callers, graph: MeshGraph): PartyFacts {
  const key = `callers:${JSON.stringify(said)}`;
  const known = graph.parties.get(key);
  if (known) return known;
  const { namespaceName, ...facts } = knownOf(said, graph.useSettings());
  const mode = (said.in === 'namespace' ? said.mode : undefined) ?? 'unknown';
  return graph.addParty<ForeignFacts>({
    ...facts,
    kind: 'callers',
    key,
    path: key,
    namespaceName,
    namespace: { name: namespaceName, mode, zeroTrust: false, owned: false, enrolled: true },
    owned: false,
    ports: [],
    isGuess: true,
  });
}

// istiod adds aliases of the trust domain to principals of five parts, and to no others.
function knownOf(said: ManyCallers, settings: MeshSettings): Known {
  if (said.in === 'namespace') {
    return { name: `all of namespace ${said.name}`, namespaceName: said.name, principal: principalOf(settings, said.name, '*') };
  }
  if (said.in === 'addresses') {
    return { name: `whoever is at ${said.blocks.join(' or ')}`, namespaceName: '', addresses: said.blocks };
  }
  const isAnywhere = said.name !== settings.trustDomain;
  return { name: `all of trust domain ${said.name}`, namespaceName: '', principal: `${said.name}/*`, ...(isAnywhere && { isAnywhere }) };
}
