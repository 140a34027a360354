import type { IConstruct } from 'constructs';
import { guard } from '../../assembly/guard';
import { MeshGraph } from '../../graph/mesh-graph';
import { lookBeside } from './look-beside';
import { lateNamespaces, putNamespacesFirst } from './order/namespaces-first';

/** The graph of a construct's App; on first use the rules are set to run when the App is synthesized. */
export function joinApp(scope: IConstruct): MeshGraph {
  guard(scope);
  const graph = MeshGraph.of(scope);
  graph.lookBeside = () => lookBeside(scope.node.root, graph);
  graph.putInOrder = () => putNamespacesFirst(scope.node.root);
  graph.lateNamespaces = () => lateNamespaces(scope.node.root);
  return graph;
}
