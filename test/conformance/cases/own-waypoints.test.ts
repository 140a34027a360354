import {
  DataPlane,
  ExternalAuthorizer,
  HttpAccess,
  MeshedService,
  MeshedStatefulSet,
  MeshNamespace,
  MeshPort,
  Waypoint,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { canary, edgeGateway, newChart, service } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import { call, dial, enter, from, PLAINTEXT, sharesOf, STRANGERS } from '../requests';
import { type Build, complaintsOnTheWay, stepsBackWith, stepsWith } from '../stages';
import { expectOnly } from '../who-calls-whom';

/** A service with a waypoint of its own among neighbours. */
function shop(dataPlane: DataPlane, Namespace: typeof ZeroTrustNamespace | typeof MeshNamespace = ZeroTrustNamespace) {
  const chart = newChart();
  const home = new Namespace(chart, 'shop', { dataPlane });
  const [cart, more] = [service(home, 'cart'), service(home, 'more')];
  const product = service(home, 'product', { ownWaypoint: true });
  return { chart, home, cart, more, product };
}

describe('a service with a waypoint of its own', () => {
  forEachPlane((plane) => {
    it('lets in exactly who calls, by what requests, beside neighbours with another waypoint or none', async () => {
      const { chart, cart, more, product } = shop(plane.dataPlane);
      cart.calls(product, { http: [HttpAccess.get('/items/*')] });
      cart.calls(more, { http: [HttpAccess.get('/more')] });
      product.calls(more);
      await expectOnly(await judged(chart), [
        { from: 'shop/cart', to: 'shop/product', only: ['GET /items/1'] },
        { from: 'shop/cart', to: 'shop/more', only: ['GET /more'] },
        { from: 'shop/product', to: 'shop/more' },
      ]);
    });

    it('is open to everybody in an open namespace, until a grant closes it', async () => {
      const { chart, home, cart, product } = shop(plane.dataPlane, MeshNamespace as typeof ZeroTrustNamespace);
      const other = service(home, 'other', { ownWaypoint: true });
      cart.calls(product);
      const mesh = await judged(chart);
      expect(await mesh.answer(from(STRANGERS.ambient, other))).toMatchObject({ allowed: true });
      expect(await mesh.answer(call(cart, product))).toMatchObject({ allowed: true });
      expect(await mesh.answer(from(STRANGERS.ambient, product))).toMatchObject({ allowed: false });
    });

    it('shares its requests between versions, and no version of it is a way round', async () => {
      const { chart, cart, more, product } = shop(plane.dataPlane);
      cart.calls(product, { http: [HttpAccess.get('/items/*')] });
      canary(product, { weight: 20 });
      const mesh = await judged(chart);
      const answer = await mesh.answer(call(cart, product, { path: '/items/1' }));
      expect(sharesOf(answer)).toEqual({ 'shop/product-v1': 80, 'shop/product-v2': 20 });
      const asked = ['product', ...plane.of({ sidecar: [], ambient: ['product-v1', 'product-v2'] })];
      const requests = asked.flatMap((name) => [
        { ...call(more, product, { path: '/items/1' }), to: { host: `${name}.shop.svc.cluster.local`, port: 8080 } },
        { ...call(cart, product, { path: '/other' }), to: { host: `${name}.shop.svc.cluster.local`, port: 8080 } },
      ]);
      expect((await mesh.answers(requests)).map(({ allowed }) => allowed)).toEqual(requests.map(() => false));
    });

    it('is passed by what comes in through a gateway', async () => {
      const { chart, product } = shop(plane.dataPlane);
      edgeGateway(chart, plane.dataPlane).expose(product, { host: 'product.example.com', port: 8080 });
      const mesh = await judged(chart);
      const answer = await mesh.answer(enter('https://product.example.com/'));
      expect(answer).toMatchObject({ allowed: true });
      const at = answer.ways[0].hops.map((hop) => hop.at);
      expect(at.includes('waypoint shop/product-waypoint')).toBe(plane.of({ sidecar: false, ambient: true }));
    });

    it('asks its authorizer, and it alone may', async () => {
      const { chart, home, cart, product } = shop(plane.dataPlane);
      const opa = new MeshedService(home, 'opa', { image: 'registry.example.com/opa:1.0.0', ports: [MeshPort.grpc(9191)] });
      product.access.askFirst(ExternalAuthorizer.of('opa', { service: opa }), { http: [HttpAccess.anyMethod('/items')] });
      cart.calls(product);
      const asker = plane.of({ sidecar: 'product', ambient: 'product-waypoint' });
      const policies = chart.toJson().filter(({ kind, metadata }) => kind === 'AuthorizationPolicy' && metadata.name === 'opa');
      expect(JSON.stringify(policies)).toContain(`cluster.local/ns/shop/sa/${asker}`);
    });
  });
});

describe('a waypoint of its own in ambient mode', () => {
  it('is the only one whose identity its pods let in', async () => {
    const { chart, cart, more, product } = shop(DataPlane.ambient({ waypoint: Waypoint.ALWAYS }));
    cart.calls(product);
    cart.calls(more);
    const mesh = await judged(chart);
    const answers = await mesh.answers([call(cart, product), call(cart, more)]);
    expect(answers.map(({ ways }) => ways.map(({ hops }) => hops.map(({ at }) => at)))).toEqual([
      [['waypoint shop/product-waypoint', 'ztunnel shop/product-v1']],
      [['waypoint shop/waypoint', 'ztunnel shop/more-v1']],
    ]);
    expect(answers[0].ways[0].hops.at(-1)).toMatchObject({ principal: 'cluster.local/ns/shop/sa/product-waypoint' });
    const past = [{ workload: 'shop/cart-v1' }, ...Object.values(STRANGERS), PLAINTEXT].map((caller) => dial(caller, product));
    expect((await mesh.answers(past)).map(({ allowed }) => allowed)).toEqual(past.map(() => false));
  });

  it('refuses what is sent to a service that nothing lets in', async () => {
    const { chart, cart, product } = shop(DataPlane.ambient());
    expect(await (await judged(chart)).answer(call(cart, product))).toMatchObject({ allowed: false, layer: 'authorization' });
  });

  it('goes before a waypoint that the namespace shares', async () => {
    const chart = newChart();
    const named = (name: string) => ({ 'kubernetes.io/metadata.name': name });
    new ZeroTrustNamespace(chart, 'team', { dataPlane: DataPlane.ambient(), labels: named('team') });
    const dataPlane = DataPlane.ambient({ waypoint: Waypoint.sharedFrom('team') });
    const front = new ZeroTrustNamespace(chart, 'front', { dataPlane, labels: named('front') });
    const [web, api] = [service(front, 'web'), service(front, 'api', { ownWaypoint: true })];
    web.calls(api, { http: [HttpAccess.get('/items/*')] });
    const { ways } = await (await judged(chart)).answer(call(web, api, { path: '/items/1' }));
    expect(ways.map(({ hops }) => hops.map(({ at }) => at))).toEqual([['waypoint front/api-waypoint', 'ztunnel front/api-v1']]);
  });

  it('leaves the members of a set of pods as they are, which are called one by one', async () => {
    const chart = newChart();
    const home = new ZeroTrustNamespace(chart, 'shop', { dataPlane: DataPlane.ambient() });
    const cart = service(home, 'cart');
    const image = 'registry.example.com/ledger:1.0.0';
    const ledger = new MeshedStatefulSet(home, 'ledger', { image, ports: [MeshPort.http(8080)], ownWaypoint: true });
    cart.calls(ledger, { http: [HttpAccess.get('/items/*')] });
    const mesh = await judged(chart);
    expect(await mesh.answer(call(cart, ledger, { path: '/items/1' }))).toMatchObject({ allowed: true });
    expect(await mesh.answer(call(cart, ledger, { path: '/other' }))).toMatchObject({ allowed: false });
  });

  it.each([...stepsWith(2), ...stepsBackWith(2)])('keeps every call and opens none while pods move, $name', async (step) => {
    const build: Build = (dataPlane) => {
      const { chart, cart, more, product } = shop(dataPlane);
      cart.calls(product, { http: [HttpAccess.get('/items/*')] });
      product.calls(more);
      return chart;
    };
    const allowed = [
      { from: 'shop/cart', to: 'shop/product', only: ['GET /items/1'] },
      { from: 'shop/product', to: 'shop/more' },
    ];
    expect(await complaintsOnTheWay(build, step, allowed)).toEqual([]);
  });
});
