import type { Construct } from 'constructs';
import type { MeshGraph } from '../../graph/mesh-graph';
import type { NamespaceFacts } from '../../model/namespace-facts';
import { MeshError } from '../../support/mesh-error';

/** Records a namespace, once. */
export function addNamespace(scope: Construct, graph: MeshGraph, facts: NamespaceFacts): void {
  const other = graph.namespaces.get(facts.name);
  if (other?.enrolled) {
    throw new MeshError({
      code: 'MESH041',
      at: scope,
      what: 'a namespace is declared once',
      got: `${facts.name}, which ${other.path} has declared already`,
      fix: 'drop one of them, or give it another name',
    });
  }
  if (other) {
    throw new MeshError({
      code: 'MESH014',
      at: scope,
      what: 'a namespace is declared before anything that lives in it',
      got: `${facts.name}, which ${other.path || 'a chart'} uses already`,
      fix: 'declare it first, and put services inside the construct that declares it',
    });
  }
  graph.addNamespace(facts);
}
