import { Duration } from 'cdk8s';
import { type CanaryReleaseProps, type MeshedServiceProps, MeshPort, RequestMatch, RetryCondition, Routing } from 'istio-constructs';
import { canary, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { judged } from '../judged';
import { call, from, type Line, PLAINTEXT, sharesOf } from '../requests';
import { expectOnly } from '../who-calls-whom';

const IMAGE = 'registry.example.com/cart:2.0.0';
const HEADER = RequestMatch.header('x-canary', 'true');
const NINETY_TEN = { 'shop/cart-v1': 90, 'shop/cart-v2': 10 };
const STABLE = { 'shop/cart-v1': 100 };
const CANARY = { 'shop/cart-v2': 100 };

/** The shop, whose cart is released in a second version and is called by the product page. */
function released(plane: PlaneUnderTest, release: Partial<CanaryReleaseProps> = {}, cart: Partial<MeshedServiceProps> = {}) {
  const one = shop(plane, cart);
  one.product.calls(one.cart);
  canary(one.cart, release);
  return one;
}

/** Shares of the versions in what the product page sends, for each kind of request. */
async function shares({ chart, product, cart }: ReturnType<typeof released>, ...lines: readonly Line[]) {
  const mesh = await judged(chart);
  const answers = await mesh.answers(lines.map((line) => call(product, cart, line)));
  expect(answers.map(({ allowed }) => allowed)).toEqual(lines.map(() => true));
  return answers.map(sharesOf);
}

describe('a CanaryRelease', () => {
  forEachPlane((plane) => {
    it.each<[string, Partial<CanaryReleaseProps>, object]>([
      ['a tenth', { weight: 10 }, NINETY_TEN],
      ['nothing at weight 0', { weight: 0 }, STABLE],
      ['everything at weight 100', { weight: 100 }, CANARY],
      ['nothing before its first step', { steps: [5, 20, 50, 100] }, STABLE],
      ['what its second step says', { steps: [5, 20, 50, 100], step: 2 }, { 'shop/cart-v1': 80, 'shop/cart-v2': 20 }],
      ['everything after its last step', { steps: [5, 20, 50, 100], step: 4 }, CANARY],
    ])('sends the new version %s', async (_, release, expected) => {
      expect(await shares(released(plane, release), {})).toEqual([expected]);
    });

    it.each([
      ['a header', HEADER, { headers: { 'x-canary': 'true' } }, { headers: { 'x-canary': 'false' } }],
      ['a cookie', RequestMatch.cookie('beta', '1'), { headers: { cookie: 'a=b; beta=1' } }, { headers: { cookie: 'a=b; beta=10' } }],
      ['a query parameter', RequestMatch.queryParam('beta', '1'), { path: '/?a=b&beta=1' }, { path: '/?beta=10' }],
      ['a path', RequestMatch.path('/cart/new'), { path: '/cart/new' }, { path: '/cart/new/1' }],
      ['a path and what is below', RequestMatch.pathPrefix('/beta'), { path: '/beta/1' }, { path: '/betas' }],
    ])('sends requests with %s to the new version at weight 0, and no others', async (_, match, inside, outside) => {
      expect(await shares(released(plane, { weight: 0, match: [match] }), inside, outside, {})).toEqual([CANARY, STABLE, STABLE]);
    });

    it('takes several matches as alternatives, and splits what none takes', async () => {
      const one = released(plane, { match: [HEADER, RequestMatch.queryParam('beta', '1')] });
      const lines = [{ headers: { 'x-canary': 'true' } }, { path: '/?beta=1' }, {}];
      expect(await shares(one, ...lines)).toEqual([CANARY, CANARY, NINETY_TEN]);
    });

    it('splits by its weight, whatever the numbers of pods', async () => {
      const one = released(plane, { canary: { version: 'v2', image: IMAGE, replicas: 1 } }, { replicas: 9 });
      expect(await shares(one, {})).toEqual([NINETY_TEN]);
    });

    it('splits each port that speaks HTTP', async () => {
      const ports = [MeshPort.http(8080), MeshPort.grpc(9090)];
      expect(await shares(released(plane, {}, { ports }), { port: 8080 }, { port: 9090 })).toEqual([NINETY_TEN, NINETY_TEN]);
    });

    it('shares out connections that are no HTTP by the same weights', async () => {
      const { chart, product, cart } = released(plane, { weight: 0 }, { ports: [MeshPort.http(8080), MeshPort.tcp(9000)] });
      const mesh = await judged(chart);
      const answer = await mesh.answer(call(product, cart, { port: 9000 }));
      expect(answer.allowed).toBe(true);
      expect(sharesOf(answer)).toEqual(STABLE);
    });

    it('lets nobody in who may not call the service: not by its name, not by a version’s, not by a pod’s address', async () => {
      const { chart } = released(plane);
      await expectOnly(await judged(chart), [{ from: 'shop/product', to: 'shop/cart' }]);
    });

    it('lets the new version call what its service calls', async () => {
      const { chart, cart, payment, product } = released(plane);
      cart.calls(payment);
      const mesh = await judged(chart);
      const answers = await mesh.answers([payment, product].map((callee) => call(cart, callee, { version: 'v2' })));
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
    });

    it('keeps plaintext out of the new version', async () => {
      const { chart } = released(plane);
      const mesh = await judged(chart);
      const answer = await mesh.answer({ from: PLAINTEXT, to: { podOf: 'shop/cart-v2', port: 8080 } });
      expect(answer).toMatchObject({ allowed: false, layer: 'mtls' });
    });

    it('keeps the timeout of the service for both versions, on every route', async () => {
      const { chart, product, cart } = released(plane, { match: [HEADER] }, { timeout: Duration.seconds(5) });
      const mesh = await judged(chart);
      const lines = [{}, { headers: { 'x-canary': 'true' } }];
      const answers = await mesh.answers(lines.map((line) => call(product, cart, line)));
      expect(answers.map(({ legs }) => legs)).toMatchObject([[{ timeout: '5s' }], [{ timeout: '5s' }]]);
    });

    it('keeps the retries of the service beside its split', async () => {
      const retries = { attempts: 3, on: [RetryCondition.CONNECT_FAILURE] };
      const { chart, product, cart } = released(plane, {}, { retries });
      const mesh = await judged(chart);
      const answer = await mesh.answer(call(product, cart));
      expect(answer).toMatchObject({ allowed: true, legs: [{ retries: { attempts: 3, on: ['connect-failure'] } }] });
      expect(sharesOf(answer)).toEqual(NINETY_TEN);
    });

    it('keeps the limits of the service for each version', async () => {
      const { chart, product, cart } = released(plane, {}, { circuitBreaker: { maxConnections: 7 } });
      const mesh = await judged(chart);
      const { ways } = await mesh.answer(call(product, cart));
      expect(ways.map(({ cluster }) => cluster?.maxConnections)).toEqual([7, 7]);
    });

    it.each([
      ['Istio’s own API', Routing.istio()],
      ['the Gateway API', Routing.gatewayApi()],
    ])('splits alike by %s', async (_, routing) => {
      const one = released(plane, { match: [HEADER] }, { routing });
      expect(await shares(one, {}, { headers: { 'x-canary': 'true' } })).toEqual([NINETY_TEN, CANARY]);
    });

    it('splits for callers that nobody named', async () => {
      const one = shop(plane);
      one.cart.access.allowAnyone('public');
      canary(one.cart);
      const mesh = await judged(one.chart);
      const proxy = plane.of({ sidecar: 'sidecar', ambient: 'ztunnel' } as const);
      const answer = await mesh.answer(from({ pod: { namespace: 'elsewhere', serviceAccount: 'stranger', proxy } }, one.cart));
      expect(answer.allowed).toBe(true);
      expect(sharesOf(answer)).toEqual(NINETY_TEN);
    });

    it('is over when the service has the new version itself', async () => {
      const one = shop(plane, { version: 'v2', image: IMAGE });
      one.product.calls(one.cart);
      expect(await shares(one, {})).toEqual([CANARY]);
    });

    it('is followed by the next one', async () => {
      const one = released(plane, { canary: { version: 'v3', image: IMAGE } }, { version: 'v2' });
      expect(await shares(one, {})).toEqual([{ 'shop/cart-v2': 90, 'shop/cart-v3': 10 }]);
    });
  });
});
