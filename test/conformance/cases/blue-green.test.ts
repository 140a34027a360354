import { ApiObject } from 'cdk8s';
import {
  type BlueGreenReleaseProps,
  CanaryRelease,
  Color,
  type MeshedServiceProps,
  MeshPort,
  RequestMatch,
  RetryCondition,
  Routing,
} from 'istio-constructs';
import { blueGreen, edgeGateway, shop, type Shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { judged } from '../judged';
import { call, enter, type Line, PLAINTEXT, sharesOf } from '../requests';
import { expectOnly } from '../who-calls-whom';

const HOST = 'shop.example.com';
const PREVIEW = [RequestMatch.header('x-preview', 'true')];
const HEADER = { headers: { 'x-preview': 'true' } };
const OTHER = { headers: { 'x-preview': 'false' } };
const ONLY_BLUE = { 'shop/cart-v1': 100 };
const ONLY_GREEN = { 'shop/cart-v2': 100 };

/** The shop, whose cart is blue and green, called by the product page and from outside. */
function released(plane: PlaneUnderTest, release: Partial<BlueGreenReleaseProps> = {}, cart: Partial<MeshedServiceProps> = {}): Shop {
  const one = shop(plane, cart);
  one.product.calls(one.cart);
  edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: HOST });
  blueGreen(one.cart, release);
  return one;
}

/** Shares of the colours in what the product page sends, and in what comes in by the gateway, for each kind of request. */
async function shares({ chart, product, cart }: Shop, ...lines: readonly Omit<Line, 'port'>[]) {
  const mesh = await judged(chart);
  const inside = await mesh.answers(lines.map((line) => call(product, cart, line)));
  const outside = await mesh.answers(lines.map(({ path = '/', ...line }) => enter(`https://${HOST}${path}`, line)));
  expect([...inside, ...outside].map(({ allowed }) => allowed)).toEqual([...lines, ...lines].map(() => true));
  return { inside: inside.map(sharesOf), outside: outside.map(sharesOf) };
}

const everywhere = (...expected: readonly object[]) => ({ inside: expected, outside: expected });

describe('a BlueGreenRelease', () => {
  forEachPlane((plane) => {
    it('sends all requests to blue before the switch, to green after it, and to blue again after the way back', async () => {
      for (const [live, expected] of [
        [Color.BLUE, ONLY_BLUE],
        [Color.GREEN, ONLY_GREEN],
        [Color.BLUE, ONLY_BLUE],
      ] as const)
        expect(await shares(released(plane, { live }), {}, HEADER)).toEqual(everywhere(expected, expected));
    });

    it('shows those who preview green before the switch, and nobody else', async () => {
      const one = released(plane, { live: Color.BLUE, preview: PREVIEW });
      expect(await shares(one, HEADER, OTHER, {})).toEqual(everywhere(ONLY_GREEN, ONLY_BLUE, ONLY_BLUE));
    });

    it('shows those who preview blue after the switch, and nobody else', async () => {
      const one = released(plane, { live: Color.GREEN, preview: PREVIEW });
      expect(await shares(one, HEADER, OTHER, {})).toEqual(everywhere(ONLY_BLUE, ONLY_GREEN, ONLY_GREEN));
    });

    it('takes several matches for a preview as alternatives', async () => {
      const preview = [RequestMatch.cookie('preview', '1'), RequestMatch.pathPrefix('/new')];
      const lines = [{ headers: { cookie: 'preview=1' } }, { path: '/new/1' }, { path: '/news' }];
      expect(await shares(released(plane, { preview }), ...lines)).toEqual(everywhere(ONLY_GREEN, ONLY_GREEN, ONLY_BLUE));
    });

    it.each([
      ['Istio’s own API', Routing.istio()],
      ['the Gateway API', Routing.gatewayApi()],
    ])('switches alike by %s', async (_, routing) => {
      const one = released(plane, { live: Color.GREEN, preview: PREVIEW }, { routing });
      expect(await shares(one, {}, HEADER)).toEqual(everywhere(ONLY_GREEN, ONLY_BLUE));
    });

    it('switches each port that speaks HTTP, and connections that are no HTTP with them', async () => {
      const ports = [MeshPort.http(8080), MeshPort.grpc(9090), MeshPort.tcp(9000)];
      const { chart, product, cart } = released(plane, { live: Color.GREEN }, { ports });
      const mesh = await judged(chart);
      const answers = await mesh.answers([8080, 9090, 9000].map((port) => call(product, cart, { port })));
      expect(answers.map(sharesOf)).toEqual([ONLY_GREEN, ONLY_GREEN, ONLY_GREEN]);
    });

    it.each(Object.values(Color))('closes both colours to all who may not call the service, where %s is live', async (live) => {
      const one = shop(plane);
      one.product.calls(one.cart);
      blueGreen(one.cart, { live, preview: PREVIEW });
      const mesh = await judged(one.chart);
      await expectOnly(mesh, [{ from: 'shop/product', to: 'shop/cart' }]);
      const pods = ['shop/cart-v1', 'shop/cart-v2'].map((podOf) => ({ from: PLAINTEXT, to: { podOf, port: 8080 } }));
      expect(await mesh.answers(pods)).toMatchObject(pods.map(() => ({ allowed: false, layer: 'mtls' })));
    });

    it('lets both colours call what the service calls', async () => {
      const { chart, cart, payment, product } = released(plane, { live: Color.GREEN });
      cart.calls(payment);
      const mesh = await judged(chart);
      const asked = ['v1', 'v2'].flatMap((version) => [payment, product].map((callee) => call(cart, callee, { version })));
      expect((await mesh.answers(asked)).map(({ allowed }) => allowed)).toEqual([true, false, true, false]);
    });

    it('keeps the retries and the limits of the service for both colours', async () => {
      const retries = { attempts: 3, on: [RetryCondition.CONNECT_FAILURE] };
      const { chart, product, cart } = released(plane, { preview: PREVIEW }, { retries, circuitBreaker: { maxConnections: 7 } });
      const mesh = await judged(chart);
      const answers = await mesh.answers([{}, HEADER].map((line) => call(product, cart, line)));
      expect(answers.map(sharesOf)).toEqual([ONLY_BLUE, ONLY_GREEN]);
      expect(answers.map(({ legs }) => legs[0].retries)).toMatchObject([retries, retries]);
      const used = answers.flatMap(({ ways }) => ways.filter(({ weight }) => weight > 0));
      expect(used.map(({ cluster }) => cluster?.maxConnections)).toEqual([7, 7]);
    });

    it('takes a workload made elsewhere as green', async () => {
      const one = shop(plane);
      one.product.calls(one.cart);
      const template = { spec: { containers: [{ name: 'main', image: 'registry.example.com/cart:2.0.0' }] } };
      const labels = { app: 'cart', version: 'v2' };
      const spec = { selector: { matchLabels: labels }, template: { metadata: { labels }, ...template } };
      const metadata = { name: 'cart-elsewhere', namespace: 'shop' };
      const workload = new ApiObject(one.chart, 'elsewhere', { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec });
      blueGreen(one.cart, { green: { version: 'v2', workload }, live: Color.GREEN });
      const mesh = await judged(one.chart);
      expect(sharesOf(await mesh.answer(call(one.product, one.cart)))).toEqual({ 'shop/cart-elsewhere': 100 });
    });

    it('stands beside a canary that takes requests by its own match alone', async () => {
      const one = released(plane, { live: Color.GREEN, preview: PREVIEW });
      const canary = { version: 'v3', image: 'registry.example.com/cart:3.0.0' };
      const match = [RequestMatch.header('x-tester', '1')];
      new CanaryRelease(one.shop, 'cart-v3', { service: one.cart, canary, weight: 0, match });
      const lines = [{}, HEADER, { headers: { 'x-tester': '1' } }];
      expect(await shares(one, ...lines)).toEqual(everywhere(ONLY_GREEN, ONLY_BLUE, { 'shop/cart-v3': 100 }));
    });
  });
});
