import type { Home } from '../../model/namespace-facts';
import type { RouteTable } from '../../model/route';
import { planeOf } from '../plane-of';

export type RouterName = 'istio' | 'gateway-api';

/** One API for routes: what it has no words for, and how it names the versions of a service. */
export interface Router {
  readonly name: RouterName;
  lacks(table: RouteTable): string[];
  /** True: a version is a Service of its own. False: a subset of one. */
  readonly versionsAreServices: boolean;
}

const ISTIO: Router = { name: 'istio', lacks: () => [], versionsAreServices: false };

const GATEWAY_API: Router = {
  name: 'gateway-api',
  // HTTPRoute has `retry` in its experimental channel only.
  lacks: (table) => (table.retries ? ['retries'] : []),
  versionsAreServices: true,
};

const ROUTERS: Readonly<Record<RouterName, Router>> = { istio: ISTIO, 'gateway-api': GATEWAY_API };

/** The router of a service: the one asked for, or the plane's, or the one that can express the table. */
export function routerOf(table: RouteTable, home: Home): Router {
  if (table.routing) return ROUTERS[table.routing];
  const preferred = ROUTERS[planeOf(home).preferredRouter];
  return preferred.lacks(table).length === 0 ? preferred : ISTIO;
}

/** Something is said that a Service alone does not say. */
export function saysSomething(table: RouteTable): boolean {
  return table.timeoutMs !== undefined || table.retries !== undefined || table.rules.length > 0;
}

/** Each version needs a Service: the router, or a gateway that splits by itself, cannot name subsets. */
export function needsVersionServices(table: RouteTable, home: Home, exposed: boolean): boolean {
  if (table.rules.length === 0) return false;
  return routerOf(table, home).versionsAreServices || (exposed && !planeOf(home).routesAtWaypoint);
}

/** What requests through a gateway do not get: there the gateway's own HTTPRoute is all there is. */
export function lostAtGateway(table: RouteTable, home: Home): string[] {
  return planeOf(home).routesAtWaypoint ? [] : GATEWAY_API.lacks(table);
}
