import { HttpAccess, MeshPort } from 'istio-constructs';
import { shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { judged } from '../judged';
import { call } from '../requests';
import { expectOnly } from '../who-calls-whom';

const TO_PRODUCT = { from: 'shop/cart', to: 'shop/product' };

/** Requests of the cart to the product page that arrive, out of those that are asked about. */
async function arriving(plane: PlaneUnderTest, access: readonly HttpAccess[], asked: readonly string[]): Promise<string[]> {
  const { chart, cart, product } = shop(plane);
  cart.calls(product, { http: [...access] });
  const mesh = await judged(chart);
  const requests = asked.map((line) => line.split(' ')).map(([method, path]) => call(cart, product, { method, path }));
  const answers = await mesh.answers(requests);
  return asked.filter((_, index) => answers[index].allowed);
}

describe('calls that are limited to requests', () => {
  forEachPlane((plane) => {
    it('let in these requests of this caller and nothing else', async () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { http: [HttpAccess.get('/products/*')] });
      await expectOnly(await judged(chart), [{ ...TO_PRODUCT, only: ['GET /products/1'] }]);
    });

    it('give each caller its own requests', async () => {
      const { chart, cart, product, payment } = shop(plane);
      cart.calls(product, { http: [HttpAccess.get('/products/*')] });
      payment.calls(product, { http: [HttpAccess.post('/prices')] });
      const allowed = [
        { ...TO_PRODUCT, only: ['GET /products/1'] },
        { from: 'payments/payment', to: 'shop/product', only: ['POST /prices'] },
      ];
      await expectOnly(await judged(chart), allowed);
    });

    it('add up when a caller says more than one', async () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { http: [HttpAccess.get('/products/*')] });
      product.access.allow(cart, { http: [HttpAccess.put('/stock')] });
      await expectOnly(await judged(chart), [{ ...TO_PRODUCT, only: ['GET /products/1', 'PUT /stock'] }]);
    });

    it('stand beside calls without a limit', async () => {
      const { chart, cart, product, payment } = shop(plane);
      cart.calls(product, { http: [HttpAccess.get('/products/*')] });
      payment.calls(product);
      await expectOnly(await judged(chart), [
        { ...TO_PRODUCT, only: ['GET /products/1'] },
        { from: 'payments/payment', to: 'shop/product' },
      ]);
    });

    it('leave services beside it as they are', async () => {
      const { chart, cart, product, payment } = shop(plane);
      payment.calls(cart);
      cart.calls(product, { http: [HttpAccess.get('/products/*')] });
      await expectOnly(await judged(chart), [
        { ...TO_PRODUCT, only: ['GET /products/1'] },
        { from: 'payments/payment', to: 'shop/cart' },
      ]);
    });

    it('leave a port closed that does not speak HTTP', async () => {
      const { chart, cart, product } = shop(plane, { ports: [MeshPort.http(80, { targetPort: 8080 }), MeshPort.tcp(9000)] });
      product.calls(cart, { http: [HttpAccess.get('/cart')] });
      await expectOnly(await judged(chart), [{ from: 'shop/product', to: 'shop/cart', port: 80, only: ['GET /cart'] }]);
    });

    it('hold on the one port that is named', async () => {
      const ports = [MeshPort.http(8080), MeshPort.http(9090, { suffix: 'admin' })];
      const { chart, cart, product } = shop(plane, { ports });
      product.calls(cart, { port: 9090, http: [HttpAccess.get('/metrics')] });
      await expectOnly(await judged(chart), [{ from: 'shop/product', to: 'shop/cart', port: 9090, only: ['GET /metrics'] }]);
    });

    it('open other ports as a whole', async () => {
      const { chart, cart, product } = shop(plane, { ports: [MeshPort.http(8080), MeshPort.tcp(9000)] });
      product.calls(cart, { http: [HttpAccess.get('/cart')] });
      product.calls(cart, { port: 9000 });
      await expectOnly(await judged(chart), [
        { from: 'shop/product', to: 'shop/cart', port: 8080, only: ['GET /cart'] },
        { from: 'shop/product', to: 'shop/cart', port: 9000 },
      ]);
    });

    it.each([
      ['exactly', '/cart', ['/cart'], ['/cart/', '/cart/7', '/carts', '/']],
      ['by prefix', '/cart/*', ['/cart/', '/cart/7', '/cart/7/items'], ['/cart', '/carts', '/']],
      ['by suffix', '*.png', ['/a.png', '/img/b.png'], ['/a.gif', '/a.png/x']],
      ['by one part', '/cart/{*}/items', ['/cart/7/items'], ['/cart/items', '/cart/7/8/items', '/cart/7/items/9']],
      ['by any number of parts', '/cart/{**}', ['/cart/7', '/cart/7/items/9'], ['/carts/7', '/other']],
    ])('mean a path %s', async (_, path, inside, outside) => {
      const asked = [...inside, ...outside].map((one) => `GET ${one}`);
      expect(await arriving(plane, [HttpAccess.get(path)], asked)).toEqual(inside.map((one) => `GET ${one}`));
    });

    it.each([
      ['reading', HttpAccess.get('/x'), ['GET /x']],
      ['sending', HttpAccess.post('/x'), ['POST /x']],
      ['replacing', HttpAccess.put('/x'), ['PUT /x']],
      ['changing', HttpAccess.patch('/x'), ['PATCH /x']],
      ['removing', HttpAccess.delete('/x'), ['DELETE /x']],
      ['asking for headers', HttpAccess.head('/x'), ['HEAD /x']],
      ['asking what may be sent', HttpAccess.options('/x'), ['OPTIONS /x']],
      ['any method', HttpAccess.anyMethod('/x'), ['GET /x', 'POST /x', 'PUT /x', 'PATCH /x', 'DELETE /x', 'HEAD /x', 'OPTIONS /x']],
      ['methods of my choice', HttpAccess.of({ methods: ['DELETE', 'HEAD'], paths: ['/x'] }), ['DELETE /x', 'HEAD /x']],
    ])('mean %s', async (_, access, expected) => {
      const asked = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].flatMap((method) => [`${method} /x`, `${method} /y`]);
      expect(await arriving(plane, [access], asked)).toEqual(expected);
    });

    it('take every path when none is given', async () => {
      expect(await arriving(plane, [HttpAccess.get()], ['GET /', 'GET /a/b?c=d', 'POST /'])).toEqual(['GET /', 'GET /a/b?c=d']);
    });

    it('do not look at the query', async () => {
      expect(await arriving(plane, [HttpAccess.get('/cart')], ['GET /cart?id=7', 'GET /?x=/cart'])).toEqual(['GET /cart?id=7']);
    });
  });
});
