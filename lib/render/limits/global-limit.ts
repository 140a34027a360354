import type { GlobalLimit } from '../../model/limits/limits';
import { seconds } from '../../support/durations';
import { type Descriptor, descriptorsOf } from './descriptors';
import type { HttpFilter } from './envoy-filter';
import { percent, rateLimitHeaders } from './local-limit';

/** First entry of every descriptor: which limit it is about, so that limits of one domain do not meet. */
const LIMIT = 'limit';

/** Envoy's rate limit. It asks straight away, without a route: the cluster is the one that istiod makes for the service. */
export function renderGlobalLimit(name: string, limit: GlobalLimit): HttpFilter {
  const { domain, host, port, timeoutMs, failsClosed } = limit.limiter;
  return {
    name: `rate-limit.${name}`,
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.http.ratelimit.v3.RateLimit',
      stat_prefix: name,
      domain,
      timeout: seconds(timeoutMs),
      failure_mode_deny: failsClosed,
      filter_enabled: percent(100),
      filter_enforced: percent(limit.enforced),
      rate_limited_status: { code: limit.status },
      // UNAVAILABLE, which Envoy says otherwise, is tried again by callers.
      rate_limited_as_resource_exhausted: true,
      rate_limits: globalDescriptors(limit).map(({ actions }) => ({ actions })),
      ...rateLimitHeaders(limit),
      rate_limit_service: {
        transport_api_version: 'V3',
        grpc_service: { envoy_grpc: { cluster_name: `outbound|${port}||${host}`, authority: host } },
      },
    },
  };
}

/** The same as for a proxy that counts itself, below the name of the limit. */
export function globalDescriptors(limit: GlobalLimit): readonly Descriptor[] {
  const named = { generic_key: { descriptor_key: LIMIT, descriptor_value: limit.name } };
  const described = descriptorsOf(limit);
  const all = described.length > 0 ? described : [{ actions: [], entries: [] }];
  return all.map(({ actions, entries }) => ({
    actions: [named, ...actions],
    entries: [{ key: LIMIT, value: limit.name }, ...entries],
  }));
}
