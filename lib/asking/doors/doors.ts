import type { Cluster } from '../../cluster/cluster';
import { groupedBy } from '../../support/grouping';
import type { ManifestObject } from '../../model/mesh-model';
import { type Decision, decideWay } from '../../verdict/decide';
import { arrivalsAtGateways, type Arrivals } from '../../verdict/entrances/arrivals';
import { isMutual } from '../../verdict/protection';
import { compared } from '../../verdict/reach/compare';
import type { Class, Division, Ends } from '../../verdict/reach/division';
import { hostsFrom } from '../../verdict/reach/followed-routes';
import { isShut, reachOf } from '../../verdict/reach/reach';
import { OUTSIDE, type Target } from '../../verdict/requests/request';
import { marksTo } from '../alike';
import { asVerdictObject } from '../answer';
import { callersIn } from '../callers-in';
import { callersNamed, OUTSIDE_NAME } from '../names';
import { type RequestClass, tooFine, toldOf } from '../reach';
import { closingOf } from './closing';
import type { MeshDoor } from './door';
import { type Entrance, type Entrances, entrancesTo } from './entrances';

/** Requests of one caller that get in by one door. */
export interface WayIn {
  readonly kind: string;
  readonly caller: string;
  readonly callee: string;
  readonly object?: ManifestObject;
  readonly allowed: readonly RequestClass[];
  readonly unknown: readonly RequestClass[];
  readonly mtls: boolean;
  readonly closedBy: string;
}

/** Every way in of somebody whom nobody has named, and every way round what decides about the others. */
export function doorsTo(cluster: Cluster, callee: string): MeshDoor[] {
  const entrances = entrancesTo(cluster, callee);
  const strangers = callersIn(cluster).filter((caller) => /^(pod|plain|meshed):[^/]*$/.test(caller));
  const ways = [
    ...waysThroughGateways(cluster, entrances),
    ...waysFromOutside(cluster, entrances),
    ...entrances.own.flatMap((entrance) => forEachAlike(cluster, [entrance.to], strangers, (caller) => wayBy(cluster, entrance, caller))),
    ...waysRound(cluster, entrances),
  ];
  return together(ways);
}

/** By ports of nodes and load balancers. */
export function waysFromOutside(cluster: Cluster, { outer }: Entrances): WayIn[] {
  return outer.flatMap((entrance) => wayBy(cluster, { ...entrance, kind: 'outer port' }, OUTSIDE_NAME));
}

/** By hosts of gateways, as far as they lead to the same pods. */
export function waysThroughGateways(cluster: Cluster, entrances: Entrances): WayIn[] {
  return arrivalsAtGateways(cluster).flatMap((arrivals) => wayThrough(cluster, entrances, arrivals));
}

function wayThrough(cluster: Cluster, { pods, own }: Entrances, arrivals: Arrivals): WayIn[] {
  const { at, ends, division, classes } = arrivals;
  const { gateway, host, port, object } = at;
  const callee = `${host}:${port}`;
  const keys = new Set(pods.map(({ key }) => key));
  const isLed = (): boolean => {
    const hosts = hostsFrom(cluster, ends.to, ends.from[0]);
    return own.some(({ to }) => 'host' in to && hosts.includes(to.host.toLowerCase()));
  };
  if (!division) return isLed() ? tooFine(gateway, callee) : [];
  const meant = (one: Decision): boolean => (one.unknown === undefined ? one.workload !== undefined && keys.has(one.workload) : isLed());
  const found = classes.flatMap(({ answer, ...rest }) => answer.filter(meant).map((decision) => ({ ...rest, answer: decision })));
  return wayOf(cluster, { kind: 'gateway', caller: gateway, callee, object }, ends, division, found);
}

/** What arrives there of all requests. */
function wayBy(cluster: Cluster, { kind, callee, object, to }: Omit<Entrance, 'kind'> & Pick<WayIn, 'kind'>, caller: string): WayIn[] {
  const ends = { from: caller === OUTSIDE_NAME ? [OUTSIDE] : callersNamed(cluster, caller, to), to };
  const reach = reachOf(cluster, ends) ?? tooFine(caller, callee);
  return wayOf(cluster, { kind, caller, callee, object }, ends, reach, reach.classes);
}

/** What arrives past the own name, of those who do not get as much by it. */
export function waysRound(cluster: Cluster, { pods, own, round }: Entrances): WayIn[] {
  const keys = new Set(pods.map(({ key }) => key));
  const callers = callersIn(cluster).filter((caller) => !keys.has(caller));
  return round.flatMap((entrance) => {
    const front = own.find((one) => one.podPorts.some((port) => entrance.podPorts.includes(port)));
    const targets = [entrance, ...(front ? [front] : [])].map(({ to }) => to);
    return forEachAlike(cluster, targets, callers, (caller) => wayRound(cluster, front, entrance, caller));
  });
}

/** Those of callers who fare alike at some ends are asked about once. */
function forEachAlike(cluster: Cluster, to: readonly Target[], callers: readonly string[], waysOf: (caller: string) => WayIn[]): WayIn[] {
  const markOf = marksTo(cluster, to, true);
  const known = new Map<string, WayIn[]>();
  return callers.flatMap((caller) => {
    const mark = markOf(caller);
    const ways = known.get(mark) ?? waysOf(caller);
    known.set(mark, ways);
    return ways.map((way) => ({ ...way, caller }));
  });
}

function wayRound(cluster: Cluster, front: Entrance | undefined, { kind, callee, object, to }: Entrance, caller: string): WayIn[] {
  const from = callersNamed(cluster, caller);
  const ends: Ends = { from, to };
  if (isShut(cluster, ends)) return [];
  const comparison = compared({ cluster, ends: front && { from, to: front.to } }, { cluster, ends }) ?? tooFine(caller, callee);
  const classes = comparison.classes.flatMap(({ answer, ...rest }): Class<Decision>[] =>
    isMore(answer.difference) ? [{ ...rest, answer: answer.after.decision! }] : [],
  );
  return wayOf(cluster, { kind, caller, callee, object }, ends, comparison, classes);
}

const isMore = (difference: string | undefined): boolean => difference === 'opened' || difference === 'unclear';

function wayOf(
  cluster: Cluster,
  way: Pick<WayIn, 'kind' | 'caller' | 'callee' | 'object'>,
  { from, to }: Ends,
  division: Division,
  classes: readonly Class<Decision>[],
): WayIn[] {
  const open = classes.filter(({ answer }) => answer.allowed || answer.unknown !== undefined);
  if (open.length === 0) return [];
  const toldOfThose = (isMeant: (one: Decision) => boolean): RequestClass[] =>
    open.filter(({ answer }) => isMeant(answer)).flatMap((one) => toldOf(division, to, one));
  const [{ values, tokens, answer }] = open;
  const request = { ...division.requestOf([...values.map(([first]) => first), tokens[0]]), from: from[0], to };
  const { hops } = decideWay(cluster, request);
  return [
    {
      ...way,
      allowed: toldOfThose(({ allowed }) => allowed),
      unknown: toldOfThose(({ unknown }) => unknown !== undefined),
      mtls: isMutual(hops),
      closedBy: closingOf(cluster, way, { decision: answer, hops }),
    },
  ];
}

/** Those of several callers that get in alike are one door. */
function together(ways: readonly WayIn[]): MeshDoor[] {
  const alike = groupedBy(ways, ({ caller: _, object: __, ...rest }) => JSON.stringify(rest));
  return [...alike.values()].map((some) =>
    doorOf(
      some.map(({ caller }) => caller),
      some[0],
    ),
  );
}

function doorOf(callers: string[], { kind, callee, object, allowed, unknown, mtls, closedBy }: WayIn): MeshDoor {
  const madeBy = object && asVerdictObject(object);
  const hasToken = [...allowed, ...unknown].every(({ tokens }) => tokens.length > 0 && !tokens.includes('no token'));
  const requests = [...allowed, ...unknown].map(({ text }) => text).join(' and ');
  const text = `${kind}: ${callers.join(', ')} -> ${callee} ${requests}${hasToken ? '' : ', without a token'}${mtls ? '' : ', not over mutual TLS'}`;
  return { kind, callers, callee, madeBy, allowed: [...allowed], unknown: [...unknown], mtls, hasToken, closedBy, text };
}
