import type { Cluster } from '../../cluster/cluster';
import { type Caller, inOrder, type Request } from '../requests/request';
import type { Plan } from '../travel/plan';
import { travel } from '../travel/travel';
import { keyOf, type Property } from './asked';
import type { Division, Ends } from './division';

/**
 * The ways of what somebody sends to a host, found once for all requests that no route tells apart; undefined where each has to be looked at. By gateways
 * come requests that others have changed.
 */
export function plansOf(cluster: Cluster, from: Caller, to: Ends['to'], { steeredBy }: Division): (request: Request) => Plan | undefined {
  if (!steeredBy || !('host' in to) || 'gateway' in from) return () => undefined;
  const known = new Map<string, Plan>();
  return (request) => {
    const key = JSON.stringify(steeredBy.map((about) => wordOf(request, about)));
    const plan = known.get(key) ?? travel(cluster, inOrder(cluster, { ...request, from, to }));
    known.set(key, plan);
    return plan;
  };
}

/** One request for each of all the ways that requests of a division may take. */
export function oneOnEachWay({ dimensions, tokens, requestOf }: Division, steeredBy: readonly Property[]): Request[] {
  const places = new Set(steeredBy.map(keyOf));
  const sizes = dimensions.map(({ about, values }) => (places.has(keyOf(about)) ? values.length : 1));
  const isByToken = steeredBy.some((about) => !dimensions.some((one) => keyOf(one.about) === keyOf(about)));
  const start: number[][] = [[]];
  return [...sizes, isByToken ? tokens.length : 1]
    .reduce((found, size) => found.flatMap((some) => [...Array(size).keys()].map((value) => [...some, value])), start)
    .map(requestOf);
}

/** All of a request that a property of it is read off. */
function wordOf({ method, path, headers = {}, token, addressed }: Request, about: Property): unknown {
  if (about.in === 'method') return method;
  if (about.in === 'host') return addressed?.host;
  if (about.in === 'header') return headers[about.name];
  return about.in === 'path' || about.in === 'query' ? path : token;
}
