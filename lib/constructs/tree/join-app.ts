import type { IConstruct } from 'constructs';
import { guard } from '../../assembly/guard';
import { MeshGraph } from '../../graph/mesh-graph';
import { needsBeside } from './needs-beside';

/** The graph of a construct's App; on first use the rules are set to run when the App is synthesized. */
export function joinApp(scope: IConstruct): MeshGraph {
  guard(scope);
  const graph = MeshGraph.of(scope);
  graph.look = () => needsBeside(scope.node.root, graph);
  return graph;
}
