import type { Hop } from './hop';
import type { Retries, RouteRule } from './route-table';

/** What takes part in deciding about a request. */
export type Layer = 'network' | 'authorization' | 'scope' | 'mtls' | 'routing';

/** An end before any connection is made: out of scope, or a route that leads nowhere. */
export interface Refusal {
  readonly layer: Layer;
  readonly by: string;
}

/** One way that a request can take, with its share of all requests. */
export interface Trip {
  readonly hops: readonly Hop[];
  readonly host: string;
  readonly subset?: string;
  /** `namespace/name` of the workload it ends at; undefined outside the manifests. */
  readonly workload?: string;
  /** Between 0 and 1; the trips of one plan sum to 1. */
  readonly share: number;
  readonly refusal?: Refusal;
}

/** A proxy that routed, and what it was told. */
export interface Leg {
  /** `sidecar shop/web`, `waypoint shop/waypoint`, `gateway edge/gateway`. */
  readonly at: string;
  /** The object and the rule in it; undefined where nothing is said of the service. */
  readonly by?: string;
  readonly rule?: string;
  readonly timeout?: string;
  readonly retries?: Retries;
}

export interface Plan {
  readonly legs: readonly Leg[];
  readonly trips: readonly Trip[];
}

export const refused = (host: string, layer: Layer, by: string): Plan => ({
  legs: [],
  trips: [{ hops: [], host, share: 1, refusal: { layer, by } }],
});

export const legOf = (at: string, rule: RouteRule): Leg => ({
  at,
  by: rule.by,
  rule: rule.name,
  timeout: rule.timeout,
  retries: rule.retries,
});
