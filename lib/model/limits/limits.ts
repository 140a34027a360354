import type { Declared } from '../declared';
import type { PathTest, RouteMatch } from '../route';

/** Proxies that limit requests: the sidecars of a service, on some ports of its pods, or those of a gateway. */
export type LimitPlace = LimitAtService | LimitAtGateway;

export interface LimitAtService {
  readonly podLabels: Readonly<Record<string, string>>;
  readonly podPorts: readonly number[];
}

export interface LimitAtGateway {
  readonly gatewayName: string;
  /** Of a gateway whose pods somebody else installed, by which alone they are found. */
  readonly gatewayPods?: Readonly<Record<string, string>>;
}

/** By what requests are told apart, so that each value has a count of its own. */
export interface LimitKeyFacts {
  /** Name of a header; absent for the address of the client. */
  readonly header?: string;
}

/** Which requests are counted, and how they are told apart. */
export interface LimitedRequests {
  readonly match?: RouteMatch;
  readonly by?: LimitKeyFacts;
  /** The paths of these requests as the proxy sees them; absent where they are those of the match. */
  readonly paths?: readonly PathTest[];
}

/** A limit of requests with some path, as it was said. */
export interface LimitStatement extends Declared {
  /** Key of the service or gateway whose proxies hold it. */
  readonly owner: string;
  readonly match: RouteMatch;
}

/** What a proxy does with a request too many. */
export interface OverLimit {
  readonly status: number;
  /** Percent of the requests too many that are refused; the others are only counted. */
  readonly enforced: number;
  readonly tellsCallers: boolean;
}

/** A limit that each proxy counts by itself. */
export interface LocalLimit extends LimitedRequests, OverLimit {
  readonly name: string;
  readonly requests: number;
  readonly perMs: number;
  readonly burst: number;
  /** Values of `by` that a proxy counts at the same time. */
  readonly maxValues: number;
}

/** A limit that a rate limit service counts for all proxies. */
export interface GlobalLimit extends LimitedRequests, OverLimit {
  /** Name by which the rate limit service knows it. */
  readonly name: string;
  readonly requests: number;
  readonly unit: string;
  readonly limiter: LimiterFacts;
}

/** The rate limit service that proxies ask. */
export interface LimiterFacts {
  readonly domain: string;
  readonly host: string;
  readonly namespaceName: string;
  readonly port: number;
  readonly timeoutMs: number;
  /** Requests are refused as long as it gives no answer. */
  readonly failsClosed: boolean;
}
