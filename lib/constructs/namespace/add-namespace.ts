import type { Construct } from 'constructs';
import type { MeshGraph } from '../../graph/mesh-graph';
import type { NamespaceFacts } from '../../model/namespace-facts';
import { MeshError } from '../../support/mesh-error';

/** Records a namespace, once. */
export function addNamespace(scope: Construct, graph: MeshGraph, facts: NamespaceFacts): void {
  const other = graph.namespaces.get(facts.name);
  if (other) {
    throw new MeshError({
      code: 'MESH014',
      at: scope,
      what: 'a namespace is declared once, before anything that lives in it',
      got: `${facts.name}, which ${other.path || 'a chart'} has declared or uses already`,
      fix: 'declare it first, and put services inside the construct that declares it',
    });
  }
  graph.addNamespace(facts);
}
