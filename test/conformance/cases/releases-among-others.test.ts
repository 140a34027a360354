import { Duration } from 'cdk8s';
import { HttpAccess, MeshNamespace, MeshPort, RequestMatch, RetryCondition, Routing } from 'istio-constructs';
import { canary, newChart, service, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import { call, from, PLAINTEXT, sharesOf } from '../requests';
import { expectOnly } from '../who-calls-whom';

const NINETY_TEN = { 'shop/cart-v1': 90, 'shop/cart-v2': 10 };
const CANARY = { 'shop/cart-v2': 100 };
const HEADER = { headers: { 'x-canary': 'true' } };
const MATCH = [RequestMatch.header('x-canary', 'true')];
const RETRIES = { attempts: 1, on: [RetryCondition.RESET] };

describe('a release and what else is said of its service', () => {
  forEachPlane((plane) => {
    it('keeps limits by request on every way to its versions', async () => {
      const { chart, cart, product } = shop(plane);
      product.calls(cart, { http: [HttpAccess.get('/cart/*')] });
      canary(cart, { match: MATCH });
      await expectOnly(await judged(chart), [{ from: 'shop/product', to: 'shop/cart', only: ['GET /cart/1'] }]);
    });

    it('keeps refusals on every way to its versions', async () => {
      const { chart, cart, product, payment } = shop(plane);
      product.calls(cart);
      payment.calls(cart);
      cart.access.deny(payment);
      canary(cart);
      await expectOnly(await judged(chart), [{ from: 'shop/product', to: 'shop/cart' }]);
    });

    it('keeps ports apart on every way to its versions', async () => {
      const { chart, cart, product } = shop(plane, { ports: [MeshPort.http(80, { targetPort: 8080 }), MeshPort.tcp(9000)] });
      product.calls(cart, { port: 80 });
      canary(cart);
      await expectOnly(await judged(chart), [{ from: 'shop/product', to: 'shop/cart', port: 80 }]);
    });

    it('keeps retries that are safe for each method, on each of its routes', async () => {
      const { chart, cart, product } = shop(plane, { retries: RETRIES });
      product.calls(cart);
      canary(cart, { weight: 0, match: MATCH });
      const mesh = await judged(chart);
      const lines = ['GET', 'POST'].flatMap((method) => [{ method }, { method, ...HEADER }]);
      const answers = await mesh.answers(lines.map((line) => call(product, cart, line)));
      expect(answers.map(sharesOf)).toEqual([{ 'shop/cart-v1': 100 }, CANARY, { 'shop/cart-v1': 100 }, CANARY]);
      const on = answers.map(({ legs }) => legs.at(-1)?.retries?.on);
      expect(on).toEqual([['reset'], ['reset'], ['reset-before-request'], ['reset-before-request']]);
    });

    it('goes on port by port beside retries and a timeout', async () => {
      const ports = [MeshPort.http(80, { targetPort: 8080 }), MeshPort.grpc(9090)];
      const { chart, cart, product } = shop(plane, { ports, retries: { attempts: 1 }, timeout: Duration.seconds(5) });
      product.calls(cart);
      canary(cart);
      const mesh = await judged(chart);
      const answers = await mesh.answers([80, 9090].map((port) => call(product, cart, { port })));
      expect(answers.map(sharesOf)).toEqual([NINETY_TEN, NINETY_TEN]);
      expect(answers.map(({ legs }) => legs)).toMatchObject([0, 1].map(() => [{ timeout: '5s', retries: { attempts: 1 } }]));
    });

    it.each([
      ['Istio’s own API', Routing.istio()],
      ['the Gateway API', Routing.gatewayApi()],
    ])('splits for callers of another namespace by %s', async (_, routing) => {
      const { chart, cart, payment } = shop(plane, { routing });
      payment.calls(cart);
      canary(cart);
      const mesh = await judged(chart);
      const answer = await mesh.answer(call(payment, cart));
      expect(answer.allowed).toBe(true);
      expect(sharesOf(answer)).toEqual(NINETY_TEN);
    });

    it('splits in an open namespace, and leaves it open', async () => {
      const chart = newChart();
      const namespace = new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
      const [cart, product] = [service(namespace, 'cart'), service(namespace, 'product')];
      canary(cart);
      const mesh = await judged(chart);
      expect(sharesOf(await mesh.answer(call(product, cart)))).toEqual(NINETY_TEN);
      expect(await mesh.answer(from(PLAINTEXT, cart))).toMatchObject({ allowed: true });
    });

    it('closes every way to its versions with the first grant of an open service', async () => {
      const chart = newChart();
      const namespace = new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
      const [cart, product] = [service(namespace, 'cart'), service(namespace, 'product')];
      product.calls(cart);
      canary(cart);
      await expectOnly(await judged(chart), [{ from: 'shop/product', to: 'shop/cart' }], ['shop/cart']);
    });

    it('leaves services beside it alone', async () => {
      const { chart, cart, product, payment } = shop(plane);
      product.calls(cart);
      payment.calls(product);
      canary(cart);
      const mesh = await judged(chart);
      expect(sharesOf(await mesh.answer(call(payment, product)))).toEqual({ 'shop/product-v1': 100 });
    });

    it('limits gRPC calls by method in both versions', async () => {
      const { chart, cart, product } = shop(plane, { ports: [MeshPort.grpc(9090)] });
      product.calls(cart, { http: [HttpAccess.post('/shop.Cart/Add')] });
      canary(cart);
      await expectOnly(await judged(chart), [{ from: 'shop/product', to: 'shop/cart', only: ['POST /shop.Cart/Add'] }]);
    });
  });
});
