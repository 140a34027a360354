import type { Construct } from 'constructs';
import type { MeshGraph } from '../../graph/mesh-graph';
import { MeshError } from '../../support/mesh-error';
import { type DeclaredNamespace, requireSamePlane, setNamespace, tryNamespace } from './namespace-of';

/** Records a namespace, once; what was declared before in a chart of its name lives in it from now on. */
export function addNamespace(scope: Construct, graph: MeshGraph, declared: DeclaredNamespace): void {
  const { facts } = declared;
  const other = tryNamespace(scope, facts.name);
  if (other?.facts.enrolled) {
    throw new MeshError({
      code: 'MESH041',
      at: scope,
      what: 'a namespace is declared once',
      got: `${facts.name}, which ${other.facts.path} has declared already`,
      fix: 'drop one of them, or give it another name',
    });
  }
  if (other && !other.isGuess) requireSamePlane(scope, other, declared.dataPlane);
  graph.addNamespace(facts);
  setNamespace(scope, declared);
}
