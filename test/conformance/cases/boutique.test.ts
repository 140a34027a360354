import { App } from 'cdk8s';
import { Boutique } from '../../../apps/boutique/boutique';
import { forEachPlane } from '../../for-each-plane';
import type { Request } from '../../../lib/verdict/requests/request';
import { judged } from '../judged';
import { type MeshUnderTest, withNetwork } from '../mesh-under-test';
import { enter } from '../requests';
import { expectOnly } from '../who-calls-whom';

const call = (from: string, to: string, ...only: string[]) => ({
  from: `boutique/${from}`,
  to: `boutique/${to}`,
  ...(only.length > 0 ? { only: only.map((method) => `POST /hipstershop.${method}`) } : {}),
});

const ALLOWED = [
  call('loadgenerator', 'frontend'),
  call('frontend', 'productcatalogservice'),
  call('frontend', 'currencyservice'),
  call('frontend', 'recommendationservice'),
  call('frontend', 'adservice'),
  call('frontend', 'cartservice', 'CartService/AddItem', 'CartService/GetCart', 'CartService/EmptyCart'),
  call('frontend', 'shippingservice', 'ShippingService/GetQuote'),
  call('frontend', 'checkoutservice', 'CheckoutService/PlaceOrder'),
  call('recommendationservice', 'productcatalogservice'),
  call('checkoutservice', 'productcatalogservice'),
  call('checkoutservice', 'currencyservice'),
  call('checkoutservice', 'cartservice', 'CartService/GetCart', 'CartService/EmptyCart'),
  call('checkoutservice', 'shippingservice', 'ShippingService/GetQuote', 'ShippingService/ShipOrder'),
  call('checkoutservice', 'paymentservice', 'PaymentService/Charge'),
  call('checkoutservice', 'emailservice', 'EmailService/SendOrderConfirmation'),
  call('cartservice', 'redis-cart'),
];

const out = (from: string, host: string): Request => ({ from: { workload: `boutique/${from}-v1` }, to: { host, port: 443 } });

describe('Online Boutique', () => {
  forEachPlane(({ dataPlane, of }) => {
    let mesh: MeshUnderTest;

    beforeAll(async () => {
      mesh = await judged(new Boutique(new App(), 'boutique', { dataPlane }));
    });

    it('lets in the calls that it declares, method by method, and nobody else', async () => {
      await expectOnly(mesh, ALLOWED);
      await expectOnly(withNetwork(mesh), ALLOWED);
    });

    it('lets customers in to its page alone', async () => {
      const answers = await mesh.answers([enter('https://boutique.example.com/cart'), enter('https://elsewhere.example.com/')]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
    });

    it('lets out to Google those that are profiled, and nobody else', async () => {
      const hosts = ['cloudprofiler.googleapis.com', 'oauth2.googleapis.com'];
      const profiled = ['currencyservice', 'emailservice', 'paymentservice', 'recommendationservice'];
      const answers = await mesh.answers(profiled.flatMap((one) => hosts.map((host) => out(one, host))));
      expect(answers.filter(({ allowed }) => !allowed)).toEqual([]);
      // No waypoint stands before a wildcard: in ambient mode the network layer alone keeps the others in.
      const judge = of({ sidecar: mesh, ambient: withNetwork(mesh) });
      const refused = { allowed: false, layer: of({ sidecar: 'scope', ambient: 'network' }) };
      expect(await judge.answers(hosts.map((host) => out('cartservice', host)))).toMatchObject([refused, refused]);
    });

    it('sends again what has not reached the catalogue, and waits a second for an advertisement', async () => {
      const [catalog, ads] = await mesh.answers(
        [
          { host: 'productcatalogservice.boutique.svc.cluster.local', port: 3550 },
          { host: 'adservice.boutique.svc.cluster.local', port: 9555 },
        ].map((to) => ({ from: { workload: 'boutique/frontend-v1' }, to, method: 'POST' })),
      );
      expect(catalog.legs).toMatchObject([{ retries: { attempts: 2, on: ['connect-failure', 'refused-stream'] } }]);
      expect(ads.legs).toMatchObject([{ timeout: '1s' }]);
    });
  });
});
