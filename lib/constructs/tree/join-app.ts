import type { IConstruct } from 'constructs';
import { guard } from '../../assembly/guard';
import { MeshGraph } from '../../graph/mesh-graph';

/** The graph of a construct's App; on first use the rules are set to run when the App is synthesized. */
export function joinApp(scope: IConstruct): MeshGraph {
  guard(scope);
  return MeshGraph.of(scope);
}
