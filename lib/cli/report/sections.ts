import type { MeshDoor, MeshGraph, MeshGraphEdge, MeshGraphNode, MeshGraphObject, Verdicts } from 'istio-constructs';
import { parse } from 'yaml';
import { complaintsOf } from '../complaint';

/** A part of the report: a table with its title. */
export interface Section {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Who may call whom, what is open, and what is an exception; parts in which nothing is are left out. */
export function sectionsOf(verdicts: Verdicts): Section[] {
  const { graph } = verdicts;
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const called = graph.nodes.filter(({ kind }) => kind === 'service' || kind === 'external');
  const parts = [
    { title: 'Namespaces', columns: ['namespace', 'data plane'], rows: graph.namespaces.map(({ name, plane }) => [name, plane]) },
    ...called.map((node) => callsTo(graph, nodes, node)),
    gatewaysOf(graph, nodes),
    openingsOf(verdicts, graph),
    exceptionsIn(verdicts, graph),
  ];
  return parts.filter(({ rows }) => rows.length > 0);
}

type Nodes = ReadonlyMap<string, MeshGraphNode>;

function callsTo(graph: MeshGraph, nodes: Nodes, { id, kind }: MeshGraphNode): Section {
  const rows = graph.edges.filter(({ callee }) => callee === id).map((edge) => callRow(graph, nodes, edge));
  const columns = ['who may call', 'port', 'requests', 'enforced by', 'mTLS', 'objects'];
  return { title: `Calls to ${kind === 'service' ? keyOf(id) : id}`, columns, rows };
}

function callRow(graph: MeshGraph, nodes: Nodes, edge: MeshGraphEdge): string[] {
  const { caller, workloads, butNot, port, protocol, requests, enforcedAt, mtls, decidedBy, unknown } = edge;
  const who = workloads.length > 0 ? workloads.join('\n') : nameOf(nodes.get(caller)!);
  return [
    butNot.length > 0 ? `${who}, but not ${butNot.join(', ')}` : who,
    `${port} (${protocol})`,
    [...requests, ...(unknown === undefined ? [] : [`nobody can tell: ${unknown}`])].join('\n'),
    enforcedAt === 'nothing' ? 'nobody' : enforcedAt,
    mtls,
    decidedBy.map((one) => placed(graph.objects[one])).join('\n'),
  ];
}

/** Hosts that gateways take from outside. */
function gatewaysOf(graph: MeshGraph, nodes: Nodes): Section {
  const entering = graph.edges.filter(({ caller }) => nodes.get(caller)!.kind === 'outside');
  const rows = entering.map(({ callee, port, protocol, requests, decidedBy, unknown }) => {
    const onwards = graph.edges.filter((edge) => edge.caller === callee).map((edge) => keyOf(edge.callee));
    return [
      keyOf(callee),
      `${port} (${protocol})`,
      requests.join('\n'),
      decidedBy.map((one) => placed(graph.objects[one])).join('\n') || (unknown === undefined ? 'nobody' : `nobody can tell: ${unknown}`),
      [...new Set(onwards)].join('\n'),
    ];
  });
  return { title: 'Gateways', columns: ['gateway', 'port', 'hosts', 'checked by', 'leads to'], rows };
}

function openingsOf(verdicts: Verdicts, graph: MeshGraph): Section {
  const services = graph.nodes.filter(({ kind }) => kind === 'service');
  const rows = services.flatMap(({ id }) => doorRows(verdicts, keyOf(id)));
  return { title: 'Openings', columns: ['where', 'who gets in', 'by', 'requests', 'protected', 'closed by'], rows };
}

function doorRows(verdicts: Verdicts, callee: string): string[][] {
  try {
    return verdicts.doorsTo(callee).map((door) => doorRow(callee, door));
  } catch (error) {
    const [why] = complaintsOf(error);
    if (why === undefined) throw error;
    return [[callee, 'nobody can tell', '', why, '', '']];
  }
}

function doorRow(callee: string, { kind, callers, callee: by, allowed, unknown, hasToken, mtls, closedBy }: MeshDoor): string[] {
  const requests = [...allowed.map(({ text }) => text), ...unknown.map((one) => `nobody can tell: ${one.unknown}`)];
  const protection = `${hasToken ? 'with' : 'without'} a token, ${mtls ? 'over mutual TLS' : 'in plaintext'}`;
  return [callee, callers.join('\n'), `${kind} ${by}`, requests.join('\n'), protection, closedBy];
}

/** What takes away from the rest: plaintext that is let in, policies that are only tried out, and what nobody reads here. */
function exceptionsIn({ source, assumptions }: Verdicts, graph: MeshGraph): Section {
  const rows = source.objects.flatMap((object) => exceptionsOf(object).map((what) => [titleOf(object), what, placeOf(object)]));
  const unread = graph.notRead.map((name) => [name, 'is not read, and may change what stands here', '']);
  return {
    title: 'Exceptions',
    columns: ['object', 'what it says', 'in'],
    rows: [...rows, ...unread, ...assumptions.map((text) => ['', text, ''])],
  };
}

interface Mode {
  readonly mode?: string;
}

function exceptionsOf({ kind, yaml }: MeshGraphObject): string[] {
  if (kind !== 'PeerAuthentication' && kind !== 'AuthorizationPolicy') return [];
  const { metadata, spec } = parse(yaml) as {
    readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
    readonly spec?: { readonly mtls?: Mode; readonly portLevelMtls?: Readonly<Record<string, Mode>> };
  };
  if (kind === 'AuthorizationPolicy') {
    const isTried = metadata?.annotations?.['istio.io/dry-run'] === 'true';
    return isTried ? ['is a dry run: proxies note what it would do, and do not do it'] : [];
  }
  const modes = [
    ['', spec?.mtls] as const,
    ...Object.entries(spec?.portLevelMtls ?? {}).map(([port, one]) => [` on port ${port}`, one] as const),
  ];
  return modes.flatMap(([where, one]) =>
    one?.mode === 'PERMISSIVE' || one?.mode === 'DISABLE' ? [`lets in callers without mutual TLS${where} (${one.mode})`] : [],
  );
}

function nameOf({ id, kind, title }: MeshGraphNode): string {
  return kind === 'anybody' || kind === 'outside' ? title : keyOf(id);
}

function keyOf(id: string): string {
  return id.slice(id.indexOf(' ') + 1);
}

function titleOf({ kind, namespaceName, name }: MeshGraphObject): string {
  return `${kind} ${[namespaceName, name].filter(Boolean).join('/')}`;
}

function placed(object: MeshGraphObject): string {
  const place = placeOf(object);
  return place === '' ? titleOf(object) : `${titleOf(object)} (${place})`;
}

function placeOf({ file, line }: MeshGraphObject): string {
  return [file, line].filter((part) => part !== undefined).join(':');
}
