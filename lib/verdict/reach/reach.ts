import type { Cluster } from '../../cluster/cluster';
import { keyOf } from '../../cluster/objects/manifest-object';
import { type Decision, decideWay, hardest } from '../decide';
import type { Request } from '../requests/request';
import { type Class, classesOf, dividedIn, type Division, type Ends, type Line } from './division';
import { oneOnEachWay, plansOf } from './plans';
import { valueOf } from './properties';

/** Every request from somebody to somewhere, by what becomes of it. */
export interface Reach extends Division {
  readonly classes: readonly Class<Decision>[];
}

/** Undefined where there are too many combinations of what is told apart. */
export function reachOf(cluster: Cluster, ends: Ends): Reach | undefined {
  const division = dividedIn(cluster, ends);
  return division && { ...division, classes: classesOf(division, decisionIn(cluster, ends, division), nameOf) };
}

/** Nothing arrives, and one request on each way shows it: whoever is asked takes no connection. Else each of them has to be asked about. */
export function isShut(cluster: Cluster, ends: Ends): boolean {
  const division = dividedIn(cluster, ends);
  if (!division?.steeredBy) return false;
  const decisionOf = decisionIn(cluster, ends, division);
  return oneOnEachWay(division, division.steeredBy).every((request) => {
    const { allowed, unknown, layer, trail } = decisionOf(request);
    return !allowed && unknown === undefined && layer !== 'authorization' && !trail.some((step) => step.layer === 'authorization');
  });
}

/** What becomes of a request; of several callers whoever is refused counts. */
function decisionIn(cluster: Cluster, { from: callers, to }: Ends, division: Division): (request: Request) => Decision {
  const ways = callers.map((from) => ({ from, planOf: plansOf(cluster, from, to, division) }));
  return (request) => hardest(ways.map(({ from, planOf }) => decideWay(cluster, { ...request, from }, planOf(request)))).decision;
}

/** The same for decisions that say the same of requests: by the same object, in the same layer. */
export function nameOf({ allowed, unknown, layer, by, object, asks = [], faults = [] }: Decision): string {
  const words = [unknown, object?.kind, object && keyOf(object), ...asks, ...faults.flatMap(({ at, text }) => [at, text])];
  return `${allowed}\n${layer}\n${by}\n${words.join('\n')}`;
}

/** The class of a request without a token, whose path no proxy would put in another order. */
export function classAmong(
  { dimensions, classes, called }: Reach,
  { method = 'GET', path = '/', headers = {}, addressed }: Line,
): Class<Decision> | undefined {
  const [plain, query] = path.split('?');
  const parameters = new URLSearchParams(query);
  const at = dimensions.map((dimension) => {
    const { about } = dimension;
    if (about.in === 'path') return valueOf(dimension, plain);
    if (about.in === 'host') return valueOf(dimension, addressed?.host ?? called);
    if (about.in === 'method') return valueOf(dimension, method);
    return valueOf(
      dimension,
      about.in === 'query' ? (parameters.get(about.name) ?? undefined) : 'name' in about ? headers[about.name] : undefined,
    );
  });
  return classes.find(({ values, tokens }) => tokens.includes(0) && values.every((some, index) => some.includes(at[index])));
}
