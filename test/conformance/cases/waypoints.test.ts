import {
  DataPlane,
  HttpAccess,
  MeshedService,
  MeshNamespace,
  MeshPort,
  RequestMatch,
  RequestRouting,
  Waypoint,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { edgeGateway, newChart, service } from '../../builders';
import { judged } from '../judged';
import { call, dial, enter, from, PLAINTEXT, STRANGERS } from '../requests';
import { expectOnly } from '../who-calls-whom';

/** What an API server adds to a Namespace, and a waypoint picks namespaces by. */
const named = (name: string) => ({ 'kubernetes.io/metadata.name': name });
const shared = DataPlane.ambient({ waypoint: Waypoint.sharedFrom('team') });

/** Two namespaces behind the waypoint of a third, with a service each. */
function team(Namespace: typeof ZeroTrustNamespace | typeof MeshNamespace = ZeroTrustNamespace) {
  const chart = newChart();
  const home = new Namespace(chart, 'team', { dataPlane: DataPlane.ambient(), labels: named('team') });
  const [front, back] = ['front', 'back'].map((name) => new Namespace(chart, name, { dataPlane: shared, labels: named(name) }));
  const [shop, web, more] = [service(front, 'shop'), service(back, 'web'), service(back, 'more')];
  return { chart, home, front, back, shop, web, more };
}

describe('a waypoint that namespaces share', () => {
  it('lets in exactly who calls, by what requests, whichever of them each is in', async () => {
    const { chart, home, shop, web, more } = team();
    const inside = service(home, 'inside');
    shop.calls(web, { http: [HttpAccess.get('/items/*')] });
    more.calls(shop);
    inside.calls(web);
    const allowed = [
      { from: 'front/shop', to: 'back/web', only: ['GET /items/1'] },
      { from: 'back/more', to: 'front/shop' },
      { from: 'team/inside', to: 'back/web' },
    ];
    await expectOnly(await judged(chart), allowed);
  });

  it('decides on each call, and its identity alone is let in at the pods', async () => {
    const { chart, shop, web } = team();
    shop.calls(web);
    const mesh = await judged(chart);
    const { ways } = await mesh.answer(call(shop, web));
    expect(ways.map(({ hops }) => hops.map(({ at }) => at))).toEqual([['waypoint team/waypoint', 'ztunnel back/web-v1']]);
    expect(ways[0].hops.at(-1)).toMatchObject({ principal: 'cluster.local/ns/team/sa/waypoint' });
    const past = [{ workload: 'front/shop-v1' }, ...Object.values(STRANGERS), PLAINTEXT].map((caller) => dial(caller, web));
    expect((await mesh.answers(past)).map(({ allowed }) => allowed)).toEqual(past.map(() => false));
  });

  it('refuses what is sent to a service that nothing lets in', async () => {
    const { chart, shop, web, more } = team();
    shop.calls(web);
    const mesh = await judged(chart);
    expect(await mesh.answer(call(shop, more))).toMatchObject({ allowed: false, layer: 'authorization' });
  });

  it('follows the routes that stand beside the service', async () => {
    const { chart, back, shop, web } = team();
    shop.calls(web);
    new RequestRouting(back, 'routing', {
      service: web,
      rules: [{ match: [RequestMatch.path('/teapot')], directResponse: { status: 418 } }],
    });
    const mesh = await judged(chart);
    const [plain, answered] = await mesh.answers([call(shop, web, { path: '/' }), call(shop, web, { path: '/teapot' })]);
    expect(plain).toMatchObject({ allowed: true });
    expect(answered.legs.at(-1)).not.toEqual(plain.legs.at(-1));
  });

  it('is passed by what comes in through a gateway as well', async () => {
    const { chart, web } = team();
    edgeGateway(chart, DataPlane.ambient()).expose(web, { host: 'web.example.com', port: 8080 });
    const mesh = await judged(chart);
    const answer = await mesh.answer(enter('https://web.example.com/'));
    expect(answer).toMatchObject({ allowed: true });
    expect(answer.ways[0].hops.map(({ at }) => at)).toContain('waypoint team/waypoint');
  });

  it('lets in everybody in open namespaces, but to what a grant closes', async () => {
    const { chart, shop, web, more } = team(MeshNamespace as typeof ZeroTrustNamespace);
    shop.calls(web);
    const mesh = await judged(chart);
    expect(await mesh.answer(from(STRANGERS.ambient, more))).toMatchObject({ allowed: true });
    expect(await mesh.answer(from(STRANGERS.ambient, web))).toMatchObject({ allowed: false });
    expect(await mesh.answer(call(shop, web))).toMatchObject({ allowed: true });
  });

  it('stands before Services that carry bytes too', async () => {
    const { chart, shop, back } = team();
    const database = new MeshedService(back, 'database', { image: 'registry.example.com/db:1', ports: [MeshPort.tcp(5432)] });
    shop.calls(database);
    const mesh = await judged(chart);
    await expectOnly(mesh, [{ from: 'front/shop', to: 'back/database' }], ['back/database']);
  });
});
