import type { Construct } from 'constructs';
import { MeshGraph } from '../../graph/mesh-graph';
import { settledOf } from '../../graph/settle';
import type { ProxyNeeds } from '../../model/infrastructure-facts';
import { planeOf } from '../../planes/plane-of';
import type { DeclaredNamespace } from './namespace-of';

/** What the proxies of a namespace exchange packets with, as it follows from the whole program: also which of their backends are reached by a tunnel, and which istiod is theirs. */
export function proxyNeedsOf(scope: Construct, { infrastructure }: DeclaredNamespace): ProxyNeeds {
  const telemetryBackends = infrastructure.telemetryBackends.map((backend) => ({
    ...backend,
    isTunnelled: isInAmbient(scope, backend.namespaceName),
  }));
  const role = MeshGraph.of(scope).controlPlane?.role;
  return { ...infrastructure, telemetryBackends, ...(role?.isRemote && { discoveryAddress: role.discoveryAddress }) };
}

/** Whether pods of a namespace are in ambient mode, by what is said of it, or of somebody in it. */
function isInAmbient(scope: Construct, namespaceName: string): boolean {
  const [graph, settled] = [MeshGraph.of(scope), settledOf(scope)];
  const declared = graph.namespaces.get(namespaceName);
  const states = [...(declared ? [declared] : []), ...graph.partiesIn(namespaceName).map((party) => settled.stateOf(party))];
  return states.some((state) => planeOf(state).comparesIdentities);
}
