/**
 * What makes a proxy send a request once more.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-retry-on
 */
export enum RetryCondition {
  /** No connection came about: the request was not sent. Safe for every method. */
  CONNECT_FAILURE = 'connect-failure',
  /** The server refused the stream before it looked at it. Safe for every method. */
  REFUSED_STREAM = 'refused-stream',
  /** The connection ended before any part of the request was sent. Safe for every method. */
  RESET_BEFORE_REQUEST = 'reset-before-request',
  /** The connection ended without an answer; the request may have been processed. */
  RESET = 'reset',
  /** Any answer from 500 to 599, or none. */
  SERVER_ERROR = '5xx',
  /** An answer of 502, 503 or 504. */
  GATEWAY_ERROR = 'gateway-error',
  /** An answer of 409. */
  RETRIABLE_4XX = 'retriable-4xx',
  /** GRPC: cancelled. */
  GRPC_CANCELLED = 'cancelled',
  /** GRPC: deadline exceeded. */
  GRPC_DEADLINE_EXCEEDED = 'deadline-exceeded',
  /** GRPC: internal error. */
  GRPC_INTERNAL = 'internal',
  /** GRPC: resource exhausted. */
  GRPC_RESOURCE_EXHAUSTED = 'resource-exhausted',
  /** GRPC: unavailable. */
  GRPC_UNAVAILABLE = 'unavailable',
}
