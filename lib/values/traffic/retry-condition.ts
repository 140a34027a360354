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
  /** Any answer that a rate limit of Envoy's has marked with `x-envoy-ratelimited`; Envoy leaves those alone otherwise. */
  RATE_LIMITED = 'envoy-ratelimited',
  /** An answer with a header that the request named in `x-envoy-retriable-header-names`. */
  RETRIABLE_HEADERS = 'retriable-headers',
  /** An answer of a status that the request named in `x-envoy-retriable-status-codes`; for statuses that are known beforehand use `onStatus`. */
  RETRIABLE_STATUS_CODES = 'retriable-status-codes',
  /** A request over HTTP/3 failed after the connection came about; Istio's proxies speak no HTTP/3 to services by themselves. */
  HTTP3_POST_CONNECT_FAILURE = 'http3-post-connect-failure',
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
