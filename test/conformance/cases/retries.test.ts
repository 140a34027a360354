import { Duration } from 'cdk8s';
import {
  GatewayApi,
  LoadBalancing,
  Mesh,
  MeshPort,
  RequestMatch,
  type RetryBudget,
  RetryCondition,
  type RetryPolicy,
  Routing,
} from 'istio-constructs';
import { canary, edgeGateway, newChart, service, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import type { Leg } from '../answer';
import { judged, judgedWithBundle17 } from '../judged';
import type { MeshUnderTest } from '../mesh-under-test';
import { call, enter, type Line, sharesOf } from '../requests';

/** What becomes of requests of the product page to a cart that is retried so. */
async function retriesOf(plane: PlaneUnderTest, retries: RetryPolicy, ...lines: readonly Line[]) {
  const { chart, cart, product } = shop(plane, { retries });
  product.calls(cart);
  const mesh = await judged(chart);
  const answers = await mesh.answers((lines.length > 0 ? lines : [{}]).map((line) => call(product, cart, line)));
  return answers.map(({ legs }) => legs.at(-1)!.retries);
}

const SAFE = ['connect-failure', 'refused-stream', 'reset-before-request'];

describe('retries', () => {
  forEachPlane((plane) => {
    it('are on statuses of answers beside what is safe, for methods that bear it', async () => {
      const [get, post] = await retriesOf(plane, { attempts: 2, onStatus: [503, 429] }, { method: 'GET' }, { method: 'POST' });
      expect(get).toMatchObject({ attempts: 2, codes: [503, 429], on: [...SAFE, 'retriable-status-codes'].sort() });
      expect(post).toMatchObject({ attempts: 2, on: SAFE });
      expect(post).not.toHaveProperty('codes');
    });

    it('wait, and go to other pods and other zones, as is said', async () => {
      const backoff = Duration.millis(200);
      const said = await retriesOf(plane, { attempts: 1, backoff, ignorePreviousHosts: false, remoteLocalities: true });
      expect(said).toMatchObject([{ attempts: 1, backoff: '200ms', otherLocalities: true }]);
      expect(said[0]).not.toHaveProperty('otherHosts');
      expect(await retriesOf(plane, { attempts: 1, ignorePreviousHosts: true })).toMatchObject([{ otherHosts: true }]);
    });

    it.each([
      [RetryCondition.RATE_LIMITED],
      [RetryCondition.RETRIABLE_HEADERS],
      [RetryCondition.RETRIABLE_STATUS_CODES],
      [RetryCondition.HTTP3_POST_CONNECT_FAILURE],
    ])('are on %s, which no method bears by itself', async (condition) => {
      const [get, post] = await retriesOf(plane, { attempts: 1, on: [condition] }, { method: 'GET' }, { method: 'POST' });
      expect(get).toMatchObject({ attempts: 1, on: [condition] });
      expect(post?.attempts ?? 0).toBe(0);
    });

    it('are no more of all requests than their budget has', async () => {
      const budget: RetryBudget = { percent: 25, minConcurrency: 5, interval: Duration.seconds(2) };
      const { chart, cart, product } = shop(plane, { retries: { attempts: 2, budget } });
      product.calls(cart);
      const mesh = await judged(chart);
      const { ways } = await mesh.answer(call(product, cart));
      expect(ways).toMatchObject([{ cluster: { retryBudget: { percent: 25, minConcurrency: 5, interval: '2s' } } }]);
    });

    it('go to any pod where a hash keeps requests to one', async () => {
      const { chart, cart, product } = shop(plane, { retries: { attempts: 2 }, loadBalancing: LoadBalancing.byHeader('x-user') });
      product.calls(cart);
      const mesh = await judged(chart);
      const [{ retries }] = (await mesh.answer(call(product, cart))).legs;
      expect(retries).not.toHaveProperty('otherHosts');
    });
  });
});

const STATUSES: RetryPolicy = { attempts: 3, on: [RetryCondition.CONNECT_FAILURE, RetryCondition.REFUSED_STREAM], onStatus: [503] };
const WORDS = ['cancelled', 'connect-failure', 'refused-stream', 'retriable-status-codes', 'unavailable'];

/** A shop in a cluster with a later bundle of the Gateway API. */
function laterShop(plane: PlaneUnderTest, retries: RetryPolicy, routing?: Routing, gatewayApi = GatewayApi.V1_7) {
  const chart = newChart();
  new Mesh(chart, 'mesh', { gatewayApi });
  const { dataPlane } = plane;
  const edge = edgeGateway(chart, dataPlane);
  const cart = service(edge.node.scope!, 'cart', { ports: [MeshPort.http(8080)], retries, routing });
  const product = service(edge.node.scope!, 'product');
  product.calls(cart);
  edge.expose(cart, { host: 'shop.example.com' });
  return { chart, cart, product };
}

const kinds = ({ manifests }: MeshUnderTest) =>
  (manifests as ReadonlyArray<{ kind: string; metadata: { name: string } }>)
    .filter(({ kind }) => kind === 'HTTPRoute' || kind === 'VirtualService')
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    .sort();

describe('retries with a bundle of the Gateway API that has words for them', () => {
  forEachPlane((plane) => {
    it('are those of an HTTPRoute where it says the same', async () => {
      const { chart, cart, product } = laterShop(plane, { ...STATUSES, idempotent: true, perTryTimeout: Duration.seconds(1) });
      const mesh = await judgedWithBundle17(chart);
      expect(kinds(mesh)).toContain(plane.of({ sidecar: 'VirtualService cart', ambient: 'HTTPRoute cart' }));
      const [{ retries, timeout }] = (await mesh.answer(call(product, cart, { method: 'POST' }))).legs;
      expect(retries).toMatchObject({ attempts: 3, codes: [503], perTryTimeout: '1s' });
      expect(timeout).toBeUndefined();
    });

    it('are those of methods that bear them, also in an HTTPRoute', async () => {
      const { chart, cart, product } = laterShop(plane, STATUSES, Routing.gatewayApi());
      const mesh = await judgedWithBundle17(chart);
      const answers = await mesh.answers(['GET', 'POST'].map((method) => call(product, cart, { method })));
      const [get, post] = answers.map(({ legs }) => legs.at(-1)!.retries);
      expect(get).toMatchObject({ attempts: 3, codes: [503], on: WORDS });
      expect(post).toMatchObject({ attempts: 3 });
      expect(post).not.toHaveProperty('codes');
    });

    it('stay with VirtualService where HTTPRoute would say something else', async () => {
      const { chart, cart, product } = laterShop(plane, { attempts: 3, on: [RetryCondition.RESET], idempotent: true });
      const mesh = await judgedWithBundle17(chart);
      expect(kinds(mesh)).toContain('VirtualService cart');
      const [{ retries }] = (await mesh.answer(call(product, cart))).legs;
      expect(retries).toMatchObject({ attempts: 3, on: ['reset'] });
    });

    it('stay with VirtualService where methods make more matches of a rule than an HTTPRoute takes', async () => {
      const one = shop(plane, { retries: STATUSES });
      new Mesh(one.chart, 'mesh', { gatewayApi: GatewayApi.V1_7 });
      const match = Array.from({ length: 30 }, (_, index) => RequestMatch.header('x-tester', `tester-${index}`));
      canary(one.cart, { weight: 0, match });
      one.product.calls(one.cart);
      const mesh = await judgedWithBundle17(one.chart);
      expect(kinds(mesh)).toEqual(['VirtualService cart']);
      const headers = { 'x-tester': 'tester-29' };
      const [get, post, other] = await mesh.answers([
        call(one.product, one.cart, { headers }),
        call(one.product, one.cart, { headers, method: 'POST' }),
        call(one.product, one.cart),
      ]);
      expect([get, post, other].map(sharesOf)).toEqual([{ 'shop/cart-v2': 100 }, { 'shop/cart-v2': 100 }, { 'shop/cart-v1': 100 }]);
      expect(get.legs.at(-1)!.retries).toMatchObject({ attempts: 3, codes: [503] });
      expect(post.legs.at(-1)!.retries).not.toHaveProperty('codes');
    });

    it('hold at the gateway too, wherever it sends requests by itself', async () => {
      const { chart } = laterShop(plane, { ...STATUSES, idempotent: true });
      const mesh = await judgedWithBundle17(chart);
      const { legs } = await mesh.answer(enter('https://shop.example.com/a', { method: 'POST' }));
      const last: Leg = legs.at(-1)!;
      expect(last.retries).toMatchObject({ attempts: 3, codes: [503] });
    });

    it('are refused by a cluster that has 1.6, unless the program says so', async () => {
      const { chart } = laterShop(plane, { ...STATUSES, idempotent: true });
      await expect(judged(chart)).rejects.toThrow(/HTTPRoute.*retry/);
      const { chart: older, cart, product } = laterShop(plane, STATUSES, undefined, GatewayApi.V1_6);
      const [{ retries }] = (await (await judged(older)).answer(call(product, cart))).legs;
      expect(retries).toMatchObject({ attempts: 3, codes: [503] });
    });

    it('split as before beside a canary', async () => {
      const { chart, cart, product } = laterShop(plane, { ...STATUSES, idempotent: true });
      canary(cart);
      const mesh = await judgedWithBundle17(chart);
      const answers = await mesh.answers([call(product, cart), enter('https://shop.example.com/a')]);
      expect(answers.map(sharesOf)).toEqual([0, 1].map(() => ({ 'edge/cart-v1': 90, 'edge/cart-v2': 10 })));
      expect(answers.map(({ legs }) => legs.at(-1)!.retries?.attempts)).toEqual([3, 3]);
    });
  });
});

describe('no retries at all', () => {
  forEachPlane((plane) => {
    // What MESH322 tells: the gateway keeps Istio's own two, whatever is said of the service.
    it('are what callers in the mesh have, and a gateway has not', async () => {
      const one = shop(plane, { retries: { attempts: 0 } });
      one.product.calls(one.cart);
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com' });
      const mesh = await judged(one.chart);
      const [inside, outside] = await mesh.answers([call(one.product, one.cart), enter('https://shop.example.com/a')]);
      expect(inside.legs.map(({ retries }) => retries?.attempts ?? 0)).toEqual([0]);
      expect(outside.legs.map(({ retries }) => retries?.attempts ?? 0)).toEqual(plane.of({ sidecar: [2], ambient: [2, 0] }));
    });
  });
});
