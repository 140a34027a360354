import { DataPlane, HttpAccess, Waypoint } from 'istio-constructs';
import { canary, edgeGateway, shop } from '../../builders';
import { judged } from '../judged';
import { call, enter, sharesOf } from '../requests';
import { expectOnly } from '../who-calls-whom';

/** Who stands on the way of a request from the cart to the product page. */
async function stationsOf(dataPlane: DataPlane, http?: HttpAccess[]): Promise<string[]> {
  const { chart, cart, product } = shop({ dataPlane });
  cart.calls(product, { http });
  const mesh = await judged(chart);
  const { ways } = await mesh.answer(call(cart, product));
  return ways[0].hops.map(({ at }) => at);
}

describe.each([
  ['sidecar', DataPlane.sidecar({ revision: '1-31' })],
  ['ambient', DataPlane.ambient({ revision: '1-31', waypoint: Waypoint.ALWAYS })],
])('a revision in %s mode', (_, dataPlane) => {
  it('guards calls as the default revision does', async () => {
    const { chart, cart, product } = shop({ dataPlane });
    cart.calls(product);
    await expectOnly(await judged(chart), [{ from: 'shop/cart', to: 'shop/product' }]);
  });

  it('routes releases, through its gateways as well', async () => {
    const { chart, cart, product } = shop({ dataPlane });
    product.calls(cart);
    edgeGateway(chart, dataPlane).expose(cart, { host: 'shop.example.com' });
    canary(cart);
    const mesh = await judged(chart);
    const answers = await mesh.answers([call(product, cart), enter('https://shop.example.com/')]);
    expect(answers.map(({ allowed }) => allowed)).toEqual([true, true]);
    expect(answers.map(sharesOf)).toEqual([0, 1].map(() => ({ 'shop/cart-v1': 90, 'shop/cart-v2': 10 })));
  });
});

describe('a waypoint', () => {
  const [straight, through] = [['ztunnel shop/product-v1'], ['waypoint shop/waypoint', 'ztunnel shop/product-v1']];
  const GET = [HttpAccess.get()];

  it('comes as soon as something needs HTTP, and not before', async () => {
    expect(await stationsOf(DataPlane.ambient())).toEqual(straight);
    expect(await stationsOf(DataPlane.ambient({ waypoint: Waypoint.WHEN_NEEDED }))).toEqual(straight);
    expect(await stationsOf(DataPlane.ambient({ waypoint: Waypoint.WHEN_NEEDED }), GET)).toEqual(through);
  });

  it('stands before every service from the start when it is always wanted', async () => {
    expect(await stationsOf(DataPlane.ambient({ waypoint: Waypoint.ALWAYS }))).toEqual(through);
  });

  it('is passed by nothing when it is never wanted', async () => {
    expect(await stationsOf(DataPlane.ambient({ waypoint: Waypoint.NEVER }))).toEqual(straight);
  });

  it('changes nothing for callers when it comes later', async () => {
    const { chart, cart, product, payment } = shop({ dataPlane: DataPlane.ambient() });
    cart.calls(product);
    payment.calls(cart);
    canary(cart);
    const allowed = [
      { from: 'shop/cart', to: 'shop/product' },
      { from: 'payments/payment', to: 'shop/cart' },
    ];
    await expectOnly(await judged(chart), allowed);
  });
});
