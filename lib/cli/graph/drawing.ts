import type { MeshGraph, MeshGraphEdge, MeshGraphNode } from 'istio-constructs';
import { aboutEdge, joinedRows, NOBODY_KNOWS, type Protection, protectionOf, sharesRow } from './words';

/** What is to be drawn, whoever draws it. Ids are those of the graph: they are names, and no format's words. */
export interface Drawing {
  readonly boxes: readonly Box[];
  readonly items: readonly Item[];
  readonly arrows: readonly Arrow[];
}

/** A namespace around its items. */
export interface Box {
  readonly name: string;
  readonly plane: string;
}

/** Somebody, or a namespace that is closed. */
export interface Item {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly subtitle: string;
  /** Name of the box that it is in. */
  readonly box?: string;
  /** Who may call it without an arrow: anybody, and it itself. */
  readonly rows: readonly string[];
  /** All of it in a line. */
  readonly about: string;
}

/** Calls from one item to another. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly rows: readonly string[];
  readonly protection: Protection;
  /** What each of them is. */
  readonly about: readonly string[];
}

// Beyond that a picture of everything can be read by nobody.
const MOST_AT_ONCE = 45;

/** Names of the namespaces that are open where nobody says it. */
export function openAtFirst({ nodes, namespaces }: MeshGraph): ReadonlySet<string> {
  return new Set(nodes.length <= MOST_AT_ONCE ? namespaces.map(({ name }) => name) : []);
}

/** The picture of a graph, in which namespaces that are not open are an item each. */
export function drawingOf(graph: MeshGraph, open: ReadonlySet<string>): Drawing {
  const placeOf = new Map(graph.nodes.map((node) => [node.id, isClosed(node, open) ? closedId(node.namespaceName!) : node.id]));
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const rows = new Map<string, MeshGraphEdge[]>();
  const lines = new Map<string, MeshGraphEdge[]>();
  for (const edge of graph.edges) {
    const [from, to] = [placeOf.get(edge.caller)!, placeOf.get(edge.callee)!];
    if (isAnybody(nodes.get(edge.caller)!)) add(rows, to, edge);
    else if (from !== to) add(lines, JSON.stringify([from, to]), edge);
    else if (from === edge.caller) add(rows, to, edge);
  }
  const shown = graph.nodes.filter((node) => !isClosed(node, open) && !isAnybody(node));
  const closed = graph.namespaces.filter(({ name }) => !open.has(name) && graph.nodes.some(({ namespaceName }) => namespaceName === name));
  return {
    boxes: graph.namespaces.filter(({ name }) => shown.some(({ namespaceName }) => namespaceName === name)),
    items: [
      ...closed.map((namespace) => closedItem(graph, namespace, nodes, rows.get(closedId(namespace.name)) ?? [])),
      ...shown.map((node) => itemOf(node, nodes, rows.get(node.id) ?? [])),
    ],
    arrows: [...lines].map(([key, edges]) => arrowOf(key, edges)),
  };
}

function add(groups: Map<string, MeshGraphEdge[]>, key: string, edge: MeshGraphEdge): void {
  const group = groups.get(key);
  if (group) group.push(edge);
  else groups.set(key, [edge]);
}

function isClosed({ namespaceName }: MeshGraphNode, open: ReadonlySet<string>): boolean {
  return namespaceName !== undefined && !open.has(namespaceName);
}

/** Whoever is in no namespace has no place, and would have an arrow to everything. */
function isAnybody({ kind, namespaceName }: MeshGraphNode): boolean {
  return kind === 'anybody' && namespaceName === undefined;
}

function closedId(namespace: string): string {
  return `namespace ${namespace}`;
}

const KINDS: Readonly<Record<string, string>> = {
  service: 'service',
  workload: 'workload',
  gateway: 'gateway',
  external: 'external host',
  outside: 'whoever comes in',
  anybody: 'whoever it is',
};

const IN_PODS: readonly string[] = ['service', 'workload'];

function itemOf({ id, kind, name, namespaceName, plane, title }: MeshGraphNode, nodes: Nodes, edges: readonly MeshGraphEdge[]): Item {
  const subtitle = `${KINDS[kind] ?? kind}${IN_PODS.includes(kind) ? `, ${planeText(plane)}` : ''}`;
  const rows = [...byCaller(edges, nodes)].flatMap(([crowd, some]) => [`${crowd}: ${rowText(some)}`, ...new Set(some.flatMap(sharesRow))]);
  return { id, kind, title: name, subtitle, box: namespaceName, rows, about: [title, ...aboutAll(edges, nodes)].join('\n') };
}

type Nodes = ReadonlyMap<string, MeshGraphNode>;

function byCaller(edges: readonly MeshGraphEdge[], nodes: Nodes): Map<string, MeshGraphEdge[]> {
  const groups = new Map<string, MeshGraphEdge[]>();
  for (const edge of edges) add(groups, edge.caller === edge.callee ? 'itself' : nodes.get(edge.caller)!.name, edge);
  return groups;
}

function rowText(edges: readonly MeshGraphEdge[]): string {
  const ports = [...new Set(edges.map(({ protocol, port }) => `${protocol} ${port}`))].join(', ');
  const [, mtls] = joinedRows([...edges, ...edges]);
  const butNot = new Set(edges.flatMap((edge) => edge.butNot)).size;
  const isUnclear = edges.some(({ unknown }) => unknown !== undefined);
  return [`${ports}, ${mtls}`, butNot > 0 ? `but ${butNot}` : '', isUnclear ? NOBODY_KNOWS : ''].filter(Boolean).join(', ');
}

function aboutAll(edges: readonly MeshGraphEdge[], nodes: Nodes): string[] {
  return edges.map((edge) => aboutEdge(nodes.get(edge.caller)!.name, edge.callee, edge));
}

function closedItem({ nodes: all, edges }: MeshGraph, { name, plane }: Box, nodes: Nodes, called: readonly MeshGraphEdge[]): Item {
  const counts = new Map<string, number>();
  for (const node of all)
    if (node.namespaceName === name && node.kind !== 'anybody') counts.set(node.kind, (counts.get(node.kind) ?? 0) + 1);
  const inside = edges.filter(({ caller, callee }) => [caller, callee].every((id) => nodes.get(id)?.namespaceName === name)).length;
  const told = [...counts].map(([kind, count]) => counted(count, KINDS[kind] ?? kind));
  const rows = [...byCaller(called, nodes)].map(
    ([crowd, some]) => `${crowd}: ${counted(new Set(some.map(({ callee }) => callee)).size, 'of them', '')}`,
  );
  return {
    id: closedId(name),
    kind: 'namespace',
    title: name,
    subtitle: [...told, planeText(plane)].join(', '),
    rows: [...(inside > 0 ? [`${counted(inside, 'call')} within`] : []), ...rows],
    about: `namespace ${name}`,
  };
}

function counted(count: number, word: string, plural = 's'): string {
  return `${count} ${word}${count === 1 ? '' : plural}`;
}

function planeText(plane: string): string {
  return plane === 'none' ? 'outside the mesh' : plane;
}

function arrowOf(key: string, edges: readonly MeshGraphEdge[]): Arrow {
  const [from, to] = JSON.parse(key) as [string, string];
  const protection = (['no', 'unclear', 'tls'] as const).find((word) => edges.some((edge) => protectionOf(edge) === word)) ?? 'yes';
  return { from, to, rows: joinedRows(edges), protection, about: edges.map((edge) => aboutEdge(edge.caller, edge.callee, edge)) };
}
