import type { Cluster } from '../../cluster/cluster';
import { type DecidedWay, type Decision, decideWay, hardest } from '../decide';
import { isMutual } from '../protection';
import type { Request } from '../requests/request';
import { split } from '../split';
import { type Class, classesOf, divided, type Division, type Ends, waysOf } from './division';
import { togetherOf } from './on-the-way';
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

/** Every request from one end to another that fares otherwise in a second cluster; undefined where there are too many combinations to try. */
export function compared(before: Side, after: Side): Comparison | undefined {
  const there = [after, before].flatMap(({ cluster, ends }) => (ends ? [{ cluster, ends }] : []));
  const ways = togetherOf(there.map(({ cluster, ends }) => waysOf(cluster, ends)));
  const division = divided(there[0].cluster, there[0].ends, ways);
  const answerTo = (request: Request): Compared => differing(fateIn(before, request), fateIn(after, request));
  return division && { ...division, classes: classesOf(division, answerTo, keyOf) };
}

function fateIn({ cluster, ends }: Side, request: Request): Fate {
  if (!ends) return { isMutual: false, shares: '' };
  const ways = ends.from.map((from): DecidedWay => decideWay(cluster, { ...request, from, to: ends.to }));
  const { decision, hops } = hardest(ways);
  const { shares } = split(cluster, { ...request, from: ends.from[0], to: ends.to });
  const text = shares.map(({ weight, workload, host }) => `${weight} % ${workload ?? host}`).join(', ');
  return { decision, isMutual: isMutual(hops), shares: text };
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
  if (before.isMutual !== after.isMutual) return after.isMutual ? 'strengthened' : 'weakened';
  return before.shares === after.shares ? undefined : 'moved';
}

function keyOf({ difference, before, after }: Compared): string {
  if (difference === undefined) return '';
  const fates = [before, after].map(({ decision, shares }) => [decision && nameOf(decision), difference === 'moved' ? shares : '']);
  return JSON.stringify([difference, fates]);
}
