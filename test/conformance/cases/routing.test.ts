import { Duration } from 'cdk8s';
import {
  ABTest,
  type CanaryReleaseProps,
  DataPlane,
  FaultInjection,
  type FurtherVersion,
  MeshPort,
  PathRewrite,
  RequestMatch,
  RequestRouting,
  type RequestRoutingProps,
  type RequestRule,
  SessionAffinity,
  TrafficMirror,
} from 'istio-constructs';
import { canary, edgeGateway, service, type Shop, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { judged } from '../judged';
import { call, enter, type Line, sharesOf } from '../requests';

const version = (name: string) => ({ version: name, image: `registry.example.com/cart:${name}` });
const only = (name: string) => ({ [`shop/cart-${name}`]: 100 });
const V1 = only('v1');
const [V2, V3, V4] = ['v2', 'v3', 'v4'].map(version);
const having = (name: string, value = 'yes'): Line => ({ headers: { [name]: value } });

/** The shop, whose cart is called by the product page. */
function called(plane: PlaneUnderTest, cart: Parameters<typeof shop>[1] = {}): Shop {
  const one = shop(plane, cart);
  one.product.calls(one.cart);
  return one;
}

async function sharesIn({ chart, product, cart }: Shop, ...lines: readonly Line[]): Promise<object[]> {
  const mesh = await judged(chart);
  const answers = await mesh.answers(lines.map((line) => call(product, cart, line)));
  expect(answers.map(({ allowed }) => allowed)).toEqual(lines.map(() => true));
  return answers.map(sharesOf);
}

describe('a CanaryRelease of several versions', () => {
  forEachPlane((plane) => {
    const released = (props: Partial<CanaryReleaseProps>) => {
      const one = called(plane);
      canary(one.cart, props);
      return one;
    };

    it('gives each its share, and its own requests, and the rest to the one that serves', async () => {
      const others: FurtherVersion[] = [{ ...V3, weight: 5, match: [RequestMatch.header('x-v3', 'yes')] }, V4];
      const one = released({ weight: 10, match: [RequestMatch.header('x-v2', 'yes')], others });
      const split = { 'shop/cart-v1': 85, 'shop/cart-v2': 10, 'shop/cart-v3': 5 };
      expect(await sharesIn(one, {}, having('x-v2'), having('x-v3'))).toEqual([split, only('v2'), only('v3')]);
    });

    it('keeps a customer on the version of the first request, as long as it takes any', async () => {
      const cookie = (value: string) => having('cookie', `a=b; release=${value}`);
      const affinity = SessionAffinity.cookie({ name: 'release', maxAge: Duration.hours(1) });
      const shared = released({ weight: 10, affinity });
      const split = { 'shop/cart-v1': 90, 'shop/cart-v2': 10 };
      expect(await sharesIn(shared, {}, cookie('v1'), cookie('v2'), cookie('v9'))).toEqual([split, V1, only('v2'), split]);
      const match = [RequestMatch.header('x-canary', 'yes'), RequestMatch.queryParam('canary', '1')];
      const tester = { headers: { cookie: 'release=v1', 'x-canary': 'yes' } };
      const asked = { headers: { cookie: 'release=v1' }, path: '/?canary=1' };
      expect(await sharesIn(released({ weight: 10, affinity, match }), tester, asked, cookie('v1'))).toEqual([only('v2'), only('v2'), V1]);
      expect(await sharesIn(released({ weight: 0, affinity }), cookie('v2'))).toEqual([V1]);
      expect(await sharesIn(released({ weight: 100, affinity }), cookie('v1'))).toEqual([only('v2')]);
    });
  });
});

describe('an ABTest', () => {
  forEachPlane((plane) => {
    it('sends customers to their variants by header, cookie, query and browser, and all others to the version that serves', async () => {
      const one = called(plane);
      new ABTest(one.shop, 'look', {
        service: one.cart,
        variants: [
          { ...V2, match: [RequestMatch.header('x-look', 'plain'), RequestMatch.queryParam('look', 'plain')] },
          { ...V3, match: [RequestMatch.cookie('look', 'bright'), RequestMatch.userAgent('Firefox')] },
        ],
      });
      const firefox = having('user-agent', 'Mozilla/5.0 Firefox/140.0');
      const lines = [{}, having('x-look', 'plain'), { path: '/?look=plain' }, having('cookie', 'look=bright'), firefox];
      expect(await sharesIn(one, ...lines)).toEqual([V1, only('v2'), only('v2'), only('v3'), only('v3')]);
      const both = { headers: { 'x-look': 'plain', cookie: 'look=bright' } };
      expect(await sharesIn(one, both)).toEqual([only('v2')]);
    });
  });
});

describe('in sidecar mode', () => {
  it('an ABTest tells requests by the service that sends them', async () => {
    const one = called({ dataPlane: DataPlane.sidecar() } as PlaneUnderTest);
    const other = service(one.shop, 'other');
    other.calls(one.cart);
    const variants = [
      { ...V2, match: [RequestMatch.sentBy(other)] },
      { ...V3, match: [RequestMatch.headerContaining('x-a', 'new')] },
    ];
    new ABTest(one.shop, 'look', { service: one.cart, variants });
    const mesh = await judged(one.chart);
    const answers = await mesh.answers([
      call(one.product, one.cart),
      call(other, one.cart),
      call(one.product, one.cart, having('x-a', 'a new one')),
    ]);
    expect(answers.map(sharesOf)).toEqual([V1, only('v2'), only('v3')]);
  });
});

describe('RequestRouting', () => {
  forEachPlane((plane) => {
    const routed = (rules: RequestRule[], props: Partial<RequestRoutingProps> = {}) => {
      const one = called(plane);
      new RequestRouting(one.shop, 'routes', { service: one.cart, versions: [V2, V3], rules, ...props });
      return one;
    };

    it('tries rules in their order, though a later one is narrower', async () => {
      const one = routed([
        { match: [RequestMatch.header('end-user', 'jason')], to: 'v2' },
        { match: [RequestMatch.pathPrefix('/cart/new')], to: 'v3' },
      ]);
      const jason = { 'end-user': 'jason' };
      const lines = [{}, { headers: jason }, { path: '/cart/new/1' }, { path: '/cart/new/1', headers: jason }];
      expect(await sharesIn(one, ...lines)).toEqual([V1, only('v2'), only('v3'), only('v2')]);
    });

    it('splits what no rule before takes, and all of it', async () => {
      const split = [
        { version: 'v2', weight: 30 },
        { version: 'v3', weight: 50 },
      ];
      const shares = { 'shop/cart-v1': 20, 'shop/cart-v2': 30, 'shop/cart-v3': 50 };
      expect(await sharesIn(routed([{ split }]), {})).toEqual([shares]);
      expect(await sharesIn(routed([{ to: 'v3' }]), {})).toEqual([only('v3')]);
    });

    it('asks for all of some matches at once, of the method too', async () => {
      const match = [
        RequestMatch.all([RequestMatch.httpMethod('POST'), RequestMatch.pathPrefix('/cart'), RequestMatch.hasHeader('x-new')]),
      ];
      const one = routed([{ match, to: 'v2' }]);
      const line = { method: 'POST', path: '/cart/1', headers: { 'x-new': '' } };
      const lines = [line, { ...line, method: 'GET' }, { ...line, path: '/' }, { ...line, headers: {} }];
      expect(await sharesIn(one, ...lines)).toEqual([only('v2'), V1, V1, V1]);
    });

    it('gives a path a time of its own, and keeps the one of the service for the others', async () => {
      const one = called(plane, { timeout: Duration.seconds(5) });
      const rules: RequestRule[] = [
        {
          match: [RequestMatch.pathPrefix('/cart/export')],
          timeout: Duration.minutes(1),
          retries: { attempts: 0 },
          cors: { allowOrigins: ['https://shop.example.com'] },
        },
      ];
      new RequestRouting(one.shop, 'routes', { service: one.cart, rules });
      const mesh = await judged(one.chart);
      const answers = await mesh.answers([{ path: '/cart/export/7' }, {}].map((line) => call(one.product, one.cart, line)));
      expect(answers.map(({ legs }) => legs)).toMatchObject([[{ timeout: '1m' }], [{ timeout: '5s' }]]);
      expect(answers.map(({ legs }) => legs[0].retries?.attempts)).toEqual([undefined, 2]);
    });

    it('does for requests of two constructs what both say', async () => {
      const one = routed([{ match: [RequestMatch.header('end-user', 'jason')], to: 'v2' }]);
      const match = [RequestMatch.pathPrefix('/cart')];
      new FaultInjection(one.shop, 'chaos', { service: one.cart, match, delay: { duration: Duration.seconds(7) } });
      const mesh = await judged(one.chart);
      const [both] = await mesh.answers([call(one.product, one.cart, { path: '/cart/1', headers: { 'end-user': 'jason' } })]);
      expect(sharesOf(both)).toEqual(only('v2'));
      expect(both.legs).toMatchObject([{ fault: { delay: '7s' } }]);
    });

    it('does so by two texts of one header where one has the other, or a value has it', async () => {
      const one = shop(plane);
      canary(one.cart, { weight: 0, match: [RequestMatch.userAgent('Chrome/14'), RequestMatch.header('x-tester', 'team red')] });
      const match = [RequestMatch.userAgent('Chrome'), RequestMatch.headerContaining('x-tester', 'red')];
      new RequestRouting(one.shop, 'routes', { service: one.cart, rules: [{ match, timeout: Duration.seconds(7) }] });
      one.product.calls(one.cart);
      const mesh = await judged(one.chart);
      const asked = [
        { 'user-agent': 'X Chrome/140' },
        { 'x-tester': 'team red' },
        { 'user-agent': 'X Chrome/1' },
        { 'x-tester': 'reddish' },
      ];
      const answers = await mesh.answers([...asked, {}].map((headers) => call(one.product, one.cart, { headers })));
      const [v1, v2] = ['v1', 'v2'].map((version) => ({ [`shop/cart-${version}`]: 100 }));
      expect(answers.map(sharesOf)).toEqual([v2, v2, v1, v1, v1]);
      expect(answers.map(({ legs }) => legs.find(({ timeout }) => timeout)?.timeout)).toEqual(['7s', '7s', '7s', '7s', undefined]);
    });

    it('holds for what comes in through a gateway', async () => {
      const one = routed([{ match: [RequestMatch.header('end-user', 'jason')], to: 'v2' }, { to: 'v3' }]);
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com' });
      const mesh = await judged(one.chart);
      const lines = [{}, having('end-user', 'jason')];
      const answers = await mesh.answers(lines.map((line) => enter('https://shop.example.com/', line)));
      expect(answers.map(sharesOf)).toEqual([only('v3'), only('v2')]);
    });
  });
});

describe('a rule of one construct beside what others say', () => {
  const inside = PathRewrite.whole('/new');

  forEachPlane((plane) => {
    it('rewrites requests, whichever version takes them by a match or a cookie', async () => {
      const one = called(plane);
      canary(one.cart, { weight: 50, affinity: SessionAffinity.cookie(), match: [RequestMatch.header('x-canary', 'yes')] });
      new RequestRouting(one.shop, 'routes', { service: one.cart, rules: [{ rewrite: { path: inside } }] });
      const mesh = await judged(one.chart);
      const lines = [{}, having('cookie', 'release=v1'), having('x-canary')];
      const answers = await mesh.answers(lines.map((line) => call(one.product, one.cart, line)));
      expect(answers.map(({ legs }) => legs[0].shape?.path)).toEqual(['/new', '/new', '/new']);
    });

    it('takes the narrower of two nested paths for itself', async () => {
      const one = called(plane);
      const match = ['/a', '/a/b'].map((prefix) => RequestMatch.pathPrefix(prefix));
      new RequestRouting(one.shop, 'routes', { service: one.cart, rules: [{ match, rewrite: { path: PathRewrite.prefix('/z') } }] });
      const mesh = await judged(one.chart);
      const answers = await mesh.answers(['/a/x', '/a/b/x'].map((path) => call(one.product, one.cart, { path })));
      expect(answers.map(({ legs }) => legs[0].shape?.path)).toEqual(['/z/x', '/z/x']);
    });

    it('keeps its place at a gateway that exposes a part of its path', async () => {
      const one = called(plane);
      const rules = [
        { match: [RequestMatch.pathPrefix('/api')], to: 'v2' },
        { match: [RequestMatch.header('x-t', 'a')], to: 'v3' },
      ];
      new RequestRouting(one.shop, 'routes', { service: one.cart, versions: [V2, V3], rules });
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com', pathPrefix: '/api/v1' });
      const mesh = await judged(one.chart);
      expect(sharesOf(await mesh.answer(enter('https://shop.example.com/api/v1/x', having('x-t', 'a'))))).toEqual(only('v2'));
    });

    it('may be one of more than an HTTPRoute has room for', async () => {
      const one = called(plane);
      const rules = Array.from({ length: 20 }, (_, index) => ({
        match: [RequestMatch.path(`/p${index}`)],
        timeout: Duration.seconds(index + 1),
      }));
      new RequestRouting(one.shop, 'routes', { service: one.cart, rules });
      const mesh = await judged(one.chart);
      expect((await mesh.answer(call(one.product, one.cart, { path: '/p6' }))).legs).toMatchObject([{ timeout: '7s' }]);
    });
  });
});

describe('a TrafficMirror', () => {
  forEachPlane((plane) => {
    it('sends copies of some requests to a version that gets no others, and lets them in', async () => {
      const one = called(plane);
      new TrafficMirror(one.shop, 'shadow', { service: one.cart, mirror: V2, percentage: 10 });
      const mesh = await judged(one.chart);
      const answer = await mesh.answer(call(one.product, one.cart));
      expect(sharesOf(answer)).toEqual(V1);
      expect(answer.copies).toMatchObject([{ workload: 'shop/cart-v2', weight: 10, allowed: true }]);
    });

    it('copies requests that match, also half a percent of them, while a canary goes on', async () => {
      const one = called(plane);
      canary(one.cart, { weight: 10 });
      const match = [RequestMatch.pathPrefix('/cart')];
      new TrafficMirror(one.shop, 'shadow', { service: one.cart, mirror: V3, percentage: 0.5, match });
      const mesh = await judged(one.chart);
      const answers = await mesh.answers([{}, { path: '/cart/1' }].map((line) => call(one.product, one.cart, line)));
      const split = { 'shop/cart-v1': 90, 'shop/cart-v2': 10 };
      expect(answers.map(sharesOf)).toEqual([split, split]);
      expect(answers.map(({ copies = [] }) => copies.map(({ workload, weight }) => [workload, weight]))).toEqual([
        [],
        [['shop/cart-v3', 0.5]],
      ]);
    });

    it('sends copies to another service, which lets the callers in', async () => {
      const one = called(plane);
      const other = service(one.shop, 'audit');
      other.access.allow(one.product);
      new TrafficMirror(one.shop, 'shadow', { service: one.cart, mirrorService: other });
      const mesh = await judged(one.chart);
      const answer = await mesh.answer(call(one.product, one.cart));
      expect(answer.copies).toMatchObject([{ workload: 'shop/audit-v1', weight: 100, allowed: true }]);
    });

    it('copies what comes in through a gateway', async () => {
      const one = called(plane);
      new TrafficMirror(one.shop, 'shadow', { service: one.cart, mirror: V2, percentage: 10 });
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com' });
      const mesh = await judged(one.chart);
      const answer = await mesh.answer(enter('https://shop.example.com/'));
      expect([sharesOf(answer), answer.copies?.map(({ workload, allowed }) => [workload, allowed])]).toEqual([
        V1,
        [['shop/cart-v2', true]],
      ]);
    });
  });
});

describe('connections that are no HTTP', () => {
  forEachPlane((plane) => {
    it('are split by weight', async () => {
      const one = called(plane, { ports: [MeshPort.tcp(9000)] });
      canary(one.cart, { weight: 20 });
      expect(await sharesIn(one, { port: 9000 })).toEqual([{ 'shop/cart-v1': 80, 'shop/cart-v2': 20 }]);
    });

    it('are split beside the requests of another port', async () => {
      const one = called(plane, { ports: [MeshPort.http(8080), MeshPort.tcp(9000)] });
      canary(one.cart, { weight: 20, match: [RequestMatch.header('x-canary', 'true')] });
      const split = { 'shop/cart-v1': 80, 'shop/cart-v2': 20 };
      expect(await sharesIn(one, { port: 9000 }, {}, having('x-canary', 'true'))).toEqual([split, split, only('v2')]);
    });
  });
});
