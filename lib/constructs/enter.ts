import type { IConstruct } from 'constructs';
import { MeshRegistry } from '../access/mesh-registry';
import { guard } from '../assembly/guard';

/** The registry of a construct's App; on first use the rules are set to run when the App is synthesized. */
export function enter(scope: IConstruct): MeshRegistry {
  guard(scope.node.root);
  return MeshRegistry.of(scope);
}
