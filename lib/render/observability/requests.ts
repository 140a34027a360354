import { isLike, isOneOf, type Matcher, plain, rateOf } from './promql';

/** The requests to a service, as those who count them tell of them. */
export interface CountedRequests {
  /** Whose word counts, as the label `reporter` says it. */
  readonly reporters: readonly string[];
  /** Hosts of the service: its own, and those of Services that a release has for each version. */
  readonly hosts: readonly string[];
  /** Answers may have failed though their HTTP status is 200. */
  readonly speaksGrpc: boolean;
}

const REQUESTS = 'istio_requests_total';
const DURATION = 'istio_request_duration_milliseconds';

/** Bounds of the buckets in which proxies count durations, in milliseconds, unless an annotation of pods gives them others. */
export const BUCKETS = [0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 600_000] as const;

/** How OpenTelemetry tells what of a gRPC server's answers is the server's fault. */
const SERVER_FAULTS = '2|4|12|13|14|15';

/** All requests of a second. */
export function allRequests(counted: CountedRequests, window: string, ...more: readonly Matcher[]): string {
  return `sum(${rateOf(REQUESTS, [...requestsTo(counted), ...more], window)})`;
}

/** Those that the service could not answer. A request is one series, so that one which failed in both ways counts once. */
export function failedRequests(counted: CountedRequests, window: string, ...more: readonly Matcher[]): string {
  const failed = [isLike('response_code', '5..'), ...(counted.speaksGrpc ? [isLike('grpc_response_status', SERVER_FAULTS)] : [])];
  return `sum(${failed.map((how) => rateOf(REQUESTS, [...requestsTo(counted), ...more, how], window)).join(' or ')})`;
}

/** What of all requests these are, from 0 to 1; nothing where there was none to ask about. */
export function shareOf(part: string, all: string): string {
  return `(${part} or vector(0)) / (${all} > 0)`;
}

/**
 * What of all requests took longer, from 0 to 1. Between two buckets requests are taken to be spread evenly, as `histogram_quantile` takes them. Prometheus writes the bound of
 * a bucket as `250` or, from version 3 on, as `250.0`.
 */
export function slowShare(counted: CountedRequests, ms: number, window: string): string {
  const upper = BUCKETS.findIndex((bound) => bound >= ms);
  const lower = upper > 0 ? BUCKETS[upper - 1] : 0;
  const part = plain((ms - lower) / (BUCKETS[upper] - lower));
  const within = (bound: number): string => `sum(${rateOf(`${DURATION}_bucket`, [...requestsTo(counted), bucketAt(bound)], window)})`;
  const terms = [
    ...(part < 1 && upper > 0 ? [`${plain(1 - part)} * ${within(lower)}`] : []),
    part < 1 ? `${part} * ${within(BUCKETS[upper])}` : within(BUCKETS[upper]),
  ];
  const fast = terms.length > 1 ? `(${terms.join(' + ')})` : terms[0];
  return `1 - ${fast} / (sum(${rateOf(`${DURATION}_count`, requestsTo(counted), window)}) > 0)`;
}

/** Milliseconds within which this share of the requests is answered. */
export function quantileOf(counted: CountedRequests, quantile: number, window: string, ...more: readonly Matcher[]): string {
  return `histogram_quantile(${quantile}, sum by (le) (${rateOf(`${DURATION}_bucket`, [...requestsTo(counted), ...more], window)}))`;
}

function requestsTo({ reporters, hosts }: CountedRequests): Matcher[] {
  return [isOneOf('reporter', reporters), isOneOf('destination_service', hosts)];
}

function bucketAt(bound: number): Matcher {
  return Number.isInteger(bound) ? isLike('le', `${bound}([.]0)?`) : isOneOf('le', [String(bound)]);
}
