import type { Part } from './filter';
import type { GraphEdge, GraphNode, MeshGraph } from './mesh-graph';

/** Something with a place on the map: who calls or is called, or a namespace that is closed. */
export interface Item {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly subtitle: string;
  readonly namespace?: string;
  readonly node?: GraphNode;
  /** Whether somebody whom nobody knows may call it. */
  readonly isOpenToAnybody: boolean;
}

/** All calls from one item to another. */
export interface Line {
  readonly id: string;
  readonly caller: string;
  readonly callee: string;
  readonly edges: readonly GraphEdge[];
}

export interface Visible {
  readonly items: readonly Item[];
  readonly lines: readonly Line[];
  /** Namespaces that are open. */
  readonly boxes: MeshGraph['namespaces'];
}

/** What stands on the map while these namespaces are open. */
export function visibleOf({ namespaces }: MeshGraph, { nodes, edges }: Part, open: ReadonlySet<string>): Visible {
  const isInside = ({ namespaceName }: GraphNode): boolean => namespaceName !== undefined && !open.has(namespaceName);
  const placeOf = new Map(nodes.map((node) => [node.id, isInside(node) ? closedId(node.namespaceName!) : node.id]));
  const targets = new Set(edges.filter(({ whoever }) => whoever).map(({ callee }) => callee));
  const shown = nodes.filter((node) => !isInside(node)).map((node) => itemOf(node, targets.has(node.id)));
  const closed = namespaces.filter(({ name }) => !open.has(name)).map((namespace) => closedItem(namespace, nodes, targets));
  return {
    items: [...closed.flatMap((item) => item ?? []), ...shown],
    lines: linesOf(edges, placeOf),
    boxes: namespaces.filter(({ name }) => open.has(name) && shown.some(({ namespace }) => namespace === name)),
  };
}

export function closedId(namespace: string): string {
  return `namespace ${namespace}`;
}

function itemOf(node: GraphNode, isOpenToAnybody: boolean): Item {
  const { id, kind, name, namespaceName, plane } = node;
  const subtitle = `${KINDS[kind] ?? kind}${plane === 'none' && INSIDE.includes(kind) ? ', no mesh' : ''}`;
  return { id, kind, title: name, subtitle, namespace: namespaceName, node, isOpenToAnybody };
}

const INSIDE: readonly string[] = ['service', 'workload'];

const KINDS: Readonly<Record<string, string>> = {
  service: 'service',
  gateway: 'gateway',
  workload: 'workload',
  external: 'external host',
  outside: 'whoever comes in',
  anybody: 'whoever it is',
};

function closedItem(
  { name, plane }: MeshGraph['namespaces'][number],
  nodes: readonly GraphNode[],
  targets: ReadonlySet<string>,
): Item | undefined {
  const inside = nodes.filter(({ namespaceName }) => namespaceName === name);
  if (inside.length === 0) return undefined;
  const subtitle = `${counted(inside)}, ${plane === 'none' ? 'no mesh' : plane}`;
  return { id: closedId(name), kind: 'namespace', title: name, subtitle, isOpenToAnybody: inside.some(({ id }) => targets.has(id)) };
}

function counted(nodes: readonly GraphNode[]): string {
  const services = nodes.filter(({ kind }) => kind === 'service').length;
  const [count, word] = services > 0 ? [services, 'service'] : [nodes.length, nodes[0].kind];
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** Calls inside a closed namespace are not shown. */
function linesOf(edges: readonly GraphEdge[], placeOf: ReadonlyMap<string, string>): Line[] {
  const lines = new Map<string, { readonly caller: string; readonly callee: string; readonly edges: GraphEdge[] }>();
  for (const edge of edges) {
    const [caller, callee] = [placeOf.get(edge.caller), placeOf.get(edge.callee)];
    if (caller === undefined || callee === undefined || (caller === callee && caller !== edge.caller)) continue;
    const id = `${caller} -> ${callee}`;
    if (!lines.has(id)) lines.set(id, { caller, callee, edges: [] });
    lines.get(id)!.edges.push(edge);
  }
  return [...lines].map(([id, line]) => ({ id, ...line }));
}
