import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { parse } from 'yaml';
import {
  DataPlane,
  GlobalRateLimit,
  type GlobalRateLimitProps,
  LimiterFailure,
  MeshPort,
  PathRewrite,
  RateLimit,
  RateLimitKey,
  type RateLimitProps,
  RateLimitService,
  type RateLimitServiceOptions,
  RateLimitUnit,
  RequestMatch,
  RequestRouting,
  RequestSizeLimit,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { edgeGateway, service, shop, type Shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import type { Answer, MetLimit } from '../answer';
import { judged } from '../judged';
import { call, dial, enter, from, type Line, STRANGERS } from '../requests';

const HUNDRED = { requests: 100, per: Duration.minutes(1) };
const BY_USER = { by: RateLimitKey.header('x-user') };
const AS_ALICE = { headers: { 'x-user': 'alice' } };
const SEARCHES = { match: RequestMatch.pathPrefix('/search') };
const SIDECAR = { dataPlane: DataPlane.sidecar() };

const limitsOf = ({ limits }: Answer): readonly MetLimit[] => limits!;
const countsOf = (answer: Answer): unknown => limitsOf(answer).map(({ of }) => of);

/** The shop in sidecar mode, whose product page calls a cart that limits its requests. */
function limited(limit: Omit<RateLimitProps, 'requests' | 'per'>): Shop {
  const one = shop(SIDECAR);
  one.product.calls(one.cart);
  new RateLimit(one.shop, 'limit', { service: one.cart, ...HUNDRED, ...limit });
  return one;
}

async function answersOf({ chart, product, cart }: Shop, ...lines: readonly Line[]): Promise<readonly Answer[]> {
  const mesh = await judged(chart);
  return mesh.answers(lines.map((line) => call(product, cart, line)));
}

/** The shop behind a gateway, in either mode. */
function behindGateway(plane: PlaneUnderTest) {
  const one = shop(plane);
  const gateway = edgeGateway(one.chart, plane.dataPlane);
  gateway.expose(one.cart, { host: 'shop.example.com' });
  return { ...one, gateway };
}

const PLANES: readonly (readonly [string, DataPlane])[] = [
  ['sidecar', DataPlane.sidecar()],
  ['ambient', DataPlane.ambient()],
];

describe('a RateLimit of a service', () => {
  it('is held by the sidecar of each of its pods, as it says', async () => {
    const [answer] = await answersOf(limited({ burst: 150, status: 503 }), {});
    expect(answer.allowed).toBe(true);
    const at = 'sidecar shop/cart-v1';
    expect(answer.limits).toEqual([{ at, name: 'rate-limit.limit', requests: 100, per: '1m', burst: 150, enforced: 100, status: 503 }]);
  });

  it('is met by callers in ambient mode too, at the end of their tunnel', async () => {
    const one = limited({});
    one.cart.access.allowAnyone('the shop is open');
    const mesh = await judged(one.chart);
    const answers = await mesh.answers([from(STRANGERS.ambient, one.cart), dial(STRANGERS.ambient, one.cart)]);
    expect(answers.map(limitsOf)).toMatchObject([[{ requests: 100 }], [{ requests: 100 }]]);
  });

  it('counts no request that authorization refuses', async () => {
    const one = limited({});
    const mesh = await judged(one.chart);
    expect(await mesh.answer(from(STRANGERS.sidecar, one.cart))).toMatchObject({ allowed: false, limits: [] });
  });

  it('is about requests that match alone', async () => {
    const lines = ['/search', '/search/7?q=a', '/search?q=a', '/searches', '/'].map((path) => ({ path }));
    const answers = await answersOf(limited(SEARCHES), ...lines);
    expect(answers.map((answer) => limitsOf(answer).length)).toEqual([1, 1, 1, 0, 0]);
  });

  it('is about requests by the path in which they were sent, whatever the route makes of it', async () => {
    const one = limited({ match: RequestMatch.pathPrefix('/v1/items') });
    const rewrite = { path: PathRewrite.prefix('/api') };
    new RequestRouting(one.shop, 'routes', { service: one.cart, rules: [{ match: [RequestMatch.pathPrefix('/v1')], rewrite }] });
    one.cart.access.allowAnyone('the shop is open');
    const mesh = await judged(one.chart);
    const [sent, other, ambient, straight] = await mesh.answers([
      call(one.product, one.cart, { path: '/v1/items/7?a=b' }),
      call(one.product, one.cart, { path: '/v1/cards' }),
      from(STRANGERS.ambient, one.cart, { path: '/v1/items' }),
      call(one.product, one.cart, { path: '/api/items' }),
    ]);
    expect([sent, other, ambient, straight].map((answer) => limitsOf(answer).length)).toEqual([1, 0, 1, 1]);
  });

  it.each([
    ['a path', RequestMatch.path('/cart'), { path: '/cart?a=b' }, { path: '/cart/7' }],
    ['a header', RequestMatch.header('x-plan', 'free'), { headers: { 'x-plan': 'free' } }, { headers: { 'x-plan': 'paid' } }],
    ['a cookie', RequestMatch.cookie('plan', 'free'), { headers: { cookie: 'a=b; plan=free' } }, { headers: { cookie: 'plan=freedom' } }],
    ['a query', RequestMatch.queryParam('plan', 'free'), { path: '/?plan=free' }, { path: '/?plan=paid' }],
    ['all paths', RequestMatch.pathPrefix('/'), { path: '/any' }, undefined],
  ])('is about requests with %s', async (_, match, meant, other) => {
    const answers = await answersOf(limited({ match }), meant, ...(other ? [other] : []));
    expect(answers.map((answer) => limitsOf(answer).length)).toEqual(other ? [1, 0] : [1]);
  });

  it('counts each value of a header by itself, and all requests without it together', async () => {
    const answers = await answersOf(limited(BY_USER), AS_ALICE, { headers: { 'x-user': 'bob' } }, {}, { headers: { 'x-user': '' } });
    const nobody = ['without=x-user'];
    expect(answers.map(countsOf)).toEqual([['x-user=alice'], ['x-user=bob'], nobody, nobody]);
  });

  it('counts values of those requests alone that match', async () => {
    const answers = await answersOf(
      limited({ ...BY_USER, ...SEARCHES, maxValues: 50 }),
      { path: '/search', ...AS_ALICE },
      { path: '/search' },
      AS_ALICE,
    );
    expect(answers.map(countsOf)).toEqual([['match=yes, x-user=alice'], ['match=yes, without=x-user'], []]);
  });

  it('only counts where nothing is enforced', async () => {
    const [answer] = await answersOf(limited({ enforced: 0, tellCallers: true }), {});
    expect(limitsOf(answer)).toMatchObject([{ requests: 100 }]);
    expect(limitsOf(answer)[0]).not.toHaveProperty('enforced');
  });

  it('holds beside others', async () => {
    const one = limited({});
    new RateLimit(one.shop, 'searches', { service: one.cart, requests: 5, per: Duration.seconds(1), ...SEARCHES });
    const answers = await answersOf(one, { path: '/search' }, {});
    expect(answers.map((answer) => limitsOf(answer).map(({ name }) => name))).toEqual([
      ['rate-limit.limit', 'rate-limit.searches'],
      ['rate-limit.limit'],
    ]);
  });

  it.each([
    [undefined, [1, 1]],
    [8080, [1, 0]],
  ])('holds on the ports that are meant: %s', async (port, met) => {
    const one = shop(SIDECAR, { ports: [MeshPort.http(8080, { targetPort: 8000 }), MeshPort.grpc(9090), MeshPort.tcp(7000)] });
    one.product.calls(one.cart);
    new RateLimit(one.shop, 'limit', { service: one.cart, ...HUNDRED, port });
    const answers = await answersOf(one, { port: 8080 }, { port: 9090 });
    expect(answers.map((answer) => limitsOf(answer).length)).toEqual(met);
  });
});

describe('a RateLimit of a gateway', () => {
  forEachPlane((plane) => {
    it('is held by its proxies, whichever plane is behind it', async () => {
      const { chart, shop: scope, gateway } = behindGateway(plane);
      new RateLimit(scope, 'limit', { gateway, ...HUNDRED, by: RateLimitKey.clientAddress() });
      const mesh = await judged(chart);
      const answer = await mesh.answer(enter('https://shop.example.com/'));
      expect(answer.allowed).toBe(true);
      expect(limitsOf(answer)).toMatchObject([
        { at: 'gateway edge/gateway', of: 'remote_address=203.0.113.50', requests: 100, burst: 100 },
      ]);
    });
  });
});

describe('a RateLimit of a gateway that rewrites', () => {
  forEachPlane((plane) => {
    it('counts paths as clients write them', async () => {
      const one = shop(plane);
      const gateway = edgeGateway(one.chart, plane.dataPlane);
      gateway.expose(one.cart, { host: 'shop.example.com', pathPrefix: '/cart', rewrite: { path: PathRewrite.prefix('/') } });
      new RateLimit(one.shop, 'limit', { gateway, ...HUNDRED, match: RequestMatch.pathPrefix('/cart/search') });
      const mesh = await judged(one.chart);
      const answers = await mesh.answers(['/cart/search/7', '/cart/searches'].map((path) => enter(`https://shop.example.com${path}`)));
      expect(answers.map((answer) => limitsOf(answer).length)).toEqual([1, 0]);
    });
  });
});

describe('a GlobalRateLimit', () => {
  type Limit = Omit<GlobalRateLimitProps, 'limiter' | 'requests' | 'per'>;

  function counted(one: Shop, limit: Limit, options?: RateLimitServiceOptions, place: Construct = one.payments) {
    const counter = service(place, 'counter', { ports: [MeshPort.http(8080), MeshPort.grpc(8081)] });
    const limiter = RateLimitService.of(counter, options);
    new GlobalRateLimit(one.shop, 'limit', { limiter, requests: 100, per: RateLimitUnit.MINUTE, ...limit });
    return counter;
  }

  forEachPlane((plane) => {
    it('has a gateway ask the one who counts, in either mode, and lets it in on that port alone', async () => {
      const one = behindGateway(plane);
      const counter = counted(one, { gateway: one.gateway, ...BY_USER });
      const mesh = await judged(one.chart);
      const gateway = { gateway: 'edge/gateway' };
      const [asked, question, other, stranger] = await mesh.answers([
        enter('https://shop.example.com/', AS_ALICE),
        from(gateway, counter, { port: 8081 }),
        from(gateway, counter, { port: 8080 }),
        from(STRANGERS[plane.name], counter, { port: 8081 }),
      ]);
      const limiter = 'outbound|8081||counter.payments.svc.cluster.local';
      const said = { of: 'limit=edge/limit, x-user=alice', limiter, domain: 'counter', failsClosed: true, enforced: 100, status: 429 };
      expect(limitsOf(asked)).toEqual([{ at: 'gateway edge/gateway', name: 'rate-limit.limit', ...said }]);
      expect([question, other, stranger].map(({ allowed }) => allowed)).toEqual([true, false, false]);
    });
  });

  it.each(PLANES)('has sidecars ask one in %s mode', async (_, dataPlane) => {
    const one = shop(SIDECAR);
    one.product.calls(one.cart);
    const counting = new ZeroTrustNamespace(one.chart, 'counting', { dataPlane });
    const counter = counted(one, { service: one.cart, ...SEARCHES }, { port: 8081, domain: 'shop' }, counting);
    const mesh = await judged(one.chart);
    const [met, none, question, stranger] = await mesh.answers([
      call(one.product, one.cart, { path: '/search' }),
      call(one.product, one.cart),
      call(one.cart, counter, { port: 8081 }),
      call(one.product, counter, { port: 8081 }),
    ]);
    expect(limitsOf(met)).toMatchObject([{ at: 'sidecar shop/cart-v1', of: 'limit=shop/limit, match=yes', domain: 'shop' }]);
    expect(limitsOf(none)).toEqual([]);
    expect([question, stranger].map(({ allowed }) => allowed)).toEqual([true, false]);
  });

  it('lets requests through without an answer where that was asked for', async () => {
    const one = shop(SIDECAR);
    one.product.calls(one.cart);
    counted(one, { service: one.cart }, { onFailure: LimiterFailure.LET_THROUGH, timeout: Duration.millis(100) });
    const [answer] = await answersOf(one, {});
    expect(limitsOf(answer)).toMatchObject([{ of: 'limit=shop/limit', limiter: expect.stringContaining('8081') }]);
    expect(limitsOf(answer)[0]).not.toHaveProperty('failsClosed');
  });
});

interface Rule {
  readonly key?: string;
  readonly value?: string;
  readonly rate_limit?: { readonly unit: string; readonly requests_per_unit: number };
  readonly descriptors?: readonly Rule[];
}

/** What rules say of a descriptor as a proxy sends it, followed entry by entry as envoyproxy/ratelimit does: its value, else any. */
function limitIn(rules: Rule, of: string): Rule['rate_limit'] {
  const entries = of.split(', ').map((entry) => entry.split('='));
  const found = entries.reduce<Rule | undefined>((rule, [key, value]) => {
    const named = rule?.descriptors?.filter((one) => one.key === key) ?? [];
    return named.find((one) => one.value === value) ?? named.find((one) => one.value === undefined);
  }, rules);
  return found?.rate_limit;
}

describe('rules of a rate limit service', () => {
  it('know every descriptor that proxies send', async () => {
    const one = shop(SIDECAR, { ports: [MeshPort.http(8080), MeshPort.http(8081, { suffix: 'admin' })] });
    one.product.calls(one.cart);
    const counter = service(one.payments, 'counter', { ports: [MeshPort.grpc(8081)] });
    const limiter = RateLimitService.of(counter, { onFailure: LimiterFailure.REFUSE });
    const add = (id: string, limit: Omit<GlobalRateLimitProps, 'limiter' | 'service'>) =>
      new GlobalRateLimit(one.shop, id, { service: one.cart, limiter, ...limit });
    const limits = [
      add('total', { requests: 1, per: RateLimitUnit.SECOND }),
      add('users', { requests: 2, per: RateLimitUnit.HOUR, match: RequestMatch.queryParam('q', 'a'), by: RateLimitKey.header('x-user') }),
      add('admin', { requests: 3, per: RateLimitUnit.DAY, port: 8081, status: 503, enforced: 50, tellCallers: true }),
    ];
    const rules = parse(GlobalRateLimit.rules(limits)) as Rule;
    const answers = await answersOf(one, { path: '/?q=a', ...AS_ALICE }, { path: '/?q=a' }, { port: 8081 });
    const known = answers.map((answer) => limitsOf(answer).map(({ of }) => limitIn(rules, of!)));
    const [total, users, admin] = [
      { unit: 'second', requests_per_unit: 1 },
      { unit: 'hour', requests_per_unit: 2 },
      { unit: 'day', requests_per_unit: 3 },
    ];
    const inNoOrder = (some: readonly unknown[]) => [...some].map((each) => JSON.stringify(each)).sort();
    expect(known.map(inNoOrder)).toEqual(
      [
        [total, users],
        [total, users],
        [total, admin],
      ].map(inNoOrder),
    );
    const [held] = limitsOf(answers[2]).filter(({ of }) => of === 'limit=shop/admin');
    expect(held).toMatchObject({ status: 503, enforced: 50, failsClosed: true });
  });
});

describe('a RequestSizeLimit', () => {
  forEachPlane((plane) => {
    it('is held by a gateway', async () => {
      const { chart, gateway } = behindGateway(plane);
      new RequestSizeLimit(chart, 'size', { gateway, maxBytes: 1024 });
      const mesh = await judged(chart);
      const answer = await mesh.answer(enter('https://shop.example.com/'));
      expect(limitsOf(answer)).toEqual([{ at: 'gateway edge/gateway', name: 'request-size-limit.size', maxBytes: 1024 }]);
    });
  });

  it('is held by sidecars, on ports that do not speak gRPC', async () => {
    const one = shop(SIDECAR, { ports: [MeshPort.http(8080), MeshPort.http(8081, { suffix: 'admin' }), MeshPort.grpc(9090)] });
    one.product.calls(one.cart);
    new RequestSizeLimit(one.shop, 'size', { service: one.cart, maxBytes: 1024 });
    new RequestSizeLimit(one.shop, 'small', { service: one.cart, maxBytes: 16, port: 8081 });
    const answers = await answersOf(one, { port: 8080 }, { port: 8081 }, { port: 9090 });
    expect(answers.map((answer) => limitsOf(answer).map(({ name, maxBytes }) => [name, maxBytes]))).toEqual([
      [['request-size-limit.size', 1024]],
      [
        ['request-size-limit.size', 1024],
        ['request-size-limit.small', 16],
      ],
      [],
    ]);
    expect(limitsOf(answers[0])).toMatchObject([{ at: 'sidecar shop/cart-v1' }]);
  });
});
