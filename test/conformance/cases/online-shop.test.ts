import { App } from 'cdk8s';
import { OnlineShop } from '../../../apps/online-shop/online-shop';
import { newChart } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import type { Request } from '../../../lib/verdict/requests/request';
import { judged } from '../judged';
import { type MeshUnderTest, withNetwork } from '../mesh-under-test';
import { database } from '../raw-objects';
import { enter, sharesOf } from '../requests';
import { expectOnly } from '../who-calls-whom';

const SHOP = 'https://shop.example.com';
const STEP_1 = { 'shop/cart-v1': 95, 'shop/cart-v2': 5 };

const fromPayment = (host: string, port: number): Request => ({ from: { workload: 'payments/payment-v1' }, to: { host, port } });
const toPayment: Request = {
  from: { workload: 'shop/cart-v1' },
  to: { host: 'payment.payments.svc.cluster.local', port: 8080 },
  method: 'POST',
  path: '/payments/1',
};

describe('the online shop', () => {
  forEachPlane(({ dataPlane, of }) => {
    let mesh: MeshUnderTest;
    let host: string;

    beforeAll(async () => {
      const databases = newChart('databases');
      host = database(databases);
      mesh = await judged(new OnlineShop(new App(), 'online-shop', { dataPlane }), databases);
    });

    it('lets in the calls that it declares, and nobody else', async () => {
      const allowed = [
        { from: 'shop/cart', to: 'shop/product', only: ['GET /products/1'] },
        { from: 'shop/cart', to: 'payments/payment', only: ['POST /payments/1'] },
        { from: 'payments/payment', to: 'shop/notification' },
      ];
      await expectOnly(mesh, allowed);
      await expectOnly(withNetwork(mesh), allowed);
    });

    it('lets in from outside what it exposes', async () => {
      const answers = await mesh.answers(['/products/1', '/cart', '/', '/payments/1'].map((path) => enter(`${SHOP}${path}`)));
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true, false, false]);
    });

    it('is at the first step of its release, with a header for those who want more', async () => {
      const answers = await mesh.answers([enter(`${SHOP}/cart`), enter(`${SHOP}/cart`, { headers: { 'x-canary': 'true' } })]);
      expect(answers.map(sharesOf)).toEqual([STEP_1, { 'shop/cart-v2': 100 }]);
    });

    it('pays within ten seconds, with two safe retries of three', async () => {
      const { legs } = await mesh.answer(toPayment);
      const retries = { attempts: 2, perTryTimeout: '3s', on: ['connect-failure', 'reset-before-request'] };
      expect(legs).toMatchObject([{ timeout: '10s', retries }]);
    });

    it('spares a payment that fails', async () => {
      const { ways } = await mesh.answer(toPayment);
      const outlierDetection = { consecutiveGatewayErrors: 5, interval: '10s', baseEjectionTime: '30s', maxEjectionPercent: 50 };
      const limits = { maxConnections: 100, maxPendingRequests: 50, maxRequests: 100, outlierDetection };
      expect(ways).toMatchObject([{ workload: 'payments/payment-v1', cluster: limits }]);
    });

    it('pays out: the payment reaches its database and the card network, the cart does not', async () => {
      const answers = await mesh.answers([fromPayment(host, 5432), fromPayment('api.cards.example.com', 443)]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true]);
      const cart = { workload: 'shop/cart-v1' };
      const refused = await mesh.answer({ from: cart, to: { host: 'api.cards.example.com', port: 443 } });
      expect(refused).toMatchObject({ allowed: false, layer: of({ sidecar: 'scope', ambient: 'authorization' }) });
    });
  });
});
