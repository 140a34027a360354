import type { IConstruct } from 'constructs';
import type { MeshGraph } from '../../../graph/mesh-graph';
import { principalOf } from '../../../graph/mesh-settings';
import type { IstioPodsFacts } from '../../../model/edge/istio-gateway';
import type { ForeignFacts, PartyFacts } from '../../../model/party';
import { CallSite } from '../../../support/call-site';

interface Named {
  readonly name: string;
  /** Where the gateway is declared, or made by another program. */
  readonly namespaceName: string;
  readonly keyPrefix: string;
}

/** A gateway on pods that somebody else installed: its identity and its place are theirs. */
export function istioParty(
  at: IConstruct,
  graph: MeshGraph,
  { name, namespaceName: home, keyPrefix }: Named,
  pods: IstioPodsFacts,
): PartyFacts | ForeignFacts {
  const { namespaceName = home, serviceAccountName, podLabels } = pods;
  return {
    kind: 'gateway',
    key: `${keyPrefix}:${home}/${name}`,
    path: at.node.path,
    site: CallSite.here(),
    name,
    namespaceName,
    owned: true,
    ports: [],
    serviceAccountName,
    principal: principalOf(graph.useSettings(), namespaceName, serviceAccountName),
    podLabels,
    isIstioGateway: true,
  };
}

/** The same where the program may know nothing of the namespace of the pods. */
export function foreignParty(party: PartyFacts): ForeignFacts {
  const { namespaceName: name } = party;
  return { ...party, owned: false, namespace: { name, mode: 'unknown', zeroTrust: false, owned: false, enrolled: true }, isGuess: true };
}
