import type { Duration } from 'cdk8s';
import { NUMBER, optional, passedOn, struct } from '../../support/options/kind';
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
   * Share of the pods, in percent, that may be left out at a time.
   * @default - Istio's own, 10, which leaves out none of two pods
   */
  readonly maxEjectionPercent?: number;
}

const LIMIT = optional(passedOn(NUMBER));

export const CIRCUIT_BREAKER = struct<CircuitBreaker>({
  maxConnections: LIMIT,
  maxPendingRequests: LIMIT,
  maxRequests: LIMIT,
  consecutiveGatewayErrors: LIMIT,
  consecutiveServerErrors: LIMIT,
  interval: optional(DURATION),
  baseEjectionTime: optional(DURATION),
  maxEjectionPercent: LIMIT,
});
