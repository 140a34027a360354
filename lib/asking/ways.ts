import type { Cluster } from '../cluster/cluster';
import { servicesOf } from '../cluster/services/services';
import { groupedBy } from '../support/grouping';
import { isShut } from '../verdict/reach/reach';
import { marksTo, placesOf } from './alike';
import { callersIn, sorted } from './callers-in';
import { waysFromOutside, waysRound, waysThroughGateways } from './doors/doors';
import { entrancesTo } from './doors/entrances';
import { callersNamed, callerText, targetsNamed } from './names';
import { arrivingBetween, type MeshWay, type RequestClass } from './reach';

/** Requests from any of some callers to a callee, where all of the callers fare alike. */
export interface MeshWays {
  /** Who sends them, as in a `MeshWay`; each fares as all the others. */
  readonly callers: string[];
  /** Where they go: a Service as `shop/product`. */
  readonly callee: string;
  /** Those that arrive. */
  readonly allowed: RequestClass[];
  /** Those of which nobody can tell. */
  readonly unknown: RequestClass[];
}

/** Everybody who may reach any Service by some request. */
export function waysIn(cluster: Cluster): MeshWays[] {
  return servicesIn(cluster).flatMap((callee) => sharedWays(cluster, callee));
}

/** Everybody who may reach a callee by some request, but for some. */
export function waysTo(cluster: Cluster, callee: string, besides: readonly string[] = []): MeshWay[] {
  const meant = new Set(besides.flatMap((name) => callersNamed(cluster, name).map((one) => callerText(one))));
  const ways = sharedWays(cluster, callee).flatMap(({ callers, ...way }) => callers.map((caller) => ({ caller, ...way })));
  const places = placesOf(cluster);
  const all = [...ways.sort((a, b) => places.get(a.caller)! - places.get(b.caller)!), ...waysByOtherNames(cluster, callee)];
  return all.filter(({ caller }) => !meant.has(caller));
}

function sharedWays(cluster: Cluster, callee: string): MeshWays[] {
  const groups = groupedBy(callersIn(cluster), marksTo(cluster, targetsNamed(cluster, callee)));
  return [...groups.values()].flatMap((callers) =>
    wayBetween(cluster, callers[0], callee).map(({ allowed, unknown }) => ({ callers, callee, allowed, unknown })),
  );
}

/** Under hosts of gateways, by ports of nodes, and what more arrives past the Service than by it. */
function waysByOtherNames(cluster: Cluster, callee: string): MeshWay[] {
  const entrances = entrancesTo(cluster, callee);
  const ways = [...waysThroughGateways(cluster, entrances), ...waysFromOutside(cluster, entrances), ...waysRound(cluster, entrances)];
  return ways.map((way) => ({ caller: way.caller, callee: way.callee, allowed: [...way.allowed], unknown: [...way.unknown] }));
}

/** Every Service that a caller may reach by some request. */
export function waysFrom(cluster: Cluster, caller: string): MeshWay[] {
  callersNamed(cluster, caller);
  return servicesIn(cluster).flatMap((callee) => wayBetween(cluster, caller, callee));
}

/** Services that may be called, by the names of questions. */
export function servicesIn(cluster: Cluster): string[] {
  const services = servicesOf(cluster).filter(({ ports }) => ports.some(({ protocol }) => protocol !== 'UDP'));
  return sorted(services.map(({ key }) => key));
}

function wayBetween(cluster: Cluster, caller: string, callee: string): MeshWay[] {
  const targets = targetsNamed(cluster, callee);
  const from = callersNamed(cluster, caller, targets[0]);
  if (targets.every((to) => isShut(cluster, { from, to }))) return [];
  const { allowed, unknown } = arrivingBetween(cluster, { caller, callee });
  return allowed.length + unknown.length > 0 ? [{ caller, callee, allowed, unknown }] : [];
}
