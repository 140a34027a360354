import type { LocalLimit, OverLimit } from '../../model/limits/limits';
import { seconds } from '../../support/durations';
import { type Descriptor, descriptorsOf } from './descriptors';
import type { HttpFilter } from './envoy-filter';

type Fields = Readonly<Record<string, unknown>>;

/** Envoy's local rate limit. Its own defaults enable and enforce it for no request. */
export function renderLocalLimit(limit: LocalLimit): HttpFilter {
  const descriptors = descriptorsOf(limit);
  const bucket = { max_tokens: limit.burst, tokens_per_fill: limit.requests, fill_interval: seconds(limit.perMs) };
  return {
    name: `rate-limit.${limit.name}`,
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit',
      stat_prefix: limit.name,
      ...(descriptors.length > 0 ? described(limit, descriptors, bucket) : { token_bucket: bucket }),
      filter_enabled: percent(100),
      filter_enforced: percent(limit.enforced),
      status: { code: limit.status },
      // UNAVAILABLE, which Envoy says otherwise, is tried again by callers.
      rate_limited_as_resource_exhausted: true,
      ...rateLimitHeaders(limit),
    },
  };
}

/** No bucket for the rest: requests that no descriptor is about pass. */
function described({ maxValues, by }: LocalLimit, descriptors: readonly Descriptor[], bucket: Fields): Fields {
  return {
    rate_limits: descriptors.map(({ actions }) => ({ actions })),
    descriptors: descriptors.map(({ entries }) => ({ entries, token_bucket: bucket })),
    ...(by ? { max_dynamic_descriptors: maxValues } : {}),
  };
}

/** For the whole of the requests that a filter sees, or a part. */
export function percent(numerator: number): Fields {
  return { default_value: { numerator, denominator: 'HUNDRED' } };
}

export function rateLimitHeaders({ tellsCallers }: OverLimit): Fields {
  return tellsCallers ? { enable_x_ratelimit_headers: 'DRAFT_VERSION_03' } : {};
}
