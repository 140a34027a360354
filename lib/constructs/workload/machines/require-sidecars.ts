import type { Construct } from 'constructs';
import type { MeshGraph } from '../../../graph/mesh-graph';
import { planeOf } from '../../../planes/plane-of';
import { MeshError } from '../../../support/mesh-error';

/** The proxy of a machine is a sidecar, and so is what its namespace is for; a construct may declare that later. */
export function requireSidecars(at: Construct, graph: MeshGraph, namespaceName: string): void {
  const { mode, migration } = graph.namespaces.get(namespaceName)!;
  if (planeOf({ mode }).podsHoldProxies && !migration) {
    graph.onNamespace(namespaceName, () => requireSidecars(at, graph, namespaceName));
    return;
  }
  throw new MeshError({
    code: 'MESH951',
    at,
    what: 'what Istio has for machines is a sidecar: there is no ztunnel for them, and no waypoint stands before what they call',
    got: `machines in namespace ${namespaceName}, ${migration ? 'which moves to ambient mode' : 'which is in ambient mode'}`,
    fix: 'declare them in a namespace of their own with DataPlane.sidecar(): services in ambient mode call them, and they call these',
  });
}
