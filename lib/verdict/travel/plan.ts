import type { RouteFault } from '../../cluster/routes/changes/route-fault';
import type { ManifestObject } from '../../model/mesh-model';
import type { ProxyAnswer } from '../routes/proxy-answer';
import type { Retries, RouteRule } from '../routes/route-table';
import type { Hop } from './hop';

/** What takes part in deciding about a request. */
export type Layer = 'network' | 'authorization' | 'scope' | 'mtls' | 'routing';

/** An end before any connection is made: out of scope, or a route that leads nowhere. */
export interface Refusal {
  readonly layer: Layer;
  readonly by: string;
  readonly object?: ManifestObject;
  /** What is the matter with it: `no endpoint is behind`. */
  readonly why?: string;
  /** What the client hears instead. */
  readonly answer?: ProxyAnswer;
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
  /** Why nobody can tell how it goes on from here. */
  readonly unknown?: string;
}

/** A proxy that routed, and what it was told. */
export interface Leg {
  /** `sidecar shop/web`, `waypoint shop/waypoint`, `gateway edge/gateway`. */
  readonly at: string;
  /** The object and the rule in it; undefined where nothing is said of the service. */
  readonly by?: string;
  readonly object?: ManifestObject;
  readonly rule?: string;
  readonly timeout?: string;
  readonly retries?: Retries;
  /** What it does to a part of the requests that it sends on. */
  readonly fault?: RouteFault;
}

export interface Plan {
  readonly legs: readonly Leg[];
  readonly trips: readonly Trip[];
}

export function refused(host: string, refusal: Refusal, hops: readonly Hop[] = []): Plan {
  return { legs: [], trips: [{ hops, host, share: 1, refusal }] };
}

/** The part of a plan that so much of the requests follow. */
export function sharedOut(plan: Plan, share: number): Plan {
  return share === 1 ? plan : { ...plan, trips: plan.trips.map((trip) => ({ ...trip, share: trip.share * share })) };
}

/** Manifests leave open where requests go, or say it in words that are not known here. */
export function undecidedPlan(host: string, unknown: string, hops: readonly Hop[] = []): Plan {
  return { legs: [], trips: [{ hops, host, share: 1, unknown }] };
}

export function legOf(at: string, { by, object, name, timeout, retries, fault }: RouteRule): Leg {
  return { at, by, object, rule: name, timeout, retries, ...((fault?.delay ?? fault?.abort) && { fault }) };
}
