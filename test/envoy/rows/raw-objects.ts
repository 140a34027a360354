import { ApiObject } from 'cdk8s';
import { service, type Shop } from '../../builders';
import { eventually, expectShare, statusesOf } from '../expectations';
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

/** A VirtualService that has a second service see half of what the cart gets. */
function mirrorByHand({ chart, shop, product }: Shop): void {
  product.calls(service(shop, 'audit'));
  const to = (name: string) => ({ host: `${name}.shop.svc.cluster.local`, port: { number: 8080 } });
  const http = [{ route: [{ destination: to('cart') }], mirrors: [{ destination: to('audit'), percentage: { value: 50 } }] }];
  new ApiObject(chart, 'mirror', {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'mirror', namespace: 'shop' },
    spec: { hosts: [to('cart').host], http },
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

export const MIRROR: Row = {
  what: 'sends copies of half of the requests elsewhere, whose answers nobody waits for',
  program: mirrorByHand,
  check: async (envoy) => {
    envoy.podsOf('shop/audit-v1').forEach((pod) => pod.answersWith(500));
    expect(statusesOf(await envoy.sendMany(1000))).toEqual({ 200: 1000 });
    expect(envoy.countOf('shop/cart-v1')).toBe(1000);
    await eventually(() => expectShare(envoy.countOf('shop/audit-v1'), 1000, 50));
  },
};

export const RAW_OBJECTS: readonly Row[] = [LIMIT, MIRROR];
