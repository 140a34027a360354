import type { Cluster } from '../../cluster/cluster';
import { perCluster } from '../../cluster/per-cluster';
import { calledService } from '../../cluster/services/registry';
import { perObject } from '../../support/kept/per-object';
import { type Caller, dialledName, type Request, type Target } from '../requests/request';
import type { Property } from './asked';
import { type Box, boxesOf } from './boxes';
import { togetherOf, type Way, wayOf } from './on-the-way';
import { leadsToGateway } from './followed-routes';
import { type Dimension, dimensionsOf, type TokenValue, tokensOf } from './properties';
import { namesTaken } from './written-hosts';

/** Who sends something, any of them, and where to. */
export interface Ends {
  readonly from: readonly Caller[];
  readonly to: Target;
}

/** All requests from one end to another, divided by everything that is compared with them on the way. */
export interface Division {
  readonly dimensions: readonly Dimension[];
  readonly tokens: readonly TokenValue[];
  /** What is compared on the way and not divided here: other values of it may fare otherwise. */
  readonly leftOut: readonly string[];
  /** On which properties of requests it depends where they go; undefined where that may be any, or where something else is sent on. */
  readonly steeredBy?: readonly Property[];
  /** The port says that it speaks no HTTP: nothing of a request is ever looked at. */
  readonly isBytes: boolean;
  /** The host that requests are for whose clients choose no other. */
  readonly called: string;
  /** A request with these values, the last of which is its token. */
  requestOf(values: readonly number[]): Request;
}

/** Requests of a division that get one answer: in each dimension some of the values, and the tokens that they may carry. */
export interface Class<Answer> {
  readonly values: readonly (readonly number[])[];
  readonly tokens: readonly number[];
  readonly answer: Answer;
}

/** How many combinations are too many to try. */
export const MOST_COMBINATIONS = 50_000;

/** All that may have a say about what any of some callers sends. */
export function waysOf(cluster: Cluster, { from: callers, to }: Ends): Way {
  return togetherOf(callers.map((from) => wayOf(cluster, { from, to })));
}

type Parts = Pick<Division, 'dimensions' | 'tokens' | 'leftOut' | 'steeredBy'>;

const known = perCluster((_: Cluster) => ({ byEnds: new Map<string, Way>(), byWords: new Map<string, Parts | undefined>() }));

/** The division of what one cluster compares. Who calls makes no difference to it, unless that is somebody at a gateway. */
export function dividedIn(cluster: Cluster, ends: Ends): Division | undefined {
  const { byEnds } = known(cluster);
  const doors = ends.from.filter((from) => 'gateway' in from);
  const key = JSON.stringify([ends.to, doors, doors.length < ends.from.length]);
  const way = byEnds.get(key) ?? waysOf(cluster, ends);
  byEnds.set(key, way);
  return divided(cluster, ends, way);
}

function withRequests(cluster: Cluster, parts: Parts, { from: [from], to }: Ends): Division {
  const called = dialledName(cluster, to);
  return {
    ...parts,
    called,
    isBytes: takesBytes(cluster, to),
    requestOf: (chosen) => ({ from, to, ...lineWith(parts, called, chosen) }),
  };
}

/** Undefined where there are too many combinations of what is told apart. Ways on which the same is compared are divided alike. */
export function divided(cluster: Cluster, ends: Ends, way: Way): Division | undefined {
  const { byWords } = known(cluster);
  const words = wordsOf(way);
  const parts = byWords.has(words) ? byWords.get(words) : partsOf(cluster, way);
  byWords.set(words, parts);
  return parts && withRequests(cluster, parts, ends);
}

const wordsOf = perObject((way: Way) => JSON.stringify(way));

function partsOf(cluster: Cluster, { vocabulary, issuers, steeredBy }: Way): Parts | undefined {
  const dimensions = dimensionsOf(vocabulary, cluster.pathNormalization, () => namesTaken(cluster));
  const tokens = tokensOf(vocabulary, issuers);
  const isTooFine = sizesOf({ dimensions, tokens }).reduce((product, size) => product * size, 1) > MOST_COMBINATIONS;
  return isTooFine ? undefined : { dimensions, tokens, leftOut: vocabulary.leftOut, steeredBy };
}

/** A gateway may read requests in what its clients send as TLS. */
function takesBytes(cluster: Cluster, to: Target): boolean {
  const service = 'host' in to ? calledService(cluster, to.host) : undefined;
  const isForBytes = service?.ports.find(({ number }) => number === to.port)?.isHttp === false;
  return isForBytes && service !== undefined && !leadsToGateway(cluster, service.hosts[0]);
}

function sizesOf({ dimensions, tokens }: Pick<Division, 'dimensions' | 'tokens'>): number[] {
  return [...dimensions.map(({ values }) => values.length), tokens.length];
}

/** Classes of requests that get answers of one name. */
export function classesOf<Answer>(
  division: Division,
  answerTo: (request: Request) => Answer,
  nameOf: (answer: Answer) => string,
): Class<Answer>[] {
  const answers: Answer[] = [];
  const numbers = new Map<string, number>();
  const numbered = (chosen: readonly number[]): string => {
    const answer = answerTo(division.requestOf(chosen));
    const name = nameOf(answer);
    const number = numbers.get(name) ?? answers.push(answer) - 1;
    numbers.set(name, number);
    return `${number}`;
  };
  const boxes = boxesOf(sizesOf(division), numbered);
  return [...boxes].flatMap(([number, alike]) => alike.map((box) => classOf(box, answers[Number(number)])));
}

function classOf<Answer>(box: Box, answer: Answer): Class<Answer> {
  return { values: box.slice(0, -1), tokens: box.at(-1)!, answer };
}

export type Line = Omit<Request, 'from' | 'to'>;

function lineWith({ dimensions, tokens }: Parts, dialled: string, chosen: readonly number[]): Line {
  const headers: Record<string, string> = {};
  const query = new URLSearchParams();
  let [path, method, host] = ['/', 'GET', dialled];
  dimensions.forEach(({ about, values }, index) => {
    const { witness } = values[chosen[index]];
    if (witness === undefined) return;
    if (about.in === 'path') path = witness;
    if (about.in === 'method') method = witness;
    if (about.in === 'host') host = witness;
    if (about.in === 'header') headers[about.name] = witness;
    if (about.in === 'query') query.append(about.name, witness);
  });
  const { token } = tokens[chosen[dimensions.length]];
  const addressed = host === dialled ? {} : { addressed: { scheme: 'http', host } };
  return { method, path: query.size > 0 ? `${path}?${query.toString()}` : path, headers, token, ...addressed };
}
