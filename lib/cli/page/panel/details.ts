import { button, element } from '../dom';
import { nameOf } from '../filter';
import type { GraphEdge, GraphNode, MeshGraph } from '../mesh-graph';
import { MTLS } from '../view/line-text';
import { facts, manifests } from './manifests';

/** What the panel leads to. */
export interface Ways {
  /** To a thing on the map. */
  readonly show: (id: string) => void;
  /** To the form, with these ends in it. */
  readonly ask: (from: string, to: string) => void;
}

const PLANES: Readonly<Record<string, string>> = { sidecar: 'sidecar', ambient: 'ambient', none: 'outside the mesh' };

/** All about one who calls or is called. */
export function nodeDetails(graph: MeshGraph, node: GraphNode, ways: Ways): HTMLElement[] {
  const called = graph.edges.filter(({ callee }) => callee === node.id);
  const calls = graph.edges.filter(({ caller }) => caller === node.id);
  const open = called.some(({ whoever }) => whoever);
  return [
    element('h2', {}, nameOf(node)),
    ...(open ? [element('p', { class: 'warning' }, 'Open to anybody: some of its requests are let in whoever sends them.')] : []),
    facts([
      ['what it is', node.title],
      ['namespace', node.namespaceName],
      ['data plane', PLANES[node.plane] ?? node.plane],
    ]),
    ...callList(graph, 'Called by', called, 'caller', ways),
    ...callList(graph, 'Calls', calls, 'callee', ways),
    ...titled('Manifests', manifests(graph, node.objects)),
  ];
}

/** All about the calls between two. */
export function callDetails(graph: MeshGraph, edges: readonly GraphEdge[], ways: Ways): HTMLElement[] {
  const [{ caller, callee }] = edges;
  const isOne = edges.every((edge) => edge.caller === caller && edge.callee === callee);
  const heading = isOne ? `${titleOf(graph, caller)} → ${titleOf(graph, callee)}` : `${edges.length} calls`;
  return [element('h2', {}, heading), ...edges.flatMap((edge) => oneCall(graph, edge, isOne, ways))];
}

function oneCall(graph: MeshGraph, edge: GraphEdge, isOne: boolean, ways: Ways): HTMLElement[] {
  const { port, protocol, mtls, enforcedAt, shares, requests, whoever, decidedBy, routedBy, workloads, butNot, unknown } = edge;
  const ends = `${titleOf(graph, edge.caller)} → ${titleOf(graph, edge.callee)}, `;
  return [
    element('h3', {}, `${isOne ? '' : ends}${protocol} ${port}`),
    ...(whoever ? [element('p', { class: 'warning' }, 'Open to anybody: it is let in whoever sends it.')] : []),
    ...(unknown === undefined ? [] : [element('p', { class: 'verdict verdict-unclear' }, `Nobody can tell: ${unknown}`)]),
    facts([
      ['protocol', protocol],
      ['port', String(port)],
      ['from', workloads.join(', ')],
      ['but not', butNot.join(', ')],
      ['mTLS', MTLS[mtls]],
      ['enforced at', enforcedAt],
      ['shares', shares.map(({ workload, percent }) => `${percent} % ${workload}`).join(', ')],
    ]),
    ...list('Requests', requests),
    ...titled('What lets it in', manifests(graph, decidedBy, isOne)),
    ...titled('What routes it', manifests(graph, routedBy)),
    ...askButton(graph, edge, ways),
  ];
}

/** All of a namespace. */
export function namespaceDetails(graph: MeshGraph, name: string, isOpen: boolean, toggle: () => void, ways: Ways): HTMLElement[] {
  const inside = graph.nodes.filter(({ namespaceName }) => namespaceName === name);
  const plane = graph.namespaces.find((one) => one.name === name)?.plane ?? 'none';
  const links = inside.map((node) =>
    element(
      'li',
      {},
      button(node.name, () => ways.show(node.id), { class: 'link' }),
      ` ${node.kind}`,
    ),
  );
  return [
    element('h2', {}, `Namespace ${name}`),
    facts([['data plane', PLANES[plane]]]),
    button(isOpen ? 'Close it on the map' : 'Open it on the map', toggle),
    element('h3', {}, `In it: ${inside.length}`),
    element('ul', { class: 'calls' }, ...links),
  ];
}

function callList(graph: MeshGraph, title: string, edges: readonly GraphEdge[], end: 'caller' | 'callee', ways: Ways): HTMLElement[] {
  if (edges.length === 0) return [];
  const rows = edges.map((edge) => {
    const text = `${titleOf(graph, edge[end])}`;
    const more = ` ${edge.protocol} ${edge.port}, ${MTLS[edge.mtls]}${edge.whoever ? ', open to anybody' : ''}`;
    return element(
      'li',
      {},
      button(text, () => ways.show(edge.id), { class: 'link' }),
      more,
    );
  });
  return [element('h3', {}, title), element('ul', { class: 'calls' }, ...rows)];
}

function list(title: string, texts: readonly string[]): HTMLElement[] {
  if (texts.length === 0) return [];
  return [element('h4', {}, title), element('ul', { class: 'requests' }, ...texts.map((text) => element('li', {}, text)))];
}

function titled(title: string, under: readonly HTMLElement[]): HTMLElement[] {
  return under.length === 0 ? [] : [element('h4', {}, title), ...under];
}

export function titleOf({ nodes }: MeshGraph, id: string): string {
  const node = nodes.find((one) => one.id === id);
  return node ? nameOf(node) : id;
}

/** Only about whom a question can name. */
function askButton({ nodes }: MeshGraph, { caller, callee, port, workloads }: GraphEdge, ways: Ways): HTMLElement[] {
  const [from, to] = [caller, callee].map((id) => nodes.find((node) => node.id === id));
  const asked = workloads[0] ?? (from && callerName(from));
  if (asked === undefined || !to) return [];
  return [button('Ask about this call', () => ways.ask(asked, `${nameOf(to)}:${port}`), { class: 'quiet' })];
}

function callerName(node: GraphNode): string | undefined {
  if (node.kind === 'anybody') return node.namespaceName === undefined ? undefined : `pod:${node.namespaceName}`;
  return node.kind === 'outside' ? undefined : nameOf(node);
}
