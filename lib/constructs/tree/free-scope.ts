import type { Construct } from 'constructs';
import { MeshError } from '../../support/mesh-error';
import { CONSTRUCT, TEXT } from '../../support/options/kind';
import { requireArguments } from '../../support/options/require-options';

/** The scope itself, if it has room for a construct of this id. */
export function freeScope(scope: Construct, id: string): Construct {
  requireArguments('a new construct', { scope }, { scope: CONSTRUCT });
  requireArguments(scope, { id }, { id: TEXT });
  if (!scope.node.tryFindChild(id)) return scope;
  throw new MeshError({
    code: 'MESH036',
    at: scope,
    what: 'each construct in a scope has an id of its own',
    got: `a second ${id}`,
    fix: 'give one of them another id; where the objects shall have the same name in two namespaces, set name',
  });
}
