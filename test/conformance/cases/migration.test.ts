import { Callers, DataPlane, HttpAccess, IngressGateway, JwtIssuer, MeshNamespace, Migration, ZeroTrustNamespace } from 'istio-constructs';
import { findingCodes, newChart, service } from '../../builders';
import { meshOf } from '../mesh-under-test';
import { enter, from, STRANGERS } from '../requests';
import { type Build, complaintsOnTheWay, mixedStates, type Step, stepsBackWith, stepsWith } from '../stages';
import type { AllowedCall } from '../who-calls-whom';

const get = (path: string) => ({ http: [HttpAccess.get(path)] });

/** Four services, three of which ask by methods and paths, and what comes in. */
const shopIn: Build = (dataPlane) => {
  const chart = newChart();
  const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane });
  const [web, cart, product, stock] = ['web', 'cart', 'product', 'stock'].map((name) => service(shop, name));
  web.calls(cart, get('/cart/*'));
  web.calls(product, get('/products/*'));
  cart.calls(product, get('/products/*'));
  cart.calls(stock);
  product.calls(stock);
  const gateway = new IngressGateway(new MeshNamespace(chart, 'edge', { dataPlane }), 'gateway', { tlsSecret: 'shop-cert' });
  gateway.expose(web, { host: 'shop.example.com' });
  return chart;
};

const IN_SHOP: AllowedCall[] = [
  { from: 'shop/web', to: 'shop/cart', only: ['GET /cart/1'] },
  { from: 'shop/web', to: 'shop/product', only: ['GET /products/1'] },
  { from: 'shop/cart', to: 'shop/product', only: ['GET /products/1'] },
  { from: 'shop/cart', to: 'shop/stock' },
  { from: 'shop/product', to: 'shop/stock' },
];

describe('a migration of a shop', () => {
  it.each([...stepsWith(3), ...stepsBackWith(3)])('keeps every call and opens none, $name', async (step) => {
    expect(await complaintsOnTheWay(shopIn, step, IN_SHOP)).toEqual([]);
  });

  it.each(stepsWith(3))('lets in from outside, $name', async (step) => {
    for (const { mesh } of mixedStates(shopIn, step)) {
      expect(await mesh.answer(enter('https://shop.example.com/'))).toMatchObject({ allowed: true });
    }
  });

  it.each(stepsWith(3))('says nothing that Istio complains of but scopes of proxies that have gone, $name', async ({ after }) => {
    const said = (await meshOf(shopIn(after)).findings()).filter(({ level }) => level !== 'info');
    expect(said.filter(({ code, object }) => code !== 'IST0167' || !object.startsWith('Sidecar '))).toEqual([]);
  });
});

describe('without a stage between', () => {
  const skip = (before: DataPlane, after: DataPlane): Step => ({ name: '', before, after, isWithin: false });
  const [PREPARE, THIRD] = [Migration.PREPARE, Migration.wave(3)].map((migration) => DataPlane.ambient({ migration }));

  it.each([
    ['from sidecars to ambient', skip(DataPlane.sidecar(), DataPlane.ambient())],
    ['from PREPARE to the last wave', skip(PREPARE, THIRD)],
  ])('calls are refused on the way, %s', async (_, step) => {
    expect(await complaintsOnTheWay(shopIn, step, IN_SHOP)).not.toEqual([]);
  });
});

describe('a migration with refusals and users', () => {
  const issuer = JwtIssuer.of({ issuer: 'https://id.example.com', audiences: ['shop'], jwksUri: 'https://id.example.com/keys' });

  const guarded: Build = (dataPlane) => {
    const chart = newChart();
    const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane });
    const [web, cart, stock] = ['web', 'cart', 'stock'].map((name) => service(shop, name));
    web.calls(cart);
    cart.access.denyAnyone({ http: [HttpAccess.anyMethod('/admin')] });
    cart.calls(stock, { user: { issuer } });
    return chart;
  };

  it.each(stepsWith(2))('refuses the same paths, $name', async (step) => {
    for (const { mesh } of mixedStates(guarded, step)) {
      const line = { from: { workload: 'shop/web-v1' }, to: { host: 'cart.shop.svc.cluster.local', port: 8080 } };
      const answers = await mesh.answers([
        { ...line, path: '/cart' },
        { ...line, path: '/admin' },
      ]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
    }
  });
});

describe('a migration with refusals of many, some of whom are the waypoint', () => {
  const guarded: Build = (dataPlane) => {
    const chart = newChart();
    const [front, shop] = ['front', 'shop'].map((name) => new ZeroTrustNamespace(chart, name, { dataPlane }));
    const [web, cart, stock] = [service(front, 'web'), service(shop, 'cart'), service(shop, 'stock')];
    web.calls(cart, get('/a'));
    web.calls(stock);
    cart.calls(stock);
    cart.access.denyAnyone({ exempt: [web] });
    stock.access.deny(Callers.ofNamespace('shop'), get('/z'));
    return chart;
  };
  const request = (workload: string, host: string, path: string) => ({
    from: { workload },
    to: { host: `${host}.shop.svc.cluster.local`, port: 8080 },
    path,
  });

  it.each(stepsWith(2))('refuses them, and nobody who comes through the waypoint, $name', async (step) => {
    for (const { mesh } of mixedStates(guarded, step)) {
      const kept = [request('front/web-v1', 'cart', '/a'), request('front/web-v1', 'stock', '/z')];
      const refused = [request('shop/cart-v1', 'stock', '/z'), request('shop/stock-v1', 'cart', '/a')];
      const answers = await mesh.answers([...kept, ...refused]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true, false, false]);
    }
  });
});

describe('a call that cannot be kept', () => {
  const circle: Build = (dataPlane) => {
    const chart = newChart();
    const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane });
    const [cart, prices] = ['cart', 'prices'].map((name) => service(shop, name));
    cart.calls(prices, get('/prices/*'));
    prices.calls(cart, get('/events'));
    return chart;
  };
  const IN_CIRCLE = [
    { from: 'shop/cart', to: 'shop/prices', only: ['GET /prices/1'] },
    { from: 'shop/prices', to: 'shop/cart', only: ['GET /events'] },
  ];
  const [toPrepare, toWave, toAmbient] = stepsWith(1);

  it('is told before anything moves', () => {
    const codes = findingCodes(circle(toPrepare.after)).filter((code) => code === 'MESH134');
    expect(codes).toHaveLength(2);
    expect(findingCodes(shopIn(toPrepare.after))).not.toContain('MESH134');
  });

  it('is refused while its two ends restart, and at no other stage', async () => {
    const found = await Promise.all([toPrepare, toWave, toAmbient].map((step) => complaintsOnTheWay(circle, step, IN_CIRCLE)));
    expect(found.map((one) => one.length > 0)).toEqual([false, true, false]);
    expect(found[1].join()).not.toContain('nobody said so');
  });

  it('lets in nobody else for that', async () => {
    for (const { mesh } of mixedStates(circle, toWave)) {
      const answers = await mesh.answers(
        Object.values(STRANGERS).map((one) => from(one, { host: 'cart.shop.svc.cluster.local' } as never, { path: '/events' })),
      );
      expect(answers.map(({ allowed }) => allowed)).toEqual([false, false]);
    }
  });
});
