import type { Cluster } from '../cluster/cluster';
import { nameOf } from '../cluster/objects/manifest-object';
import { servicesOf } from '../cluster/services/services';
import { groupedBy } from '../support/grouping';
import { tryWorkload } from '../cluster/workloads/workloads';
import { type Affected, affectedBy, isJudgedAnew, namespacesOnTheWay } from '../verdict/reach/affected';
import { compared, type Compared, type Comparison, type Difference, type Side } from '../verdict/reach/compare';
import type { Class } from '../verdict/reach/division';
import { isShut } from '../verdict/reach/reach';
import { tryGatewayPod } from '../verdict/requests/callers';
import type { Caller, Target } from '../verdict/requests/request';
import { outwardCallees, type Pair, pairsFromOutside, podCallees, servicesOverCallee } from './changes/other-ends';
import { planeChanges } from './changes/plane-changes';
import { marksTo } from './alike';
import { callersNamed, OUTSIDE_NAME, targetsNamed } from './names';
import { notReadIn } from './not-read';
import { type RequestClass, tooFine, toldOf } from './reach';
import { callersIn } from './callers-in';
import { servicesIn } from './ways';

/** Requests that fare otherwise in another version of a mesh. */
export interface MeshChange {
  /**
   * `opened`: they arrive now, and did not. `closed`: the reverse. `weakened`: their connections are no more mutual TLS all the way, or an authorizer outside is asked no more; `strengthened`: the reverse. `moved`: they end
   * at other workloads, or in other shares. `unclear`: of one of the versions nobody can tell, or an object has changed that is not read, such as an EnvoyFilter. `plane`: the pods of a namespace join the mesh in
   * another way, which is told beside what it does.
   */
  readonly change: string;
  /**
   * Who sends them.
   * @default - nobody can tell: an object has changed that is not read
   */
  readonly caller?: string;
  /**
   * Where they go.
   * @default - nobody can tell
   */
  readonly callee?: string;
  /**
   * Which they are; `decidedBy` is the object that decides about them now, or did where nothing does now.
   * @default - nobody can tell
   */
  readonly requests?: RequestClass;
  /** All of it in a line. */
  readonly text: string;
}

/** The worst first. */
const ORDER: readonly Difference[] = ['opened', 'weakened', 'unclear', 'closed', 'moved', 'strengthened'];

/** What fares otherwise from one version of a mesh to the next. */
export function changesBetween(before: Cluster, after: Cluster): MeshChange[] {
  const callers = union(callersIn(before), callersIn(after));
  const ofBoth = (list: (cluster: Cluster) => readonly string[]): string[] => union(list(before), list(after));
  const affected = affectedBy(before, after);
  const changesOf = (pairs: readonly Pair[]): MeshChange[] => changesFor(before, after, pairs);
  const named = changesOf(pairsAffected(before, after, affected, callers, ofBoth(servicesIn)));
  const atPods = changesOf(pairsAffected(before, after, affected, callers, ofBoth(podCallees)));
  const outward = changesOf(pairsAffected(before, after, affected, callers.filter(isWorkload), ofBoth(outwardCallees)));
  const inward = changesOf(isAnything(affected) ? pairsOfBoth(pairsFromOutside(before), pairsFromOutside(after)) : []);
  const all = [...inward, ...named, ...notSaid(named, atPods, [before, after]), ...outward, ...unreadChanges(before, after)];
  const planes = planeChanges(before, after).map((text) => ({ change: 'plane', text: `plane: ${text}` }));
  return [...ORDER.flatMap((difference) => all.filter(({ change }) => change === difference)), ...planes];
}

const isWorkload = (caller: string): boolean => !/^(pod|plain):/.test(caller);

const isAnything = ({ isEverywhere, namespaces }: Affected): boolean => isEverywhere || namespaces.size > 0;

function pairsOfBoth(some: readonly Pair[], others: readonly Pair[]): Pair[] {
  return [...new Map([...some, ...others].map((pair) => [pair.join(' '), pair])).values()];
}

/** What changes at pods and not for a Service over them as well. */
function notSaid(named: readonly MeshChange[], atPods: readonly MeshChange[], clusters: readonly Cluster[]): MeshChange[] {
  const keyOf = ({ change, caller, requests }: MeshChange, callee: string): string =>
    JSON.stringify([change, caller, callee, requests?.text.replace(/, to \d+/, '')]);
  const said = new Set(named.map((one) => keyOf(one, one.callee ?? '')));
  return atPods.filter((one) => {
    const services = clusters.flatMap((cluster) => servicesOverCallee(cluster, one.callee ?? ''));
    return !services.some((service) => said.has(keyOf(one, service)));
  });
}

/** What nobody follows here may change anything. */
function unreadChanges(before: Cluster, after: Cluster): MeshChange[] {
  const [old, now] = [before, after].map(
    (cluster) => new Map(notReadIn(cluster).map((one) => [nameOf(one), JSON.stringify(one.manifest)])),
  );
  const names = union([...old.keys()], [...now.keys()]).filter((name) => old.get(name) !== now.get(name));
  return names.map((name) => ({ change: 'unclear', text: `unclear: ${name} has changed, and is not read` }));
}

/** Those about which somebody has to be asked: of all others neither end, nor anything on the way, has anything to do with what differs. */
function pairsAffected(
  before: Cluster,
  after: Cluster,
  affected: Affected,
  callers: readonly string[],
  callees: readonly string[],
): Pair[] {
  const { isEverywhere, namespaces, senders, receivers } = affected;
  const ends = callees.map((callee) => endOf([before, after], affected, callee));
  const calleesOf = (isSender: boolean, isMeant: (end: End) => boolean): string[] =>
    ends.filter((end) => isEverywhere || isSender || isMeant(end)).map(({ callee }) => callee);
  const near = ({ places }: End): boolean => places.some((place) => namespaces.has(place));
  const reached = ({ places, isJudgedAnew }: End): boolean => isJudgedAnew || places.some((place) => receivers.has(place));
  const calleesReached = calleesOf(false, reached);
  return callers.flatMap((caller) => {
    const place = namespaceIn(caller);
    // Who enters by a gateway meets its policies and its routes, wherever it goes.
    const isDoor = [before, after].some((cluster) => tryGatewayPod(cluster, caller) !== undefined);
    const asked = isDoor ? calleesOf(namespaces.has(place), near) : senders.has(place) ? callees : calleesReached;
    return asked.map((callee): Pair => [caller, callee]);
  });
}

/** Where something goes, and what may have a say about it. */
interface End {
  readonly callee: string;
  readonly places: readonly string[];
  readonly isJudgedAnew: boolean;
}

function endOf(clusters: readonly Cluster[], affected: Affected, callee: string): End {
  const targets = clusters.flatMap((cluster) => targetsIn(cluster, callee).map((to) => ({ cluster, to })));
  return {
    callee,
    places: [namespaceIn(callee), ...targets.flatMap(({ cluster, to }) => namespacesOnTheWay(cluster, to))],
    isJudgedAnew: targets.some(({ cluster, to }) => isJudgedAnew(cluster, affected, to)),
  };
}

/** `shop` of `shop/cart`, and of `pod:shop`. */
function namespaceIn(name: string): string {
  return name.replace(/^(pod|plain|meshed):/, '').split('/')[0];
}

function union(some: readonly string[], others: readonly string[]): string[] {
  return [...new Set([...some, ...others])];
}

/** Of pairs in their order. Callers that fare alike in both versions are asked about once. */
function changesFor(before: Cluster, after: Cluster, pairs: readonly Pair[]): MeshChange[] {
  const found: MeshChange[][] = [];
  for (const [callee, some] of groupedBy(pairs.entries(), ([, pair]) => pair[1])) {
    const sides = [before, after].map((cluster) => ({ cluster, targets: targetsIn(cluster, callee) }));
    const marks = sides.map(({ cluster, targets }) => marksTo(cluster, targets, true));
    const alike = groupedBy(some, ([, [caller]]) => marks.map((markOf) => markOf(caller)).join('\n\n'));
    const told = [...alike.values()].flatMap((group) => toldForAll(group, differingBetween(sides, group[0][1])));
    told.forEach(({ place, changes }) => (found[place] = changes));
  }
  return found.flat();
}

function toldForAll(group: readonly [number, Pair][], differing: readonly Differing[]): { place: number; changes: MeshChange[] }[] {
  return group.map(([place, pair]) => ({ place, changes: differing.map((one) => changeOf(pair, one)) }));
}

/** Requests that fare otherwise, whoever of some callers sends them. */
interface Differing {
  readonly change: string;
  readonly requests: RequestClass;
  readonly from: string;
}

function changeOf([caller, callee]: Pair, { change, requests, from }: Differing): MeshChange {
  return { change, caller, callee, requests, text: `${change}: ${caller} -> ${callee} ${requests.text}${from}` };
}

/** A version of a mesh, and what a callee is in it. */
interface Version {
  readonly cluster: Cluster;
  readonly targets: readonly Target[];
}

function differingBetween(versions: readonly Version[], [caller, callee]: Pair): Differing[] {
  const there = versions.map((version) => ({ ...version, from: callersThere(version.cluster, caller) }));
  const ports = [...new Set(versions.flatMap(({ targets }) => targets.map(({ port }) => port)))];
  return ports.flatMap((port) => {
    const [was, is] = there.map(({ cluster, targets, from }): Side => {
      const to = targets.find((target) => target.port === port);
      return { cluster, ends: to && from && { from, to } };
    });
    if ([was, is].every(({ cluster, ends }) => !ends || isShut(cluster, ends))) return [];
    const comparison = compared(was, is) ?? tooFine(caller, callee);
    return comparison.classes.flatMap((one) => differingIn(comparison, one, port));
  });
}

function differingIn(comparison: Comparison, { answer, ...one }: Class<Compared>, port: number): Differing[] {
  const { difference, before, after } = answer;
  if (difference === undefined) return [];
  const decision = (after.decision ?? before.decision)!;
  const from = difference === 'moved' ? `, from ${before.shares} to ${after.shares}` : '';
  const told = toldOf(comparison, { host: '', port }, { ...one, answer: decision });
  return told.map((requests) => ({ change: difference, requests, from }));
}

function targetsIn(cluster: Cluster, callee: string): Target[] {
  if (callee.startsWith('pod:') && !tryWorkload(cluster, callee.replace(/^pod:|:\d+$/g, ''))) return [];
  const isThere = /:\d+$/.test(callee) || servicesOf(cluster).some(({ key }) => key === callee);
  return isThere ? targetsNamed(cluster, callee) : [];
}

/** Somebody who is in one version may not be in the other. */
function callersThere(cluster: Cluster, caller: string): Caller[] | undefined {
  const isThere = caller === OUTSIDE_NAME || callersIn(cluster).includes(caller) || tryGatewayPod(cluster, caller) !== undefined;
  return isThere ? callersNamed(cluster, caller) : undefined;
}
