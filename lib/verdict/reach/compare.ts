import type { Cluster } from '../../cluster/cluster';
import type { PathNormalizationName } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import { compareText, sortedBy } from '../../support/ordering';
import { type DecidedWay, type Decision, decideWay, hardest } from '../decide';
import { isMutual } from '../protection';
import type { Request } from '../requests/request';
import { type Share, split } from '../split';
import { type Class, classesOf, divided, type Division, type Ends, waysOf } from './division';
import { togetherOf } from './on-the-way';
import { plansOf } from './plans';
import { nameOf } from './reach';

/** How two clusters differ for a request. */
export type Difference = 'opened' | 'closed' | 'weakened' | 'strengthened' | 'moved' | 'unclear';

/** What becomes of requests before and after. */
export interface Compared {
  readonly difference?: Difference;
  readonly before: Fate;
  readonly after: Fate;
}

/** What becomes of a request in one of the clusters: nothing where an end of it is not there. */
export interface Fate {
  readonly decision?: Decision;
  readonly isMutual: boolean;
  /** Where such requests end, and which share of them: `90 % shop/cart-v1`. */
  readonly shares: string;
}

/** A cluster, and the two ends in it; none where one of them is not there. */
export interface Side {
  readonly cluster: Cluster;
  readonly ends?: Ends;
}

export interface Comparison extends Division {
  readonly classes: readonly Class<Compared>[];
}

const NORMALIZATIONS: readonly PathNormalizationName[] = ['NONE', 'BASE', 'MERGE_SLASHES', 'DECODE_AND_MERGE_SLASHES'];

/** Every request from one end to another that fares otherwise in a second cluster; undefined where there are too many combinations to try. */
export function compared(before: Side, after: Side): Comparison | undefined {
  const there = [after, before].flatMap(({ cluster, ends }) => (ends ? [{ cluster, ends }] : []));
  const ways = togetherOf(there.map(({ cluster, ends }) => waysOf(cluster, ends)));
  // Paths are meant as the version that changes fewer of them takes them.
  const loosest = sortedBy(there, ({ cluster }) => String(NORMALIZATIONS.indexOf(cluster.pathNormalization)))[0];
  const division = divided(loosest.cluster, there[0].ends, ways);
  if (!division) return undefined;
  const [fateBefore, fateAfter] = [before, after].map((side) => fatesIn(side, division));
  const answerTo = (request: Request): Compared => differing(fateBefore(request), fateAfter(request));
  return { ...division, classes: classesOf(division, answerTo, keyOf) };
}

function fatesIn({ cluster, ends }: Side, division: Division): (request: Request) => Fate {
  if (!ends) return () => ({ isMutual: false, shares: '' });
  const { to } = ends;
  const callers = ends.from.map((from) => ({ from, planOf: plansOf(cluster, from, to, division) }));
  const [first] = callers;
  return (request) => {
    const ways = callers.map(({ from, planOf }): DecidedWay => decideWay(cluster, { ...request, from, to }, planOf(request)));
    const { decision, hops } = hardest(ways);
    const { shares } = split(cluster, { ...request, from: first.from, to }, first.planOf(request));
    return { decision, isMutual: isMutual(hops), shares: sharesTold(shares) };
  };
}

/** Each end once, whatever ways lead to it, and none that gets nothing. */
function sharesTold(shares: readonly Share[]): string {
  const ends = groupedBy(shares, ({ workload, host }) => workload ?? host);
  const sums = [...ends].map(([end, parts]) => ({ end, weight: parts.reduce((sum, { weight }) => sum + weight, 0) }));
  const told = sums.filter(({ weight }) => weight > 0).map(({ end, weight }) => `${Math.round(weight * 100) / 100} % ${end}`);
  return told.sort((a, b) => compareText(a.split(' ')[2], b.split(' ')[2])).join(', ');
}

function differing(before: Fate, after: Fate): Compared {
  return { difference: differenceOf(before, after), before, after };
}

function differenceOf(before: Fate, after: Fate): Difference | undefined {
  const isUnclear = ({ decision }: Fate): boolean => decision?.unknown !== undefined;
  if (isUnclear(after) || isUnclear(before)) return isUnclear(after) && isUnclear(before) ? undefined : 'unclear';
  const [was, is] = [before, after].map(({ decision }) => decision?.allowed ?? false);
  if (was !== is) return is ? 'opened' : 'closed';
  if (!is) return undefined;
  const [asked, asks] = [before, after].map(({ decision }) => decision?.asks ?? []);
  if (asked.some((one) => !asks.includes(one))) return 'weakened';
  if (asks.some((one) => !asked.includes(one))) return 'strengthened';
  if (before.isMutual !== after.isMutual) return after.isMutual ? 'strengthened' : 'weakened';
  return before.shares === after.shares ? undefined : 'moved';
}

function keyOf({ difference, before, after }: Compared): string {
  if (difference === undefined) return '';
  const fates = [before, after].map(({ decision, shares }) => [decision && nameOf(decision), difference === 'moved' ? shares : '']);
  return JSON.stringify([difference, fates]);
}
