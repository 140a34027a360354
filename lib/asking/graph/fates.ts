import type { Cluster } from '../../cluster/cluster';
import { nameOf as titleOf } from '../../cluster/objects/manifest-object';
import type { ManifestObject } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import { sortedBy } from '../../support/ordering';
import { decideAll, type Decision, hardest } from '../../verdict/decide';
import { isMutual } from '../../verdict/protection';
import { type Class, classesOf, type Division } from '../../verdict/reach/division';
import { type Caller, inOrder, type Request, type Target } from '../../verdict/requests/request';
import type { Trip } from '../../verdict/travel/plan';
import { travel } from '../../verdict/travel/travel';
import { toldOf } from '../reach';
import type { MeshGraphShare } from './mesh-graph';

/** Requests of one caller that arrive and fare alike. */
export interface Fate {
  readonly requests: readonly string[];
  readonly mtls: 'yes' | 'no' | 'unclear';
  readonly enforcedAt: string;
  readonly shares: readonly Share[];
  readonly decidedBy: readonly ManifestObject[];
  readonly routedBy: readonly ManifestObject[];
  readonly unknown?: string;
}

/** Where some of the requests end. */
interface Share extends MeshGraphShare {
  /** That the last route named. */
  readonly host: string;
  /** As who takes the last connection knows it. */
  readonly port?: number;
}

interface Answer extends Omit<Fate, 'requests'> {
  readonly decision: Decision;
}

/** What of all requests arrives, by what becomes of it. None where nothing does. */
export function fatesOf(cluster: Cluster, from: Caller, to: Target, division: Division): Fate[] {
  const classes = classesOf(division, (request) => answerTo(cluster, { ...request, from }), nameOf);
  const arriving = classes.filter(({ answer: { decision } }) => decision.allowed || decision.unknown !== undefined);
  const groups = groupedBy(arriving, ({ answer }) => fateName(answer));
  return [...groups.values()].map((some) => together(some, to, division));
}

function together(classes: readonly Class<Answer>[], to: Target, division: Division): Fate {
  const [{ answer }] = classes;
  const { decision: _, ...fate } = answer;
  return {
    ...fate,
    requests: classes.flatMap((one) => toldOf(division, to, { ...one, answer: one.answer.decision }).map(({ text }) => text)),
    decidedBy: distinct(classes.flatMap((one) => one.answer.decidedBy)),
    routedBy: distinct(classes.flatMap((one) => one.answer.routedBy)),
  };
}

function answerTo(cluster: Cluster, request: Request): Answer {
  const decisions = decideAll(cluster, request);
  const { decision } = hardest(decisions.map((one) => ({ decision: one })));
  const { legs, trips } = travel(cluster, inOrder(cluster, request));
  const taken = trips.filter(({ share }) => share > 0);
  const isClear = decision.unknown === undefined;
  return {
    decision,
    mtls: isClear ? (taken.every(({ hops }) => isMutual(hops)) ? 'yes' : 'no') : 'unclear',
    enforcedAt: [...new Set(decisions.map(placeOf))].join(' and '),
    shares: sharesOf(taken),
    decidedBy: distinct(decisions.flatMap(({ object }) => object ?? [])),
    routedBy: distinct(legs.flatMap(({ object }) => object ?? [])),
    unknown: decision.unknown,
  };
}

function sharesOf(trips: readonly Trip[]): Share[] {
  const ends = groupedBy(trips, ({ workload, host }) => JSON.stringify([workload, host]));
  const shares = [...ends.values()].map((ways): Share => {
    const [{ workload, host, hops }] = ways;
    const percent = Math.round(ways.reduce((sum, { share }) => sum + share, 0) * 10000) / 100;
    return { workload: workload ?? host, percent, host, port: hops.at(-1)?.port };
  });
  return sortedBy(shares, ({ workload, host }) => `${workload} ${host}`);
}

/** Who was asked and let it in: a plain word for the network, which is no proxy. */
function placeOf({ trail }: Decision): string {
  const step = trail.find(({ layer, by }) => layer === 'authorization' && by !== undefined);
  if (step) return step.at;
  return trail.some(({ layer, by }) => layer === 'network' && by !== undefined) ? 'network' : 'nothing';
}

/** What is refused is all the same here. */
function nameOf(answer: Answer): string {
  const { allowed, unknown } = answer.decision;
  return allowed || unknown !== undefined ? JSON.stringify([fateName(answer), answer.decidedBy.map(titleOf)]) : '';
}

function fateName({ mtls, enforcedAt, shares, unknown }: Answer): string {
  return JSON.stringify([mtls, enforcedAt, shares, unknown]);
}

function distinct<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}
