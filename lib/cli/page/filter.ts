import type { GraphEdge, GraphNode, MeshGraph } from './mesh-graph';

/** What somebody wants to see of a mesh; what is not said does not matter. */
export interface Filter {
  readonly namespace?: string;
  readonly protocol?: string;
  readonly mtls?: string;
  /** Calls alone that anybody may make. */
  readonly openToAnybody?: boolean;
}

export interface Part {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** What of a mesh a filter lets through: calls, whoever takes part in them, and all of a namespace that is asked for. */
export function partOf({ nodes, edges }: MeshGraph, { namespace, protocol, mtls, openToAnybody }: Filter): Part {
  if (!namespace && !protocol && !mtls && !openToAnybody) return { nodes, edges };
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const isIn = (id: string): boolean => byId.get(id)?.namespaceName === namespace;
  const kept = edges.filter(
    (edge) =>
      (!namespace || isIn(edge.caller) || isIn(edge.callee)) &&
      (!protocol || edge.protocol === protocol) &&
      (!mtls || edge.mtls === mtls) &&
      (!openToAnybody || edge.whoever),
  );
  const ends = new Set(kept.flatMap(({ caller, callee }) => [caller, callee]));
  const isWhole = !protocol && !mtls && !openToAnybody;
  return { edges: kept, nodes: nodes.filter(({ id, namespaceName: own }) => ends.has(id) || (isWhole && own === namespace)) };
}

/** Whose name a text is a part of, the best first. */
export function namedLike(nodes: readonly GraphNode[], text: string): GraphNode[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const fits = nodes.filter((node) => words.every((word) => nameOf(node).toLowerCase().includes(word)));
  const rank = ({ name }: GraphNode): number => (name.toLowerCase().startsWith(words[0]) ? 0 : 1);
  return fits.sort((one, other) => rank(one) - rank(other) || one.name.length - other.name.length || (one.id < other.id ? -1 : 1));
}

const NAMED: readonly string[] = ['service', 'gateway', 'workload'];

/** `shop/cart`, or the host of what is outside. */
export function nameOf({ kind, namespaceName, name }: GraphNode): string {
  return namespaceName === undefined || !NAMED.includes(kind) ? name : `${namespaceName}/${name}`;
}
