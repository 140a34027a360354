import type { IConstruct } from 'constructs';
import { MeshRegistry } from '../../graph/mesh-registry';
import { guard } from '../../assembly/guard';

/** The registry of a construct's App; on first use the rules are set to run when the App is synthesized. */
export function joinApp(scope: IConstruct): MeshRegistry {
  guard(scope.node.root);
  return MeshRegistry.of(scope);
}
