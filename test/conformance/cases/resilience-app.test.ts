import { App } from 'cdk8s';
import { ResilientShop } from '../../../apps/resilience/resilience';
import { forEachPlane } from '../../for-each-plane';
import type { Answer, Cluster, Leg } from '../answer';
import { judged } from '../judged';
import { type MeshUnderTest, withNetwork } from '../mesh-under-test';
import { enter, type Line } from '../requests';
import { expectOnly } from '../who-calls-whom';

const ask = (from: string, to: string, { port = 8080, ...line }: Line = {}) => ({
  from: { workload: `shop/${from}-v1` },
  to: { host: `${to}.shop.svc.cluster.local`, port },
  ...line,
});

const legOf = ({ legs }: Answer): Leg => legs.at(-1)!;

const SAFE = ['connect-failure', 'refused-stream', 'reset-before-request'];

describe('the resilience app', () => {
  forEachPlane(({ dataPlane, of }) => {
    let mesh: MeshUnderTest;

    beforeAll(async () => {
      mesh = await judged(new ResilientShop(new App(), 'resilience', { dataPlane }));
    });

    const clusterOf = async (from: string, to: string): Promise<Cluster> =>
      (await mesh.answer(ask(from, to, { path: `/${to}/1` }))).ways[0].cluster!;

    it('waits for each service no longer than its caller is waited for', async () => {
      const answers = await mesh.answers([
        enter('https://shop.example.com/'),
        ask('web', 'orders', { method: 'POST', path: '/orders' }),
        ask('orders', 'payments', { method: 'POST', path: '/payments' }),
        ask('orders', 'stock', { path: '/stock/1' }),
      ]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true, true, true]);
      expect(answers.map((answer) => legOf(answer).timeout)).toEqual(['10s', '8s', '6s', '2s']);
    });

    it('has a time for each port of the prices, and none for streams', async () => {
      const answers = await mesh.answers([8080, 8081, 9090].map((port) => ask('web', 'prices', { port })));
      expect(answers.map((answer) => legOf(answer).timeout)).toEqual(['1s', '9s', undefined]);
    });

    it('never sends an order twice', async () => {
      const answer = await mesh.answer(ask('web', 'orders', { method: 'POST', path: '/orders' }));
      expect(legOf(answer).retries?.attempts ?? 0).toBe(0);
    });

    it('tries a payment again where nothing can have been paid, and asks again on 503', async () => {
      const [post, get] = await mesh.answers([
        ask('orders', 'payments', { method: 'POST', path: '/payments' }),
        ask('orders', 'payments', { path: '/payments/1' }),
      ]);
      const times = { attempts: 2, perTryTimeout: '2s', backoff: '100ms' };
      expect(legOf(post).retries).toMatchObject({ ...times, on: SAFE });
      expect(legOf(post).retries?.codes ?? []).toEqual([]);
      expect(legOf(get).retries).toMatchObject({ ...times, codes: [503] });
      expect(legOf(get).retries!.on).toEqual(expect.arrayContaining(SAFE));
    });

    it('tries every request to the stock again, within a budget', async () => {
      const answer = await mesh.answer(ask('orders', 'stock', { method: 'PUT', path: '/stock/1' }));
      expect(legOf(answer).retries).toMatchObject({
        attempts: 2,
        perTryTimeout: '600ms',
        on: ['connect-failure', 'gateway-error', 'reset'],
      });
      expect(answer.ways).toMatchObject([{ cluster: { retryBudget: { percent: 20, minConcurrency: 3 } } }]);
    });

    it('leaves out one pod of payments, of stock too, and all of a region of pictures', async () => {
      const payments = { consecutiveGatewayErrors: 5, maxEjectionPercent: 50 };
      const limits = { maxConnections: 100, maxPendingRequests: 50, connectTimeout: '1s' };
      expect(await clusterOf('orders', 'payments')).toMatchObject({ ...limits, outlierDetection: payments });
      const stock = { consecutive5xxErrors: 5, interval: '5s', baseEjectionTime: '30s', maxEjectionPercent: 34 };
      expect(await clusterOf('orders', 'stock')).toMatchObject({ minHealthPercent: 50, outlierDetection: stock });
      const pictures = { consecutiveGatewayErrors: 5, maxEjectionPercent: 100 };
      expect(await clusterOf('web', 'pictures')).toMatchObject({ byLocality: true, outlierDetection: pictures });
    });

    it('chooses pods by cookie, by load with a warm start, and near the caller', async () => {
      const baskets = await mesh.answer(ask('web', 'baskets'));
      expect(legOf(baskets).hash).toBe('cookie basket 1h /');
      expect(baskets.ways).toMatchObject([{ cluster: { loadBalancer: 'RING_HASH' } }]);
      expect(await clusterOf('web', 'pictures')).toMatchObject({ slowStart: { window: '1m', minWeightPercent: 10 } });
      expect(await clusterOf('web', 'prices')).toMatchObject({ byLocality: true });
    });

    it('lets in the calls that it declares, and nobody else', async () => {
      const allowed = [
        { from: 'shop/web', to: 'shop/orders', only: ['POST /orders'] },
        ...['prices', 'baskets', 'pictures'].map((to) => ({ from: 'shop/web', to: `shop/${to}` })),
        { from: 'shop/orders', to: 'shop/payments', only: ['GET /payments/1', 'POST /payments'] },
        { from: 'shop/orders', to: 'shop/stock', only: ['GET /stock/1', 'PUT /stock/1'] },
      ];
      await expectOnly(mesh, allowed);
      await expectOnly(withNetwork(mesh), allowed);
    });

    it('has sidecars or the waypoint see to it', async () => {
      const { legs } = await mesh.answer(ask('orders', 'payments', { path: '/payments/1' }));
      expect(legs.map(({ at }) => at)).toEqual([of({ sidecar: 'sidecar shop/orders-v1', ambient: 'waypoint shop/waypoint' })]);
    });
  });
});
