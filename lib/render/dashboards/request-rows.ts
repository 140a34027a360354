import type { DashboardRow } from '../../model/observability/dashboard';
import { inFlight, quantile, rate, REQUESTS, share, type Where } from './promql';

const FAILED = ['response_code=~"5.."'];
const FAILED_GRPC = ['grpc_response_status=~"[1-9].*"'];

// What Envoy says of requests that it gave up: full, limited, nobody healthy, no connection, too many retries, too late.
const GIVEN_UP = ['response_flags=~".*(UO|RL|UH|UF|URX|UT).*"'];

/** What becomes of requests. */
export function requestRow(where: Where): DashboardRow {
  return {
    title: 'Requests',
    panels: [
      {
        title: 'Request rate',
        about: 'Requests in a second, by the status of the answer.',
        unit: 'reqps',
        queries: [{ expr: rate(REQUESTS, where, ['response_code']), legend: '{{response_code}}' }],
      },
      {
        title: 'Errors',
        about: 'Share of requests with an answer 500 and above, and of those with a gRPC status other than OK.',
        unit: 'percentunit',
        queries: [
          { expr: share(REQUESTS, where, FAILED), legend: '5xx' },
          { expr: share(REQUESTS, where, FAILED_GRPC), legend: 'gRPC' },
        ],
      },
      {
        title: 'Latency',
        about: 'How long requests take: half of them, nine of ten, and all but one of a hundred.',
        unit: 'ms',
        queries: [0.5, 0.9, 0.99].map((part) => ({ expr: quantile(part, where), legend: `p${part * 100}` })),
      },
    ],
  };
}

/** How near it is to its limits. */
export function saturationRow(where: Where, sent: Where): DashboardRow {
  return {
    title: 'Saturation',
    panels: [
      {
        title: 'Requests in flight',
        about: 'Requests at one time, on average: so many as come in a second, for as long as one takes.',
        unit: 'short',
        queries: [{ expr: inFlight(where), legend: 'in flight' }],
      },
      {
        title: 'Given up',
        about:
          'Requests that a proxy gave up: UO circuit breaker, RL rate limit, UH nobody healthy, UF no connection, URX retries used up, UT timeout.',
        unit: 'reqps',
        queries: [
          { expr: rate(REQUESTS, [...sent, ...GIVEN_UP], ['reporter', 'response_flags']), legend: '{{response_flags}} at {{reporter}}' },
        ],
      },
    ],
  };
}

/** Each version beside the others, by the labels that tell them apart. */
export function versionRow({ where, by }: { readonly where: Where; readonly by: readonly string[] }): DashboardRow {
  const legend = by.map((label) => `{{${label}}}`).join(' ');
  return {
    title: 'Versions',
    panels: [
      {
        title: 'Request rate of versions',
        about: 'Requests in a second that each version gets.',
        unit: 'reqps',
        queries: [{ expr: rate(REQUESTS, where, by), legend }],
      },
      {
        title: 'Errors of versions',
        about: 'Share of the requests of each version with an answer 500 and above, or a gRPC status other than OK.',
        unit: 'percentunit',
        queries: [
          { expr: share(REQUESTS, where, FAILED, by), legend },
          { expr: share(REQUESTS, where, FAILED_GRPC, by), legend: `${legend} gRPC` },
        ],
      },
      {
        title: 'Latency of versions',
        about: 'How long all but one of a hundred requests of each version take.',
        unit: 'ms',
        queries: [{ expr: quantile(0.99, where, by), legend }],
      },
    ],
  };
}
