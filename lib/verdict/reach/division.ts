import type { Cluster } from '../../cluster/cluster';
import { perCluster } from '../../cluster/per-cluster';
import { calledService } from '../../cluster/services/registry';
import type { Caller, Request, Target } from '../requests/request';
import { type Box, boxesOf } from './boxes';
import { togetherOf, type Way, wayOf } from './on-the-way';
import { leadsToGateway } from './followed-routes';
import { type Dimension, dimensionsOf, type TokenValue, tokensOf } from './properties';

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
  /** Where requests go depends on what they are. */
  readonly isRouted: boolean;
  /** The port says that it speaks no HTTP: nothing of a request is ever looked at. */
  readonly isBytes: boolean;
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

type Parts = Pick<Division, 'dimensions' | 'tokens' | 'leftOut' | 'isRouted' | 'isBytes'>;

const known = perCluster((_: Cluster) => new Map<string, Parts | undefined>());

/** The division of what one cluster compares. Who calls makes no difference to it, unless that is somebody at a gateway. */
export function dividedIn(cluster: Cluster, ends: Ends): Division | undefined {
  const doors = ends.from.filter((from) => 'gateway' in from);
  const key = JSON.stringify([ends.to, doors, doors.length < ends.from.length]);
  const parts = known(cluster).has(key) ? known(cluster).get(key) : divided(cluster, ends, waysOf(cluster, ends));
  known(cluster).set(key, parts);
  return parts && withRequests(parts, ends);
}

function withRequests(parts: Parts, { from: [from], to }: Ends): Division {
  return { ...parts, requestOf: (chosen) => ({ from, to, ...lineWith(parts.dimensions, parts.tokens, chosen) }) };
}

/** Undefined where there are too many combinations of what is told apart. */
export function divided(cluster: Cluster, ends: Ends, { vocabulary, issuers, isRouted }: Way): Division | undefined {
  const dimensions = dimensionsOf(vocabulary, cluster.pathNormalization);
  const tokens = tokensOf(vocabulary, issuers);
  if (sizesOf({ dimensions, tokens }).reduce((product, size) => product * size, 1) > MOST_COMBINATIONS) return undefined;
  return withRequests({ dimensions, tokens, leftOut: vocabulary.leftOut, isRouted, isBytes: takesBytes(cluster, ends.to) }, ends);
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
  const answers = new Map<string, Answer>();
  const named = (chosen: readonly number[]): string => {
    const answer = answerTo(division.requestOf(chosen));
    const name = nameOf(answer);
    if (!answers.has(name)) answers.set(name, answer);
    return name;
  };
  const boxes = boxesOf(sizesOf(division), named);
  return [...boxes].flatMap(([name, ofName]) => ofName.map((box) => classOf(box, answers.get(name)!)));
}

function classOf<Answer>(box: Box, answer: Answer): Class<Answer> {
  return { values: box.slice(0, -1), tokens: box.at(-1)!, answer };
}

export type Line = Omit<Request, 'from' | 'to'>;

function lineWith(dimensions: readonly Dimension[], tokens: readonly TokenValue[], chosen: readonly number[]): Line {
  const headers: Record<string, string> = {};
  const query = new URLSearchParams();
  let [path, method] = ['/', 'GET'];
  dimensions.forEach(({ about, values }, index) => {
    const { witness } = values[chosen[index]];
    if (witness === undefined) return;
    if (about.in === 'path') path = witness;
    if (about.in === 'method') method = witness;
    if (about.in === 'header') headers[about.name] = witness;
    if (about.in === 'query') query.append(about.name, witness);
  });
  const { token } = tokens[chosen[dimensions.length]];
  return { method, path: query.size > 0 ? `${path}?${query.toString()}` : path, headers, token };
}
