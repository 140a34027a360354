import type { Cluster } from '../cluster/cluster';
import { MeshError } from '../support/mesh-error';
import { struct, TEXT, type Kind } from '../support/options/kind';
import { type Described, described } from '../verdict/reach/described';
import { type Class, type Division, MOST_COMBINATIONS } from '../verdict/reach/division';
import { type Reach, reachOf } from '../verdict/reach/reach';
import type { Decision } from '../verdict/decide';
import { nameOf } from '../verdict/reach/properties';
import type { Target } from '../verdict/requests/request';
import { asVerdictObject } from './answer';
import { callersNamed, targetsNamed } from './names';
import type { VerdictObject } from './verdict';

/** Two ends, about which a `Verdicts` is asked for all requests at once. */
export interface ReachQuestion {
  /** Who sends them, as in a `MeshQuestion`. */
  readonly caller: string;
  /** Where they go, as in a `MeshQuestion`; without a port, to every port of a Service. */
  readonly callee: string;
}

/** Requests that fare alike. What is empty is any. */
export interface RequestClass {
  /** Port that they are sent to. */
  readonly port: number;
  /** Their methods: `GET`. */
  readonly methods: string[];
  /** Methods that they do not have. */
  readonly notMethods: string[];
  /** Their paths: `/items`, `/items/*`, `/items/{*}/price`, `/cart and below`, an expression between slashes. */
  readonly paths: string[];
  /** Paths among these that are not meant. */
  readonly notPaths: string[];
  /** What else they have, or have not: `host: shop.example.com`, `header x-user: alice`, `query page: (none)`. */
  readonly others: string[];
  /** The tokens that they may carry: `no token`, `a token of https://issuer.example.com`. */
  readonly tokens: string[];
  /**
   * The object that decides about them.
   * @default - nothing is in the way
   */
  readonly decidedBy?: VerdictObject;
  /** External authorizers that are asked before, and taken to agree. */
  readonly asks: string[];
  /** What proxies on the way do on purpose to a part of them: `50 % are answered 503`. */
  readonly faults: string[];
  /**
   * Why nobody can tell what becomes of them.
   * @default - the manifests decide it
   */
  readonly unknown?: string;
  /** One of them: `GET /items/`, `GET / for shop.example.com` where it names another host than the one that is called, or `any bytes` at a port that speaks no HTTP. */
  readonly example: string;
  /** All of it in a line. */
  readonly text: string;
}

/** All requests from one end to the other, by what becomes of them. */
export interface MeshReach {
  /** Those that arrive, at every workload to which they may be sent. */
  readonly allowed: RequestClass[];
  /** Those that somebody refuses. */
  readonly refused: RequestClass[];
  /** Those of which nobody can tell. */
  readonly unknown: RequestClass[];
  /** What is compared with requests on the way, and not divided here: `addresses of clients`. */
  readonly leftOut: string[];
}

/** What of all requests arrives from one end at another. */
export interface MeshWay {
  /** Who sends them, as a question names it: a workload as `shop/cart-v1`, a gateway, or `pod:shop` for any other pod of a namespace. */
  readonly caller: string;
  /** Where they go: a Service as `shop/product`, or another name or address that leads to the same pods: `shop.example.com:443`, `pod:shop/product-v1:8080`. */
  readonly callee: string;
  /** Those that arrive. */
  readonly allowed: RequestClass[];
  /** Those of which nobody can tell. */
  readonly unknown: RequestClass[];
}

export const REACH_QUESTION: Kind<ReachQuestion> = struct<ReachQuestion>({ caller: TEXT, callee: TEXT });

/** What becomes of every request from one end to another. */
export function reachBetween(cluster: Cluster, question: ReachQuestion): MeshReach {
  const found = reachesOf(cluster, question);
  return {
    ...arrivingOf(found),
    refused: toldWhere(found, (decision) => !decision.allowed && decision.unknown === undefined),
    leftOut: [...new Set(found.flatMap(({ reach }) => reach.leftOut))],
  };
}

/** The same of those alone that arrive, or of which nobody can tell. */
export function arrivingBetween(cluster: Cluster, question: ReachQuestion): Pick<MeshReach, 'allowed' | 'unknown'> {
  return arrivingOf(reachesOf(cluster, question));
}

interface ReachAt {
  readonly to: Target;
  readonly reach: Reach;
}

function reachesOf(cluster: Cluster, { caller, callee }: ReachQuestion): ReachAt[] {
  return targetsNamed(cluster, callee).map((to) => ({
    to,
    reach: reachOf(cluster, { from: callersNamed(cluster, caller, to), to }) ?? tooFine(caller, callee),
  }));
}

function arrivingOf(found: readonly ReachAt[]): Pick<MeshReach, 'allowed' | 'unknown'> {
  return {
    allowed: toldWhere(found, ({ allowed }) => allowed),
    unknown: toldWhere(found, ({ unknown }) => unknown !== undefined),
  };
}

function toldWhere(found: readonly ReachAt[], isMeant: (decision: Decision) => boolean): RequestClass[] {
  return found.flatMap(({ to, reach }) => reach.classes.filter(({ answer }) => isMeant(answer)).flatMap((one) => toldOf(reach, to, one)));
}

/** A class in words, of which there are several where no single ones are enough. */
export function toldOf(reach: Division, { port }: Target, one: Class<Decision>): RequestClass[] {
  const words = reach.dimensions.map((dimension, index) => described(dimension, one.values[index]));
  const isAny = one.tokens.length === reach.tokens.length;
  const tokens = isAny ? [] : one.tokens.map((index) => reach.tokens[index].text);
  const names = reach.dimensions.slice(2).map(({ about }) => nameOf(about));
  return combinations(words).map(([path, method, ...rest]) => {
    const used = reach.requestOf([...[path, method, ...rest].map(({ of }) => of[0]), one.tokens[0]]);
    const others = rest.flatMap((part, index) => (isEverything(part) ? [] : [`${names[index]}: ${wordsOf('any', part)}`]));
    const example = `${used.method} ${used.path}${used.addressed ? ` for ${used.addressed.host}` : ''}`;
    return requestClass(one, { port, path, method, others, tokens, example: reach.isBytes ? BYTES : example, isBytes: reach.isBytes });
  });
}

function combinations(lists: readonly (readonly Described[])[]): Described[][] {
  return lists.reduce<Described[][]>((found, list) => found.flatMap((some) => list.map((one) => [...some, one])), [[]]);
}

const isEverything = ({ any, none }: Described): boolean => any.length + none.length === 0;

function wordsOf(everything: string, { any, none }: Described): string {
  const words = any.length > 0 ? any.join(' or ') : everything;
  return none.length > 0 ? `${words} but ${none.join(' or ')}` : words;
}

interface Said extends Pick<RequestClass, 'port' | 'others' | 'tokens' | 'example'> {
  readonly path: Described;
  readonly method: Described;
  readonly isBytes: boolean;
}

const BYTES = 'any bytes';

function requestClass(
  { answer: { object, asks = [], faults = [], unknown } }: Class<Decision>,
  { path, method, isBytes, ...said }: Said,
): RequestClass {
  const line = isBytes ? BYTES : `${wordsOf('any method', method)}, ${wordsOf('any path', path)}`;
  const request = `${line}, to ${said.port}`;
  const texts = faults.map(({ text }) => text);
  return {
    ...said,
    methods: [...method.any],
    notMethods: [...method.none],
    paths: [...path.any],
    notPaths: [...path.none],
    decidedBy: object && asVerdictObject(object),
    asks: [...asks],
    faults: texts,
    unknown,
    text: [request, ...said.others, ...(said.tokens.length > 0 ? [said.tokens.join(' or ')] : []), ...texts].join('; '),
  };
}

export function tooFine(caller: string, callee: string): never {
  throw new MeshError({
    code: 'MESH881',
    at: 'Verdicts.reach',
    what: `requests are told apart in at most ${MOST_COMBINATIONS} combinations of method, path, headers, parameters and claims`,
    got: `more between ${caller} and ${callee}`,
    fix: 'ask about single requests, with Verdicts.ask',
  });
}
