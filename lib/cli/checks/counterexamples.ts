import type { MeshDoor, MeshGraphEdge, MeshWay, RequestClass, VerdictObject } from 'istio-constructs';
import type { Counterexample } from './checked';
import type { Mesh } from './mesh';

/** What somebody may do. */
export function byWay(mesh: Mesh, to: string, { caller, callee, allowed, unknown }: MeshWay): Counterexample[] {
  return [...allowed, ...unknown].map((one) => ofClass([caller], callee, one, closingOf(mesh, to, caller, callee, one)));
}

/** What gets in by a door, or some of it. */
export function byDoor(door: MeshDoor, isMeant: (one: RequestClass) => boolean = () => true): Counterexample[] {
  return [...door.allowed, ...door.unknown].filter(isMeant).map((one) => ofClass(door.callers, door.callee, one, door.closedBy));
}

/** Calls that the graph has. */
export function byEdge(mesh: Mesh, to: string, edge: MeshGraphEdge): Counterexample {
  const { requests, decidedBy, unknown } = edge;
  return {
    callers: callersOf(mesh, edge),
    callee: to,
    requests: requests.join(' and '),
    example: exampleOf(mesh, to, requests),
    decidedBy: decidedBy
      .map((id) => mesh.graph.objects[id])
      .map(({ kind, namespaceName, name, file, line, column }) => ({ kind, namespaceName, name, file, line, column })),
    closedBy: unknown === undefined ? closingOfPlaintext(mesh, edge) : 'manifests that tell it',
    unknown,
  };
}

/** `Gateway edge/gateway`. */
export function titleOf({ kind, namespaceName, name }: Pick<VerdictObject, 'kind' | 'namespaceName' | 'name'>): string {
  return `${kind} ${[namespaceName, name].filter(Boolean).join('/')}`;
}

function ofClass(callers: readonly string[], callee: string, one: RequestClass, closedBy: string): Counterexample {
  const { text, example, decidedBy, unknown } = one;
  return { callers: [...callers], callee, requests: text, example, decidedBy: decidedBy ? [decidedBy] : [], closedBy, unknown };
}

function callersOf(mesh: Mesh, { caller, workloads, butNot }: MeshGraphEdge): string[] {
  if (workloads.length > 0) return [...workloads];
  const { kind, title, namespaceName, name } = mesh.nodeOf(caller);
  const who = kind === 'anybody' || kind === 'outside' ? title : [namespaceName, name].filter(Boolean).join('/');
  return [butNot.length > 0 ? `${who} (but not ${butNot.join(' and ')})` : who];
}

/** The graph has classes of requests in the same words. */
function exampleOf(mesh: Mesh, to: string, requests: readonly string[]): string | undefined {
  const classes = mesh.verdicts.waysTo(to).flatMap(({ allowed, unknown }) => [...allowed, ...unknown]);
  return classes.find(({ text }) => requests.includes(text))?.example;
}

/** As a door has it, where somebody whom nobody has named gets in alike; else fewer callers where a policy says who may. */
function closingOf(mesh: Mesh, to: string, caller: string, callee: string, { decidedBy }: RequestClass): string {
  const doors = mesh.doorsTo(to);
  const own = doors.find((door) => door.callers.includes(caller) && (callee === to || door.callee === callee));
  if (own) return own.closedBy;
  if (decidedBy && ['AuthorizationPolicy', 'NetworkPolicy'].includes(decidedBy.kind)) return `fewer callers in ${titleOf(decidedBy)}`;
  const alike = doors.filter(({ kind }) => kind === 'service' || kind === 'headless service');
  return (alike.find(({ mtls }) => mtls) ?? alike[0])?.closedBy ?? 'an AuthorizationPolicy that says who may call';
}

function closingOfPlaintext(mesh: Mesh, { callee }: MeshGraphEdge): string {
  const { plane, namespaceName, name } = mesh.nodeOf(callee);
  if (plane === 'none') return `a proxy for the pods of ${name}, which are outside the mesh`;
  return `mutual TLS that is STRICT, by a PeerAuthentication of namespace ${namespaceName}`;
}
