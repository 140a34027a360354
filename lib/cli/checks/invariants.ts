import { objectText, together } from '../formats/people';
import type { Invariant, Placed } from '../inputs/rule';
import type { Checked, Counterexample, Wrong } from './checked';
import { byDoor, byEdge, byWay, titleOf } from './counterexamples';
import type { Mesh } from './mesh';

const OUTSIDE = 'outside';
const NO_POLICY = 'nothing: no policy is in the way';

/** Whether something holds for all requests to a service. */
export function asAlways(mesh: Mesh, rule: Invariant & Placed): Checked {
  const { to, onlyFrom, neverFrom, gateways, connections } = rule;
  const wrong = [
    ...(onlyFrom ? told(to, '', othersThan(mesh, to, onlyFrom)) : []),
    ...(neverFrom === undefined ? [] : told(to, '', thoseOf(mesh, to, [neverFrom].flat()))),
    ...(gateways ? told(to, ' without a token', withoutToken(mesh, to)) : []),
    ...(connections ? told(to, ' without mutual TLS', inPlaintext(mesh, to)) : []),
  ];
  return { rule, wrong, isUnclear: wrong.some(({ counterexample }) => counterexample?.unknown !== undefined) };
}

function othersThan(mesh: Mesh, to: string, callers: readonly string[]): Counterexample[] {
  return mesh.verdicts.waysTo(to, ...callers).flatMap((way) => byWay(mesh, to, way));
}

function thoseOf(mesh: Mesh, to: string, callers: readonly string[]): Counterexample[] {
  const named = callers.filter((caller) => caller !== OUTSIDE);
  const others = new Set(named.length > 0 ? mesh.verdicts.waysTo(to, ...named).map(({ caller }) => caller) : []);
  const ways = named.length > 0 ? mesh.verdicts.waysTo(to).filter(({ caller }) => !others.has(caller)) : [];
  return [...(named.length < callers.length ? fromOutside(mesh, to) : []), ...ways.flatMap((way) => byWay(mesh, to, way))];
}

function fromOutside(mesh: Mesh, to: string): Counterexample[] {
  const doors = mesh.doorsTo(to).filter(({ kind }) => kind === 'gateway' || kind === 'outer port');
  return [...doors.flatMap((door) => byDoor(door)), ...unseenGateways(mesh, to)];
}

function withoutToken(mesh: Mesh, to: string): Counterexample[] {
  const doors = mesh.doorsTo(to).filter(({ kind }) => kind === 'gateway');
  const found = doors.flatMap((door) => {
    const at = door.madeBy ? ` at ${titleOf(door.madeBy)}` : '';
    const closedBy = `a RequestAuthentication, and an AuthorizationPolicy that asks for requestPrincipals,${at}`;
    return byDoor({ ...door, closedBy }, ({ tokens }) => tokens.length === 0 || tokens.includes('no token'));
  });
  return [...found, ...unseenGateways(mesh, to)];
}

/** By its own name as the graph has it, which asks for each request; by others as the doors are. */
function inPlaintext(mesh: Mesh, to: string): Counterexample[] {
  const edges = mesh.edgesTo(to).filter(({ mtls }) => mtls !== 'yes');
  const doors = mesh.doorsTo(to).filter(({ kind, mtls }) => !mtls && ['outer port', 'other service', 'pod address'].includes(kind));
  return [...edges.map((edge) => byEdge(mesh, to, edge)), ...doors.flatMap((door) => byDoor(door))];
}

/** Gateways whose pods no manifest has: nobody can tell what they let in. */
function unseenGateways(mesh: Mesh, to: string): Counterexample[] {
  const edges = mesh.edgesTo(to).filter(({ caller, unknown }) => unknown !== undefined && mesh.nodeOf(caller).kind === 'gateway');
  return edges.map((edge) => byEdge(mesh, to, edge));
}

/** Those that fare alike are one, with all their callers. */
function told(to: string, how: string, found: readonly Counterexample[]): Wrong[] {
  const groups = together(
    found,
    ({ callers }) => callers.join(', '),
    ({ callers: _, ...rest }) => JSON.stringify(rest),
  );
  return groups.map(([names, one]) => {
    const callers = [...new Set(names.split(', '))];
    const { callee, requests, example, decidedBy, closedBy, unknown } = one;
    const where = callee === to ? '' : ` at ${callee}`;
    const what = `${requests}${example === undefined ? '' : `, as in ${example}`}`;
    const who = `${callers.join(', ')} ${callers.length > 1 ? 'get' : 'gets'} in${how}${where}`;
    return {
      text: unknown === undefined ? `${who}: ${what}` : `nobody can tell whether ${who}, for ${unknown}: ${what}`,
      details: unknown === undefined ? [`decided by ${decidedBy.map(objectText).join(', ') || NO_POLICY}`, `closed by ${closedBy}`] : [],
      counterexample: { ...one, callers },
    };
  });
}
