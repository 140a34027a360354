import { ApiObject, type Chart, Duration } from 'cdk8s';
import {
  FlaggerHook,
  FlaggerMetric,
  type FlaggerWebhook,
  HttpAccess,
  MeshedService,
  type MeshedServiceProps,
  MeshNamespace,
  MeshPort,
  ReleaseController,
  RetryCondition,
  RolloutStep,
  WeightsOwner,
} from 'istio-constructs';
import { canary, edgeGateway, type Manifest, newChart, service, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { acted } from '../controllers/acted';
import type { Stage } from '../controllers/flagger';
import { meshFrom, meshOf, type MeshUnderTest } from '../mesh-under-test';
import { call, enter, PLAINTEXT, sharesOf, STRANGERS } from '../requests';
import { expectOnly } from '../who-calls-whom';

const STAGES: readonly Stage[] = ['before', 'during', 'after'];
const FLAGGER = ReleaseController.flagger({ interval: Duration.minutes(1) });
const ARGO = ReleaseController.argoRollouts({ steps: [RolloutStep.setWeight(30), RolloutStep.pause()] });
const GRANTED = [{ from: 'shop/product', to: 'shop/cart' }];

const PRIMARY = { 'shop/cart-v1-primary': 100 };
const FLAGGER_SHARES = { before: PRIMARY, during: { 'shop/cart-v1-primary': 70, 'shop/cart-v1': 30 }, after: PRIMARY };
const ARGO_SHARES = {
  before: { 'shop/cart-6f5d4c8b9': 100 },
  during: { 'shop/cart-6f5d4c8b9': 70, 'shop/cart-7c9d8e5f4': 30 },
  after: { 'shop/cart-7c9d8e5f4': 100 },
};

const CONTROLLERS = [
  { who: 'Flagger', controller: FLAGGER, shares: FLAGGER_SHARES },
  { who: 'Argo Rollouts', controller: ARGO, shares: ARGO_SHARES },
];

/** The shop, whose cart is released by a controller and is called by the product page. */
function controlled(plane: PlaneUnderTest, releaseController: ReleaseController, cart: Partial<MeshedServiceProps> = {}) {
  const one = shop(plane, { releaseController, ...cart });
  one.product.calls(one.cart);
  return one;
}

/** A program's cluster once its controllers have acted, and no judge has an error or a warning about what comes out. */
async function actedOn(chart: Chart, stage: Stage): Promise<MeshUnderTest> {
  const mesh = meshFrom(acted(meshOf(chart).manifests, stage));
  const complaints = (await mesh.findings()).filter(({ level, code }) => level !== 'info' && code !== PORT_LEFT_OUT);
  expect(complaints).toEqual([]);
  return mesh;
}

// Flagger names no port in the routes of a mesh. Istio then takes the port of the request, and its analyzer warns of it all the same.
const PORT_LEFT_OUT = 'IST0112';

describe.each(CONTROLLERS)('a service that $who releases', ({ controller, shares }) => {
  forEachPlane((plane) => {
    it.each(STAGES)('is reached by weight %s a release, and by nobody who may not', async (stage) => {
      const { chart, product, cart } = controlled(plane, controller);
      const mesh = await actedOn(chart, stage);
      expect(sharesOf(await mesh.answer(call(product, cart)))).toEqual(shares[stage]);
      await expectOnly(mesh, GRANTED);
    });

    it.each(STAGES)('lets in what it lets in by path alone, %s a release', async (stage) => {
      const one = shop(plane, { releaseController: controller });
      one.product.calls(one.cart, { http: [HttpAccess.get('/cart/*')] });
      await expectOnly(await actedOn(one.chart, stage), [{ ...GRANTED[0], only: ['GET /cart/1'] }]);
    });

    it('calls whom it may call, from the pods of either version, and nobody else', async () => {
      const one = controlled(plane, controller);
      one.cart.calls(one.payment);
      await expectOnly(await actedOn(one.chart, 'during'), [...GRANTED, { from: 'shop/cart', to: 'payments/payment' }]);
    });

    it('keeps its timeout, its retries and its limits for both versions', async () => {
      const { chart, product, cart } = controlled(plane, controller, {
        timeout: Duration.seconds(5),
        retries: { attempts: 3, perTryTimeout: Duration.seconds(1), idempotent: true },
        circuitBreaker: { maxRequests: 7, consecutiveServerErrors: 5 },
      });
      const answer = await (await actedOn(chart, 'during')).answer(call(product, cart));
      expect(sharesOf(answer)).toEqual(shares.during);
      expect(answer.legs.at(-1)).toMatchObject({ timeout: '5s', retries: { attempts: 3, perTryTimeout: '1s' } });
      expect(answer.ways.map(({ cluster }) => [cluster?.maxRequests, cluster?.outlierDetection?.consecutive5xxErrors])).toEqual([
        [7, 5],
        [7, 5],
      ]);
    });

    it('keeps a timeout and its limits where nothing else is said', async () => {
      const { chart, product, cart } = controlled(plane, controller, { timeout: Duration.millis(500), circuitBreaker: { maxRequests: 7 } });
      const answer = await (await actedOn(chart, 'during')).answer(call(product, cart));
      expect(answer.legs.at(-1)).toMatchObject({ timeout: '500ms' });
      expect(answer.ways.map(({ cluster }) => cluster?.maxRequests)).toEqual([7, 7]);
    });

    it('has its other ports, and nobody else at them', async () => {
      const ports = [MeshPort.http(80, { targetPort: 8080 }), MeshPort.grpc(9090), MeshPort.tcp(9000)];
      const { chart, product, cart } = controlled(plane, controller, { ports });
      const mesh = await actedOn(chart, 'during');
      const answers = await mesh.answers([80, 9090, 9000].map((port) => call(product, cart, { port })));
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true, true]);
      expect(sharesOf(answers[0])).toEqual(shares.during);
      expect(Object.keys(sharesOf(answers[1]))).toContain(Object.keys(shares.before)[0]);
      await expectOnly(mesh, GRANTED);
    });

    it('takes part in releases in an open namespace too', async () => {
      const chart = newChart();
      const open = new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
      const cart = service(open, 'cart', { releaseController: controller });
      const product = service(open, 'product');
      expect(sharesOf(await (await actedOn(chart, 'during')).answer(call(product, cart)))).toEqual(shares.during);
    });
  });
});

describe('a service that Flagger releases', () => {
  forEachPlane((plane) => {
    it('is shut before Flagger has seen it, at its pods too', async () => {
      const { chart } = controlled(plane, FLAGGER);
      const manifests = (meshOf(chart).manifests as Manifest[]).filter(({ kind }) => kind !== 'Canary');
      const dialled = { from: { workload: 'shop/product-v1' }, to: { podOf: 'shop/cart-v1', port: 8080 } };
      const answers = await meshFrom(manifests).answers([
        dialled,
        { ...dialled, from: PLAINTEXT },
        { ...dialled, from: STRANGERS.ambient },
      ]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([false, false, false]);
    });

    it('gets what comes in through a gateway: the primary pods, and behind a waypoint by weight', async () => {
      const one = controlled(plane, FLAGGER);
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com' });
      const mesh = await actedOn(one.chart, 'during');
      const answer = await mesh.answer(enter('https://shop.example.com/'));
      expect(answer.allowed).toBe(true);
      expect(sharesOf(answer)).toEqual(plane.of({ sidecar: PRIMARY, ambient: FLAGGER_SHARES.during }));
    });
  });
});

describe('a service that Argo Rollouts releases', () => {
  forEachPlane((plane) => {
    it('is reached as ever before Argo Rollouts has seen it', async () => {
      const { chart, product, cart } = controlled(plane, ARGO);
      const mesh = meshFrom((meshOf(chart).manifests as Manifest[]).filter(({ kind }) => kind !== 'Rollout'));
      expect(sharesOf(await mesh.answer(call(product, cart)))).toEqual({ 'shop/cart-v1': 100 });
      await expectOnly(mesh, GRANTED);
    });

    it('gets what comes in through a gateway by weight', async () => {
      const one = controlled(plane, ARGO);
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com' });
      const answer = await (await actedOn(one.chart, 'during')).answer(enter('https://shop.example.com/'));
      expect([answer.allowed, sharesOf(answer)]).toEqual([true, ARGO_SHARES.during]);
    });

    it('has every route moved, where methods take several', async () => {
      const { chart, product, cart } = controlled(plane, ARGO, { retries: { attempts: 2, on: [RetryCondition.GATEWAY_ERROR] } });
      const mesh = await actedOn(chart, 'during');
      const answers = await mesh.answers(['GET', 'POST'].map((method) => call(product, cart, { method })));
      expect(answers.map(sharesOf)).toEqual([ARGO_SHARES.during, ARGO_SHARES.during]);
      expect(answers.map(({ legs }) => legs.at(-1)!.retries?.attempts)).toEqual([2, undefined]);
    });

    it.each(['subsets', 'Services'])('may bring its own Rollout, which tells versions apart by %s', async (by) => {
      const one = shop(plane);
      const rollout = rolloutBy(one.chart, by === 'subsets');
      const search = MeshedService.fromWorkload(one.shop, 'search', rollout, { ports: [MeshPort.http(8080)] });
      one.product.calls(search);
      const mesh = await actedOn(one.chart, 'during');
      expect(sharesOf(await mesh.answer(call(one.product, search)))).toEqual({ 'shop/search-6f5d4c8b9': 70, 'shop/search-7c9d8e5f4': 30 });
      await expectOnly(mesh, [{ from: 'shop/product', to: 'shop/search' }]);
    });
  });
});

const HOOKS = [
  FlaggerHook.CONFIRM_ROLLOUT,
  FlaggerHook.PRE_ROLLOUT,
  FlaggerHook.ROLLOUT,
  FlaggerHook.CONFIRM_TRAFFIC_INCREASE,
  FlaggerHook.CONFIRM_PROMOTION,
  FlaggerHook.POST_ROLLOUT,
  FlaggerHook.ROLLBACK,
  FlaggerHook.EVENT,
];

/** All that either controller may be told. */
const WHOLE = [
  ReleaseController.flagger({
    interval: Duration.minutes(1),
    threshold: 2,
    maxWeight: 30,
    stepWeight: 15,
    progressDeadline: Duration.minutes(5),
    prometheus: 'http://metrics:9090',
    metrics: [
      FlaggerMetric.successRate(99),
      FlaggerMetric.duration(Duration.millis(500)),
      FlaggerMetric.template('baskets', { namespaceName: 'metrics', min: 1, max: 9, interval: Duration.minutes(2) }),
    ],
    webhooks: HOOKS.map((hook): FlaggerWebhook => ({
      name: hook,
      hook,
      url: 'http://gate/',
      timeout: Duration.seconds(5),
      metadata: { a: 'b' },
    })),
  }),
  ReleaseController.flagger({ interval: Duration.seconds(30), stepWeights: [1, 10, 50] }),
  ReleaseController.argoRollouts({
    steps: [RolloutStep.setWeight(10), RolloutStep.pause(), RolloutStep.setWeight(50), RolloutStep.pause(Duration.minutes(10))],
    prometheus: 'http://metrics:9090',
    metrics: [{ name: 'errors', query: 'sum(errors)', successCondition: 'result[0] < 1', interval: Duration.minutes(2), failureLimit: 1 }],
  }),
];

describe('a release controller', () => {
  forEachPlane((plane) => {
    it.each(WHOLE)('takes all that it may be told, and its service is reached', async (controller) => {
      const { chart, product, cart } = controlled(plane, controller);
      expect((await (await actedOn(chart, 'during')).answer(call(product, cart))).allowed).toBe(true);
    });

    it.each([WeightsOwner.FLAGGER, WeightsOwner.ARGO_ROLLOUTS])('moves no weights between Deployments of a program', (weightsOwnedBy) => {
      expect(() => canary(shop(plane).cart, { weightsOwnedBy })).toThrow('MESH745');
    });
  });
});

/** A Rollout that somebody else wrote, with names of its own for its versions. */
function rolloutBy(chart: Chart, subsets: boolean): ApiObject {
  const istio = {
    virtualService: { name: 'search' },
    destinationRule: { name: 'search', stableSubsetName: 'old', canarySubsetName: 'new' },
  };
  const plugins = { 'argoproj-labs/gatewayAPI': { httpRoutes: [{ name: 'search' }], namespace: 'shop' } };
  const services = { stableService: 'search-old', canaryService: 'search-new' };
  const labels = { app: 'search' };
  return new ApiObject(chart, 'rollout', {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'search', namespace: 'shop' },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'registry.example.com/search:1' }] } },
      strategy: { canary: { ...(subsets ? {} : services), trafficRouting: subsets ? { istio } : { plugins }, steps: [{ setWeight: 30 }] } },
    },
  });
}
