import { DataPlane, HttpAccess, IngressGateway, Mesh, MeshNamespace, MeshPort, Waypoint } from 'istio-constructs';
import { newChart, service } from '../../builders';
import { forEachEnforcer } from '../../for-each-plane';
import { judged } from '../judged';
import { call, dial, enter, from, PLAINTEXT, STRANGERS } from '../requests';

describe('a mesh that refuses what nothing allows', () => {
  forEachEnforcer((plane) => {
    const build = () => {
      const chart = newChart();
      new Mesh(chart, 'mesh', { defaultDeny: true });
      const shop = new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
      const ports = [MeshPort.http(8080), MeshPort.http(8081, { suffix: 'hook', plaintext: 'the API server calls it' })];
      const [cart, product, search] = [service(shop, 'cart'), service(shop, 'product', { ports }), service(shop, 'search')];
      cart.calls(product, { port: 8080 });
      return { chart, cart, product, search };
    };

    it('lets the calls of the program pass in an open namespace, and nothing else', async () => {
      const { chart, cart, product, search } = build();
      const mesh = await judged(chart);
      expect(await mesh.answer(call(cart, product))).toMatchObject({ allowed: true });
      const callers = [...Object.values(STRANGERS), PLAINTEXT];
      const refused = [
        call(product, cart),
        call(cart, search),
        call(search, product),
        ...[product, search].flatMap((one) => callers.flatMap((caller) => [from(caller, one), dial(caller, one)])),
      ];
      for (const answer of await mesh.answers(refused)) expect(answer).toMatchObject({ allowed: false });
    });

    it('keeps a port open that takes plaintext for good', async () => {
      const { chart, product } = build();
      const mesh = await judged(chart);
      expect(await mesh.answer(dial(PLAINTEXT, product, { port: 8081 }))).toMatchObject({ allowed: true });
    });

    it('lets in what a gateway in an open namespace listens for, and to what it exposes alone', async () => {
      const { chart, product } = build();
      const edge = new MeshNamespace(chart, 'edge', { dataPlane: plane.dataPlane });
      new IngressGateway(edge, 'gateway', { tlsSecret: 'cert' }).expose(product, { host: 'shop.example.com', pathPrefix: '/', port: 8080 });
      const mesh = await judged(chart);
      expect(await mesh.answer(enter('https://shop.example.com/'))).toMatchObject({ allowed: true });
    });
  });

  it('closes waypoints for requests that no grant means', async () => {
    const chart = newChart();
    new Mesh(chart, 'mesh', { defaultDeny: true });
    const shop = new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
    const [cart, product, search] = [service(shop, 'cart'), service(shop, 'product'), service(shop, 'search')];
    cart.calls(product, { http: [HttpAccess.get('/items/*')] });
    const mesh = await judged(chart);
    const answers = await mesh.answers([
      call(cart, product, { path: '/items/1' }),
      call(cart, product, { path: '/admin' }),
      call(cart, search, { path: '/items/1' }),
    ]);
    expect(answers.map(({ allowed }) => allowed)).toEqual([true, false, false]);
    expect(answers[2].by).toContain('waypoint-deny-all');
  });
});
