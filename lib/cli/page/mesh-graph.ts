import type {
  MeshGraph,
  MeshGraphEdge as GraphEdge,
  MeshGraphNode as GraphNode,
  MeshGraphObject as GraphObject,
  MeshSource,
} from 'istio-constructs';

export type { GraphEdge, GraphNode, GraphObject, MeshGraph, MeshSource };
