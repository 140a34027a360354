import type { Port } from '../../model/port';
import type { GatewayApiBundle, RouterName } from '../../model/route';
import type { PathMatch } from '../shaping/path-change';

/** Fields of one object, as its API writes them. */
export type Fields = Readonly<Record<string, unknown>>;

/** For which paths a route is: as whoever said it named them, and as they are written, which may be some of these alone. */
export interface Place {
  readonly named: PathMatch;
  readonly at: PathMatch;
}

/** The service whose route a feature writes into, on which of its ports, and for which paths; for all of them where nothing is said. */
export interface RouteContext extends Partial<Place> {
  readonly host: string;
  readonly name: string;
  readonly port: Port;
  /** The bundle of the Gateway API that the cluster has. */
  readonly bundle?: GatewayApiBundle;
}

/** One of several routes that a feature makes of one, because it holds for some methods only. */
export interface Division<Value> {
  /** What is added to the route's name. */
  readonly suffix?: string;
  /** Limits the route to these methods. */
  readonly methods?: readonly string[];
  readonly value: Value;
}

/**
 * How a route is divided where what is written into it depends on its paths: `path`, one route for each of its matches; `uri`, one for the path
 * of a prefix and one for all below it as well.
 */
export type PathDivision = 'path' | 'uri';

/** One thing that can be done with requests. All that anybody has to know of it stands here: a new one touches no other file. */
export interface RouteFeature<Value> {
  /** Where statements, tables and rules hold its value. */
  readonly key: string;
  /** How findings call it. */
  readonly title: string;
  /** Only a proxy that reads HTTP can do it: a namespace in ambient mode gets its waypoint for it. */
  readonly needsHttp: boolean;
  /** What it writes into a route, in each API that has words for it. Absent: it is said of hosts, by `ofHost`. */
  readonly inRoute?: Partial<Record<RouterName, (value: Value, context: RouteContext) => Fields>>;
  /** An API that has words for it has none for these paths. */
  readonly lacksWords?: (router: RouterName, value: Value, place: Place) => boolean;
  /** How what it writes depends on the paths of a route, if it does. */
  readonly byPath?: (value: Value, router: RouterName) => PathDivision | undefined;
  /** Said of all requests, it is not about those that a rule of their own takes. */
  readonly isOfOneRoute?: boolean;
  /** The proxy answers by itself: nothing is sent on, and nothing else is written but what holds for such answers. */
  readonly answers?: boolean;
  /** Only requests that are sent on have it: Istio refuses it beside an answer of the proxy's own. */
  readonly needsSending?: boolean;
  /** It holds for the answers that a proxy gives by itself. */
  readonly holdsForAnswers?: boolean;
  /** Whether this value, for requests to a port, is more than the words of an API in the cluster's bundle can say. */
  readonly exceeds?: Partial<Record<RouterName, (value: Value, port: Port, bundle?: GatewayApiBundle) => boolean>>;
  /** What a port says of it for requests to itself, before what its service says. */
  readonly atPort?: (port: Port) => Value | undefined;
  /** The value by which a port takes itself out. */
  readonly none?: Value;
  /** What it writes into the traffic policy of each host that requests are sent to. */
  readonly ofHost?: (value: Value) => Fields;
  /** The routes that it makes of one, for requests to a port. */
  readonly divide?: (value: Value, port: Port) => ReadonlyArray<Division<Value>>;
}

const FEATURES: RouteFeature<unknown>[] = [];

/** Makes a feature known to the fold, the routers and the rules. */
export function defineFeature<Value>(feature: RouteFeature<Value>): void {
  FEATURES.push(feature as RouteFeature<unknown>);
}

/** Every feature that is known by now, in the order in which they were defined. */
export function definedFeatures(): ReadonlyArray<RouteFeature<unknown>> {
  return FEATURES;
}
