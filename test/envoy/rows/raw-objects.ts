import { ApiObject } from 'cdk8s';
import type { Shop } from '../../builders';
import { statusesOf } from '../expectations';
import type { Row } from '../row';

const BUCKET = 20;
export const LOCAL_RATE_LIMIT = 'envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit';
const ALL = { default_value: { numerator: 100, denominator: 'HUNDRED' } };

/** An EnvoyFilter that puts an HTTP filter of a type into the sidecars of the cart, for what comes in. */
export function filterByHand({ chart }: Shop, type: string, value: object): void {
  const match = {
    context: 'SIDECAR_INBOUND',
    listener: { filterChain: { filter: { name: 'envoy.filters.network.http_connection_manager' } } },
  };
  const typed_config = { '@type': 'type.googleapis.com/udpa.type.v1.TypedStruct', type_url: `type.googleapis.com/${type}`, value };
  const patch = { operation: 'INSERT_BEFORE', value: { name: 'by-hand', typed_config } };
  new ApiObject(chart, 'filter', {
    apiVersion: 'networking.istio.io/v1alpha3',
    kind: 'EnvoyFilter',
    metadata: { name: 'filter', namespace: 'shop' },
    spec: { workloadSelector: { labels: { app: 'cart' } }, configPatches: [{ applyTo: 'HTTP_FILTER', match, patch }] },
  });
}

/** As in Istio's own task about local rate limits. */
function limitByHand(one: Shop): void {
  filterByHand(one, LOCAL_RATE_LIMIT, {
    stat_prefix: 'http_local_rate_limiter',
    token_bucket: { max_tokens: BUCKET, tokens_per_fill: BUCKET, fill_interval: '600s' },
    filter_enabled: { runtime_key: 'local_rate_limit_enabled', ...ALL },
    filter_enforced: { runtime_key: 'local_rate_limit_enforced', ...ALL },
  });
}

export const LIMIT: Row = {
  what: 'takes as many requests as the bucket holds, and answers the others by itself',
  program: limitByHand,
  at: 'callee',
  planes: ['sidecar'],
  check: async (envoy) => {
    expect(statusesOf(await envoy.sendMany(60))).toEqual({ 200: BUCKET, 429: 60 - BUCKET });
    expect(envoy.countOf()).toBe(BUCKET);
  },
};

export const RAW_OBJECTS: readonly Row[] = [LIMIT];
