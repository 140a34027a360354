import type { Cluster } from '../cluster/cluster';
import { servicesOf } from '../cluster/services/services';
import { callersIn, sorted } from './callers-in';
import { waysFromOutside, waysRound, waysThroughGateways } from './doors/doors';
import { entrancesTo } from './doors/entrances';
import { callersNamed, callerText, targetsNamed } from './names';
import { type MeshWay, reachBetween } from './reach';

/** Everybody who may reach a callee by some request, but for some. */
export function waysTo(cluster: Cluster, callee: string, besides: readonly string[] = []): MeshWay[] {
  // A name that nobody has is told, also where there is nobody to ask about.
  targetsNamed(cluster, callee);
  const meant = new Set(besides.flatMap((name) => callersNamed(cluster, name).map((one) => callerText(one))));
  const callers = callersIn(cluster).filter((caller) => !meant.has(caller));
  const others = waysByOtherNames(cluster, callee).filter(({ caller }) => !meant.has(caller));
  return [...callers.flatMap((caller) => wayBetween(cluster, caller, callee)), ...others];
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
  const { allowed, unknown } = reachBetween(cluster, { caller, callee });
  return allowed.length + unknown.length > 0 ? [{ caller, callee, allowed, unknown }] : [];
}
