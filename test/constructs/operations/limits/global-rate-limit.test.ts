import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import {
  DataPlane,
  GlobalRateLimit,
  LimiterFailure,
  MeshedService,
  MeshPort,
  RateLimitKey,
  RateLimitService,
  type RateLimitServiceOptions,
  RateLimitUnit,
  RequestMatch,
} from 'istio-constructs';
import { edgeGateway, grant, manifest, service, type Shop, shop, spec } from '../../../builders';
import { forEachPlane } from '../../../for-each-plane';
import { filtersIn, sidecar } from './filters';

const MINUTE = { requests: 100, per: RateLimitUnit.MINUTE };
const CLUSTER = 'outbound|8081||counter.payments.svc.cluster.local';

const counterOf = ({ payments }: Shop): MeshedService =>
  service(payments, 'counter', { ports: [MeshPort.http(8080), MeshPort.grpc(8081)] });

function limited(options: RateLimitServiceOptions = {}): Shop {
  const one = shop(sidecar);
  new GlobalRateLimit(one.shop, 'limit', { service: one.cart, limiter: RateLimitService.of(counterOf(one), options), ...MINUTE });
  return one;
}

describe('a GlobalRateLimit of a service', () => {
  it('has its sidecars ask the one who counts, and refuses what gets no answer', () => {
    const [{ config, name }] = filtersIn(limited().chart, 'limit');
    expect(name).toBe('rate-limit.limit');
    expect(config).toMatchObject({
      '@type': 'type.googleapis.com/envoy.extensions.filters.http.ratelimit.v3.RateLimit',
      domain: 'counter',
      failure_mode_deny: true,
      timeout: '0.25s',
      rate_limited_status: { code: 429 },
      rate_limited_as_resource_exhausted: true,
      rate_limits: [{ actions: [{ generic_key: { descriptor_key: 'limit', descriptor_value: 'shop/limit' } }] }],
      rate_limit_service: {
        transport_api_version: 'V3',
        grpc_service: { envoy_grpc: { cluster_name: CLUSTER, authority: 'counter.payments.svc.cluster.local' } },
      },
    });
  });

  it('lets requests through without an answer where that is asked for by name', () => {
    const [{ config }] = filtersIn(limited({ onFailure: LimiterFailure.LET_THROUGH, timeout: Duration.seconds(1) }).chart, 'limit');
    expect(config).toMatchObject({ failure_mode_deny: false, timeout: '1s' });
  });

  it('opens the way there for the service alone, in both layers and in the scope of its sidecars', () => {
    const { chart } = limited({ port: 8081 });
    const principals = ['cluster.local/ns/shop/sa/cart'];
    expect(grant(chart, 'counter').rules).toEqual([{ from: [{ source: { principals } }], to: [{ operation: { ports: ['8081'] } }] }]);
    expect(spec(chart, 'Sidecar', 'cart')).toMatchObject({ egress: [{ hosts: ['payments/counter.payments.svc.cluster.local'] }] });
    expect(spec(chart, 'NetworkPolicy', 'cart').egress).toMatchObject([{ ports: [{ port: 8081 }] }]);
    expect(spec(chart, 'NetworkPolicy', 'counter').ingress).toMatchObject([{ ports: [{ port: 8081 }] }]);
    expect(manifest(chart, 'EnvoyFilter', 'limit').metadata.annotations).toBeUndefined();
  });

  it('may ask one of another program', () => {
    const one = shop(sidecar);
    const attributes = { namespaceName: 'platform', ports: [MeshPort.grpc(8081)], dataPlane: DataPlane.ambient() };
    const limiter = RateLimitService.of(MeshedService.fromAttributes(one.chart, 'counter', attributes), { domain: 'shop' });
    new GlobalRateLimit(one.shop, 'limit', { service: one.cart, limiter, ...MINUTE });
    expect([limiter.domain, limiter.onFailure]).toEqual(['shop', LimiterFailure.REFUSE]);
    expect(spec(one.chart, 'Sidecar', 'cart')).toMatchObject({ egress: [{ hosts: ['platform/counter.platform.svc.cluster.local'] }] });
  });
});

describe('a GlobalRateLimit of a gateway', () => {
  forEachPlane((plane) => {
    it('tells the gateway of the one who counts, and lets it in', () => {
      const one = shop(plane);
      const gateway = edgeGateway(one.chart, plane.dataPlane);
      new GlobalRateLimit(one.shop, 'limit', { gateway, limiter: RateLimitService.of(counterOf(one)), ...MINUTE });
      expect(manifest(one.chart, 'EnvoyFilter', 'limit', 'edge').metadata.annotations).toEqual({
        'envoyfilter.istio.io/referenced-services': 'payments/counter.payments.svc.cluster.local',
      });
      const source = { principals: ['cluster.local/ns/edge/sa/gateway-istio'] };
      expect(grant(one.chart, 'counter').rules).toEqual([{ from: [{ source }], to: [{ operation: { ports: ['8081'] } }] }]);
    });
  });
});

describe('the rules of a rate limit service', () => {
  it('have a number for each limit, by its name, its requests and what tells them apart', () => {
    const one = shop(sidecar);
    const gateway = edgeGateway(one.chart, DataPlane.sidecar());
    const limiter = RateLimitService.of(counterOf(one), { domain: 'shop' });
    const said = { service: one.cart, limiter, ...MINUTE };
    const limits = [
      new GlobalRateLimit(one.shop, 'users', { ...said, match: RequestMatch.queryParam('q', 'a'), by: RateLimitKey.header('x-user') }),
      new GlobalRateLimit(one.shop, 'all', { ...said, requests: 5, per: RateLimitUnit.DAY }),
      new GlobalRateLimit(one.shop, 'clients', { gateway, limiter, ...MINUTE, by: RateLimitKey.clientAddress() }),
    ];
    const rate_limit = { unit: 'minute', requests_per_unit: 100 };
    const users = [
      { key: 'x-user', rate_limit },
      { key: 'without', value: 'x-user', rate_limit },
    ];
    expect(parse(GlobalRateLimit.rules(limits))).toEqual({
      domain: 'shop',
      descriptors: [
        { key: 'limit', value: 'edge/clients', descriptors: [{ key: 'remote_address', rate_limit }] },
        { key: 'limit', value: 'shop/all', rate_limit: { unit: 'day', requests_per_unit: 5 } },
        { key: 'limit', value: 'shop/users', descriptors: [{ key: 'query', value: 'yes', descriptors: users }] },
      ],
    });
  });

  it('say for each descriptor that proxies send what it is limited to', () => {
    const one = shop(sidecar);
    const limiter = RateLimitService.of(counterOf(one));
    const by = RateLimitKey.header('x-user');
    const limit = new GlobalRateLimit(one.shop, 'users', { service: one.cart, limiter, ...MINUTE, match: RequestMatch.path('/a'), by });
    const [{ config }] = filtersIn(one.chart, 'users');
    const sent = (config.rate_limits as { actions: object[] }[]).map(({ actions }) => actions.map((action) => Object.keys(action)[0]));
    expect(sent).toEqual([
      ['generic_key', 'header_value_match', 'request_headers'],
      ['generic_key', 'header_value_match', 'header_value_match'],
    ]);
    expect(GlobalRateLimit.rules([limit])).not.toContain('&');
  });
});
