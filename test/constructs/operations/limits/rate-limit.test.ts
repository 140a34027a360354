import { Chart, Duration } from 'cdk8s';
import {
  DataPlane,
  MeshNamespace,
  MeshPort,
  PathRewrite,
  RateLimit,
  RateLimitKey,
  type RateLimitProps,
  RequestMatch,
  RequestRouting,
} from 'istio-constructs';
import { edgeGateway, findingCodes, manifest, newChart, service, shop, spec } from '../../../builders';
import { forEachPlane } from '../../../for-each-plane';
import { filtersIn, sidecar } from './filters';

const HUNDRED = { requests: 100, per: Duration.minutes(1) };
const BUCKET = { max_tokens: 100, tokens_per_fill: 100, fill_interval: '60s' };
const ALL = { default_value: { numerator: 100, denominator: 'HUNDRED' } };

const configOf = (limit: Omit<RateLimitProps, 'requests' | 'per'>) => {
  const one = shop(sidecar);
  new RateLimit(one.shop, 'limit', { service: one.cart, ...HUNDRED, ...limit });
  return filtersIn(one.chart, 'limit')[0].config;
};

describe('a RateLimit of a service', () => {
  it('is one EnvoyFilter beside it, for its pods, on the port of the pod, last before the router', () => {
    const one = shop(sidecar, { ports: [MeshPort.http(80, { targetPort: 8080 }), MeshPort.grpc(9090), MeshPort.tcp(7000)] });
    const limit = new RateLimit(one.payments, 'limit', { service: one.cart, ...HUNDRED });
    expect(spec(one.chart, 'EnvoyFilter', 'limit', 'shop')).toMatchObject({ workloadSelector: { labels: { app: 'cart' } }, priority: 10 });
    expect(limit.resource.kind).toBe('EnvoyFilter');
    const patches = filtersIn(one.chart, 'limit');
    expect(patches.map(({ chain }) => chain.destinationPort)).toEqual([8080, 9090]);
    expect(patches[0]).toMatchObject({
      operation: 'INSERT_BEFORE',
      context: 'SIDECAR_INBOUND',
      chain: { filter: { name: 'envoy.filters.network.http_connection_manager', subFilter: { name: 'envoy.filters.http.router' } } },
      name: 'rate-limit.limit',
    });
  });

  it('is enabled and enforced, counts all requests together, and is never tried again by gRPC callers', () => {
    expect(configOf({})).toEqual({
      '@type': 'type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit',
      stat_prefix: 'limit',
      token_bucket: BUCKET,
      filter_enabled: ALL,
      filter_enforced: ALL,
      status: { code: 429 },
      rate_limited_as_resource_exhausted: true,
    });
  });

  it('takes its burst, status, trial and headers from its options', () => {
    expect(configOf({ burst: 10, status: 503, enforced: 25, tellCallers: true })).toMatchObject({
      token_bucket: { ...BUCKET, max_tokens: 10 },
      filter_enforced: { default_value: { numerator: 25 } },
      status: { code: 503 },
      enable_x_ratelimit_headers: 'DRAFT_VERSION_03',
    });
  });

  it('counts each value by itself, without a bucket for requests that are not meant', () => {
    const config = configOf({ match: RequestMatch.pathPrefix('/search'), by: RateLimitKey.header('X-User'), maxValues: 50 });
    expect(config).not.toHaveProperty('token_bucket');
    expect(config).toMatchObject({
      max_dynamic_descriptors: 50,
      descriptors: [
        { entries: [{ key: 'match', value: 'yes' }, { key: 'x-user' }], token_bucket: BUCKET },
        {
          entries: [
            { key: 'match', value: 'yes' },
            { key: 'without', value: 'x-user' },
          ],
          token_bucket: BUCKET,
        },
      ],
    });
  });

  it('asks for paths as a route leaves them, whenever that is said', () => {
    const one = shop(sidecar);
    new RateLimit(one.shop, 'limit', { service: one.cart, ...HUNDRED, match: RequestMatch.pathPrefix('/v1/items') });
    const rewrite = { path: PathRewrite.prefix('/') };
    new RequestRouting(one.shop, 'routes', { service: one.cart, rules: [{ match: [RequestMatch.pathPrefix('/v1')], rewrite }] });
    const said = JSON.stringify(filtersIn(one.chart, 'limit')[0].config);
    expect(said).toContain('"regex":"/items([/?#].*)?|/v1/items([/?#].*)?"');
  });

  it('holds on one port where one is named', () => {
    const one = shop(sidecar, { ports: [MeshPort.http(8080), MeshPort.http(8081, { suffix: 'admin' })] });
    new RateLimit(one.shop, 'limit', { service: one.cart, ...HUNDRED, port: 8081 });
    expect(filtersIn(one.chart, 'limit').map(({ chain }) => chain.destinationPort)).toEqual([8081]);
  });

  it('is told of where the namespace of its chart turns out to be in ambient mode', () => {
    const chart = newChart('test', { namespace: 'shop' });
    const cart = service(chart, 'cart');
    new RateLimit(chart, 'limit', { service: cart, ...HUNDRED });
    new MeshNamespace(new Chart(chart.node.root, 'namespaces'), 'shop', { dataPlane: DataPlane.ambient() });
    expect(findingCodes(chart.node.root)).toContain('MESH115');
  });
});

describe('a RateLimit of a gateway', () => {
  forEachPlane((plane) => {
    it('is one EnvoyFilter beside the Gateway, for all its listeners', () => {
      const one = shop(plane);
      const gateway = edgeGateway(one.chart, plane.dataPlane);
      new RateLimit(one.shop, 'limit', { gateway, ...HUNDRED, by: RateLimitKey.clientAddress() });
      const { metadata, spec: said } = manifest(one.chart, 'EnvoyFilter', 'limit');
      expect(metadata).toEqual({ name: 'limit', namespace: 'edge' });
      expect(said).toMatchObject({ targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'gateway' }] });
      expect(said).not.toHaveProperty('workloadSelector');
      const [{ context, chain, config }] = filtersIn(one.chart, 'limit');
      expect([context, chain.destinationPort]).toEqual(['GATEWAY', undefined]);
      expect(config).toMatchObject({
        rate_limits: [{ actions: [{ remote_address: {} }] }],
        descriptors: [{ entries: [{ key: 'remote_address' }] }],
      });
    });
  });
});
