import { pathLike } from '../../../inquiry/sample-lines';
import { isAmong, isNamedBy, isToldByAddress } from '../../../model/access/many-callers';
import type { HttpPart } from '../../../model/http-part';
import type { CallModel } from '../../../model/mesh-model';
import type { Party } from '../../../model/party';
import type { CallThere, SaidElsewhere } from '../../../model/written/written-mesh';
import { pathMatches, textMatches } from '../../../verdict/decision/text-match';

/** What the program of a callee says of its caller here. */
export function saidOfCaller({ callsTo }: SaidElsewhere, caller: Party, action: CallThere['action']): CallThere[] {
  return callsTo.filter((one) => one.action === action && isMeant(one, caller));
}

/** What is said there of all requests, or of all that are said here, refuses them whatever else allows them. */
export function refusalThere(said: SaidElsewhere, call: CallModel): CallThere | undefined {
  return saidOfCaller(said, call.caller, 'DENY').find((one) => covers(one, call));
}

/**
 * Whether it is let in there. A call that names neither a port nor requests says that it calls, and not what: any grant will do. One that names them is let in if each of
 * them is. Tokens, headers and addresses narrow a grant further, which a call says nowhere.
 */
export function isAllowedThere(said: SaidElsewhere, call: CallModel): boolean {
  if (!said.isClosed) return true;
  const grants = saidOfCaller(said, call.caller, 'ALLOW').filter((one) => !isPastWaypoint(call) || one.toPods === true);
  if (!call.http && isWhole(call)) return grants.length > 0;
  const asked = call.http ?? [ANY];
  return call.ports.every(({ number }) => {
    const here = grants.filter(({ ports }) => ports.some((port) => port.number === number));
    return call.http ? asked.every((part) => pairsOf(part).every((pair) => here.some((one) => has(one, pair)))) : here.length > 0;
  });
}

const ANY: HttpPart = { methods: [], paths: [] };

// Whom a grant tells by address may be anybody; whether a refusal means this one nobody knows.
function isMeant({ caller, excepted = [], action }: CallThere, one: Party): boolean {
  if (excepted.some(({ principal }) => isNamedBy(principal, one.principal))) return false;
  return isToldByAddress(caller) ? action === 'ALLOW' : isAmong(one, caller);
}

// A grant to callers of a Service is none to those who connect to pods, where a waypoint stands between.
function isPastWaypoint({ toPods = false, callee }: CallModel): boolean {
  return toPods && callee.waypoint !== undefined;
}

function isWhole({ ports, callee }: CallModel): boolean {
  return ports.length === callee.ports.length;
}

function covers(one: CallThere, { ports, http }: CallModel): boolean {
  const isAtAll = ports.every(({ number }) => one.ports.some((port) => port.number === number));
  return isAtAll && (!one.http || (http ?? [ANY]).every((part) => pairsOf(part).every((pair) => has(one, pair))));
}

/** Each method with each path. */
function pairsOf({ methods, paths, hosts }: HttpPart): HttpPart[] {
  const [each, every] = [methods, paths].map((list) => (list.length > 0 ? list.map((one) => [one]) : [[]]));
  return each.flatMap((method) => every.map((path) => ({ methods: method, paths: path, hosts })));
}

function has({ http }: CallThere, asked: HttpPart): boolean {
  return !http || http.some((part) => isWithin(asked, part));
}

function isWithin(
  { methods: [method], paths: [path], hosts: asked }: HttpPart,
  { methods, paths, hosts, notPaths = [] }: HttpPart,
): boolean {
  const isMethod = methods.length === 0 || (method !== undefined && methods.includes(method));
  const isPath = paths.length === 0 || paths.some((one) => isPathWithin(path ?? '*', one));
  const isHost = !hosts || (asked?.every((one) => hosts.some((host) => textMatches(host, one))) ?? true);
  return isMethod && isPath && isHost && !notPaths.some((one) => path !== undefined && isPathWithin(path, one));
}

// A pattern is within another one if a path like it is, and the other one is as open at the ends.
function isPathWithin(path: string, outer: string): boolean {
  if (path === outer || outer === '*' || outer === '/*') return true;
  const isOpen = (end: 'startsWith' | 'endsWith'): boolean => !path[end]('*') || outer[end]('*') || outer.includes('{**}');
  return isOpen('startsWith') && isOpen('endsWith') && pathMatches(outer, pathLike(path));
}
