import type { RouteMatch, RouteStatement } from '../../lib/model/route';
import { service } from '../rules/model-builder';

export const cart = service('cart');

/** What a service says of itself: its first version, which is the stable one. */
export function ownStatement(parts: Partial<RouteStatement> = {}): RouteStatement {
  return { service: cart.key, by: 'service', path: cart.path, versions: ['v1'], ...parts };
}

/** A release of a version that takes a share of all requests. */
export function release(version: string, weight: number, parts: Partial<RouteStatement> = {}): RouteStatement {
  return { service: cart.key, by: 'canary', path: `shop/${version}`, versions: [version], shares: [{ version, weight }], ...parts };
}

/** All requests that have one of some matches, and a version that takes them. */
export function always(version: string, ...matches: RouteMatch[]): RouteStatement {
  return { service: cart.key, by: 'canary', path: `shop/${version}`, matches, shares: [{ version, weight: 100 }] };
}

export function header(name: string, value = 'yes'): RouteMatch {
  return { headers: [{ name, type: 'Exact', value }], queryParams: [] };
}

export function path(value: string, type: 'Exact' | 'PathPrefix' = 'PathPrefix'): RouteMatch {
  return { headers: [], queryParams: [], path: { type, value } };
}
