import type { Cluster } from '../../cluster/cluster';
import type { ManifestObject } from '../../model/mesh-model';
import { type Decision, decide, hardest } from '../decide';
import type { Caller, Request, Target } from '../requests/request';
import { type Box, boxesOf } from './boxes';
import { type Dimension, dimensionsOf, type TokenValue, tokensOf, valueOf } from './properties';
import { togetherOf, wayOf } from './on-the-way';

/** Requests that fare alike: in each dimension some of the values that are told apart, and the tokens that they may carry. */
export interface Class {
  readonly values: readonly (readonly number[])[];
  readonly tokens: readonly number[];
  /** What becomes of them. */
  readonly decision: Decision;
}

/** Every request from somebody to somewhere, divided by what becomes of it. */
export interface Reach {
  readonly dimensions: readonly Dimension[];
  readonly tokens: readonly TokenValue[];
  readonly classes: readonly Class[];
  /** A request with these values, the last of which is its token. */
  requestOf(values: readonly number[]): Request;
  /** What is compared on the way and not divided here: other values of it may fare otherwise. */
  readonly leftOut: readonly string[];
}

/** Who sends something, any of them, and where to. */
export interface Ends {
  readonly from: readonly Caller[];
  readonly to: Target;
}

/** How many combinations are too many to try. */
export const MOST_COMBINATIONS = 50_000;

/** Undefined where there are too many combinations of what is told apart. Of several callers whoever is refused counts. */
export function reachOf(cluster: Cluster, { from: callers, to }: Ends): Reach | undefined {
  const { vocabulary, issuers } = togetherOf(callers.map((from) => wayOf(cluster, { from, to })));
  const dimensions = dimensionsOf(vocabulary, cluster.pathNormalization);
  const tokens = tokensOf(vocabulary, issuers);
  const sizes = [...dimensions.map(({ values }) => values.length), tokens.length];
  if (sizes.reduce((product, size) => product * size, 1) > MOST_COMBINATIONS) return undefined;
  const told = new Told();
  const requestOf = (chosen: readonly number[]): Request => ({ from: callers[0], to, ...lineWith(dimensions, tokens, chosen) });
  const decision = (request: Request): Decision =>
    hardest(callers.map((from) => ({ decision: decide(cluster, { ...request, from }) }))).decision;
  const boxes = boxesOf(sizes, (chosen) => told.keep(decision(requestOf(chosen))));
  const classes = [...boxes].flatMap(([key, ofKey]) => ofKey.map((box) => classOf(box, told.decision(key))));
  return { dimensions, tokens, classes, requestOf, leftOut: vocabulary.leftOut };
}

function classOf(box: Box, decision: Decision): Class {
  return { values: box.slice(0, -1), tokens: box.at(-1)!, decision };
}

/** Decisions that say the same of requests: by the same object, in the same layer. */
class Told {
  private readonly byKey = new Map<string, Decision>();
  private readonly numbers = new Map<ManifestObject, number>();

  keep(decision: Decision): string {
    const { allowed, unknown, layer, by, object, asks } = decision;
    const key = JSON.stringify([allowed, unknown, layer, by, object && this.numberOf(object), asks]);
    if (!this.byKey.has(key)) this.byKey.set(key, decision);
    return key;
  }

  decision(key: string): Decision {
    return this.byKey.get(key)!;
  }

  private numberOf(object: ManifestObject): number {
    if (!this.numbers.has(object)) this.numbers.set(object, this.numbers.size);
    return this.numbers.get(object)!;
  }
}

type Line = Omit<Request, 'from' | 'to'>;

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

/** The class of a request without a token, whose path no proxy would put in another order. */
export function classAmong({ dimensions, classes }: Reach, { method = 'GET', path = '/', headers = {} }: Line): Class | undefined {
  const [plain, query] = path.split('?');
  const parameters = new URLSearchParams(query);
  const at = dimensions.map((dimension) => {
    const { about } = dimension;
    if (about.in === 'path') return valueOf(dimension, plain);
    if (about.in === 'method') return valueOf(dimension, method);
    return valueOf(
      dimension,
      about.in === 'query' ? (parameters.get(about.name) ?? undefined) : 'name' in about ? headers[about.name] : undefined,
    );
  });
  return classes.find(({ values, tokens }) => tokens.includes(0) && values.every((some, index) => some.includes(at[index])));
}
