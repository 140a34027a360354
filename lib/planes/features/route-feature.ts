import type { Port } from '../../model/port';
import type { GatewayApiBundle, RouterName } from '../../model/route';

/** Fields of one object, as its API writes them. */
export type Fields = Readonly<Record<string, unknown>>;

/** One of several routes that a feature makes of one, because it holds for some methods only. */
export interface Division<Value> {
  /** What is added to the route's name. */
  readonly suffix?: string;
  /** Limits the route to these methods. */
  readonly methods?: readonly string[];
  readonly value: Value;
}

/** One thing that can be done with requests. All that anybody has to know of it stands here: a new one touches no other file. */
export interface RouteFeature<Value> {
  /** Where statements, tables and rules hold its value. */
  readonly key: string;
  /** How findings call it. */
  readonly title: string;
  /** Only a proxy that reads HTTP can do it: a namespace in ambient mode gets its waypoint for it. */
  readonly needsHttp: boolean;
  /** What it writes into a route, in each API that has words for it. Absent: it is said of hosts, by `ofHost`. */
  readonly inRoute?: Partial<Record<RouterName, (value: Value, bundle?: GatewayApiBundle) => Fields>>;
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
