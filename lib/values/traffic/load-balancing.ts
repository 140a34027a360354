import type { Duration } from 'cdk8s';
import type { HashFacts, LoadBalancingFacts } from '../../model/route-features';
import { made, NUMBER, optional, passedOn, struct, TEXT } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import { requireToken } from '../../support/bounds/token';
import { DURATION } from './duration';
import { LOCALITY_ROUTING, type LocalityRouting } from './locality-routing';

/** How the load of a new pod grows. */
export interface Warmup {
  /** How long it takes until a new pod gets as many requests as the others. */
  readonly duration: Duration;

  /**
   * Share of its requests, in percent, that it gets at first.
   * @default - Istio's own, 10
   */
  readonly minimumPercent?: number;

  /**
   * How the share grows: 1 evenly, more than 1 faster at first.
   * @default - Istio's own, 1
   */
  readonly aggression?: number;
}

/** What else may be said of a choice by load or by turns. */
export interface LoadBalancingOptions {
  /**
   * How the load of a new pod grows.
   * @default - a new pod gets as many requests as any other at once
   */
  readonly warmup?: Warmup;

  /**
   * Which zones get the requests.
   * @default - as the mesh configuration says
   */
  readonly locality?: LocalityRouting;
}

/** What else may be said of a choice that looks at no load. */
export interface LocalityOptions {
  /**
   * Which zones get the requests.
   * @default - as the mesh configuration says
   */
  readonly locality?: LocalityRouting;
}

/** The cookie by which a caller comes back to its pod. */
export interface HashCookieOptions {
  /**
   * How long the cookie lasts that the proxy sets where a request has none.
   * @default - the proxy sets none, and requests without it go to any pod
   */
  readonly ttl?: Duration;

  /**
   * Path of that cookie.
   * @default - none
   */
  readonly path?: string;

  /**
   * Which zones get the requests.
   * @default - as the mesh configuration says
   */
  readonly locality?: LocalityRouting;
}

const WARMUP = struct<Warmup>({ duration: DURATION, minimumPercent: optional(passedOn(NUMBER)), aggression: optional(passedOn(NUMBER)) });
const OPTIONS = struct<LoadBalancingOptions>({ warmup: optional(WARMUP), locality: optional(LOCALITY_ROUTING) });
const LOCALITY_OPTIONS = struct<LocalityOptions>({ locality: optional(LOCALITY_ROUTING) });
const COOKIE = struct<HashCookieOptions>({ ttl: optional(DURATION), path: optional(TEXT), locality: optional(LOCALITY_ROUTING) });

/** What was said, before its durations are checked. */
export interface LoadBalancingWords extends Omit<LoadBalancingFacts, 'warmup' | 'hash'> {
  readonly warmup?: Warmup;
  readonly hash?: Omit<HashFacts, 'cookie'> & {
    readonly cookie?: { readonly name: string; readonly ttl?: Duration; readonly path?: string };
  };
}

/**
 * Which pod of a service gets a request.
 *
 * Expands into `loadBalancer` of a DestinationRule, read by each caller's sidecar or by the waypoint. Without a waypoint nobody reads it in
 * ambient mode, so saying it brings one; `trafficDistribution` is what ztunnel reads.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings
 * @example
 * import { Duration } from 'cdk8s';
 * import { LoadBalancing, MeshedService, MeshPort } from 'istio-constructs';
 *
 * new MeshedService(shop, 'basket', {
 *   image: 'ghcr.io/acme/basket:1.4.0',
 *   ports: [MeshPort.http(8080)],
 *   loadBalancing: LoadBalancing.byCookie('basket', { ttl: Duration.hours(1), path: '/' }),
 * });
 */
export class LoadBalancing {
  /**
   * Each pod in turn.
   * @param options What else holds
   */
  public static roundRobin(options: LoadBalancingOptions = {}): LoadBalancing {
    requireOptions('LoadBalancing', options, OPTIONS);
    return new LoadBalancing({ simple: 'ROUND_ROBIN', warmup: options.warmup, locality: options.locality?._facts });
  }

  /**
   * Of two pods chosen by chance the one with fewer requests under way: what Istio does by itself.
   * @param options What else holds
   */
  public static leastRequest(options: LoadBalancingOptions = {}): LoadBalancing {
    requireOptions('LoadBalancing', options, OPTIONS);
    return new LoadBalancing({ simple: 'LEAST_REQUEST', warmup: options.warmup, locality: options.locality?._facts });
  }

  /**
   * Any pod, by chance.
   * @param options What else holds
   */
  public static random(options: LocalityOptions = {}): LoadBalancing {
    requireOptions('LoadBalancing', options, LOCALITY_OPTIONS);
    return new LoadBalancing({ simple: 'RANDOM', locality: options.locality?._facts });
  }

  /**
   * Requests with one value of a header go to one pod, as long as the pods stay.
   * @param name Name of the header
   * @param options What else holds
   */
  public static byHeader(name: string, options: LocalityOptions = {}): LoadBalancing {
    return LoadBalancing.hashed({ header: requireName('header name', name) }, options);
  }

  /**
   * Requests with one value of a query parameter go to one pod, as long as the pods stay.
   * @param name Name of the parameter
   * @param options What else holds
   */
  public static byQueryParam(name: string, options: LocalityOptions = {}): LoadBalancing {
    return LoadBalancing.hashed({ queryParam: requireName('query parameter', name) }, options);
  }

  /**
   * Requests with one value of a cookie go to one pod, as long as the pods stay.
   * @param name Name of the cookie
   * @param options Whether the proxy sets the cookie, and what else holds
   */
  public static byCookie(name: string, options: HashCookieOptions = {}): LoadBalancing {
    requireOptions('LoadBalancing', options, COOKIE);
    const { ttl, path, locality } = options;
    return new LoadBalancing({ hash: { cookie: { name: requireName('cookie name', name), ttl, path } }, locality: locality?._facts });
  }

  /**
   * Requests from one address go to one pod, as long as the pods stay. The address is that of the last proxy or load balancer before this one.
   * @param options What else holds
   */
  public static bySourceIp(options: LocalityOptions = {}): LoadBalancing {
    return LoadBalancing.hashed({}, options);
  }

  private static hashed(hash: HashFacts, options: LocalityOptions): LoadBalancing {
    requireOptions('LoadBalancing', options, LOCALITY_OPTIONS);
    return new LoadBalancing({ hash, locality: options.locality?._facts });
  }

  /** @internal */
  public readonly _words: LoadBalancingWords;

  private constructor(words: LoadBalancingWords) {
    this._words = words;
  }
}

export const LOAD_BALANCING = made(LoadBalancing, 'LoadBalancing', 'LoadBalancing.roundRobin()');

function requireName(what: string, name: string): string {
  requireArguments('LoadBalancing', { name }, { name: TEXT });
  return requireToken('LoadBalancing', what, name);
}
