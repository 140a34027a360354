import type { Duration } from 'cdk8s';
import { NUMBER, oneOf, optional, passedOn, struct } from '../../support/options/kind';
import { DURATION } from './duration';

/**
 * How much a caller may load a service, and when a failing pod is left alone.
 *
 * Expands into the trafficPolicy of a DestinationRule, read by each client's sidecar or by the waypoint; limits count per proxy.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection
 */
export interface CircuitBreaker {
  /**
   * Connections at a time.
   * @default - no limit
   */
  readonly maxConnections?: number;

  /**
   * Requests that wait for a connection.
   * @default - Istio's own, no limit
   */
  readonly maxPendingRequests?: number;

  /**
   * Requests at a time.
   * @default - Istio's own, no limit
   */
  readonly maxRequests?: number;

  /**
   * Answers of 502, 503 or 504 in a row after which a pod is left out.
   * @default - not counted
   */
  readonly consecutiveGatewayErrors?: number;

  /**
   * Answers from 500 to 599 in a row after which a pod is left out.
   * @default - not counted
   */
  readonly consecutiveServerErrors?: number;

  /**
   * How often pods are looked at.
   * @default - Istio's own, 10 seconds
   */
  readonly interval?: Duration;

  /**
   * How long a pod is left out the first time; each time that follows is longer.
   * @default - Istio's own, 30 seconds
   */
  readonly baseEjectionTime?: Duration;

  /**
   * Share of the pods, in percent, that may be left out at a time. A pod is left out only if the share of all that are out stays within it.
   * @default - 10, as Istio has it, or as much as lets one of the service's pods go: 50 for two pods, and where their number is not known
   */
  readonly maxEjectionPercent?: number;

  /**
   * Tries in a row that did not reach the pod at all (no connection, a reset, a timeout) after which it is left out. They then no longer count as
   * gateway errors.
   * @default - counted together with gateway errors
   */
  readonly consecutiveLocalOriginFailures?: number;

  /**
   * Share of the pods, in percent, below which nobody is left out any more, and all pods get requests again.
   * @default - Istio's own, 0: never
   */
  readonly minHealthPercent?: number;

  /**
   * How long it may take until a connection is there.
   * @default - Istio's own, 10 seconds
   */
  readonly connectTimeout?: Duration;

  /**
   * How long a connection may be idle before it is closed; one for HTTP is idle while it has no request.
   * @default - Istio's own, 1 hour
   */
  readonly idleTimeout?: Duration;

  /**
   * The same for connections that carry HTTP.
   * @default - as `idleTimeout` says
   */
  readonly httpIdleTimeout?: Duration;

  /**
   * How long a connection may last; then it is closed as soon as it has no request.
   * @default - no limit
   */
  readonly maxConnectionDuration?: Duration;

  /**
   * Requests after which a connection is closed; 1 gives every request a connection of its own.
   * @default - no limit
   */
  readonly maxRequestsPerConnection?: number;

  /**
   * Retries at a time, of all requests to the service. A retry budget takes its place.
   * @default - no limit
   */
  readonly maxRetries?: number;

  /**
   * Requests at a time in one connection, for HTTP/2.
   * @default - Istio's own, 100
   */
  readonly maxConcurrentStreams?: number;

  /**
   * When an idle connection is asked by TCP whether the other side is still there.
   * @default - as the mesh configuration says
   */
  readonly tcpKeepalive?: TcpKeepalive;

  /**
   * The same by pings of HTTP/2. Istio reads it from 1.31 on.
   * @default - no pings
   */
  readonly http2Keepalive?: Http2Keepalive;

  /**
   * Which HTTP is spoken to the pods.
   * @default - as the port declares
   */
  readonly upstreamProtocol?: UpstreamProtocol;
}

/**
 * When an idle connection is asked whether the other side is still there.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings-TCPSettings-TcpKeepalive
 */
export interface TcpKeepalive {
  /**
   * Questions without an answer after which the connection is dead.
   * @default - as the operating system has it, 9 on Linux
   */
  readonly probes?: number;

  /**
   * How long a connection is idle before the first question, in whole seconds.
   * @default - as the operating system has it, 2 hours on Linux
   */
  readonly idle?: Duration;

  /**
   * Time between two questions, in whole seconds.
   * @default - as the operating system has it, 75 seconds on Linux
   */
  readonly interval?: Duration;
}

/**
 * Pings by which a connection of HTTP/2 is kept, or known to be dead.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings-HTTPSettings
 */
export interface Http2Keepalive {
  /** Time between two pings. */
  readonly interval: Duration;
  /** How long the answer to a ping may take. */
  readonly timeout: Duration;
}

/** Which HTTP a proxy speaks to the pods of a service. */
export enum UpstreamProtocol {
  /** HTTP/2, whatever the caller speaks. Behind a waypoint nobody translates it: the application itself has to speak it. */
  HTTP2 = 'HTTP2',
  /** What the port declares, though the mesh configuration upgrades to HTTP/2. */
  AS_DECLARED = 'AS_DECLARED',
  /** What the caller speaks. */
  AS_CALLER = 'AS_CALLER',
}

const UPSTREAM_PROTOCOL = oneOf('UpstreamProtocol', UpstreamProtocol);

const LIMIT = optional(passedOn(NUMBER));

export const TCP_KEEPALIVE = struct<TcpKeepalive>({ probes: LIMIT, idle: optional(DURATION), interval: optional(DURATION) });

export const HTTP2_KEEPALIVE = struct<Http2Keepalive>({ interval: DURATION, timeout: DURATION });

export const CIRCUIT_BREAKER = struct<CircuitBreaker>({
  maxConnections: LIMIT,
  maxPendingRequests: LIMIT,
  maxRequests: LIMIT,
  consecutiveGatewayErrors: LIMIT,
  consecutiveServerErrors: LIMIT,
  interval: optional(DURATION),
  baseEjectionTime: optional(DURATION),
  maxEjectionPercent: LIMIT,
  consecutiveLocalOriginFailures: LIMIT,
  minHealthPercent: LIMIT,
  connectTimeout: optional(DURATION),
  idleTimeout: optional(DURATION),
  httpIdleTimeout: optional(DURATION),
  maxConnectionDuration: optional(DURATION),
  maxRequestsPerConnection: LIMIT,
  maxRetries: LIMIT,
  maxConcurrentStreams: LIMIT,
  tcpKeepalive: optional(TCP_KEEPALIVE),
  http2Keepalive: optional(HTTP2_KEEPALIVE),
  upstreamProtocol: optional(UPSTREAM_PROTOCOL),
});
