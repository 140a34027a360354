import type { PartyFacts } from '../model/party';
import { ordersOf, wavesOf } from '../planes/migrating/waves';
import type { MeshGraph } from './mesh-graph';

/** In which wave the workloads of a program move, of all namespaces that are on their way; by key. */
export function wavesIn(graph: MeshGraph, hasOwnPods: (party: PartyFacts) => boolean): ReadonlyMap<string, number> {
  const moving = [...graph.parties.values()].filter((party) => hasOwnPods(party) && graph.namespaces.get(party.namespaceName)?.migration);
  return moving.length === 0 ? new Map() : wavesOf(moving, ordersOf(graph.calls));
}
