import { App, Chart } from 'cdk8s';
import {
  DataPlane,
  ExternalAuthorizer,
  ExternalPort,
  ExternalService,
  HttpAccess,
  MeshedService,
  MeshNamespace,
  MeshPort,
  ServiceIdentity,
  Waypoint,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { canary, edgeGateway, external, newChart, service } from '../../builders';
import { judged } from '../judged';
import type { Answer } from '../answer';
import { withNetwork } from '../mesh-under-test';
import { call, dial, enter, from, PLAINTEXT, sharesOf, STRANGERS } from '../requests';
import { expectOnly } from '../who-calls-whom';

const withCanary = (weight: number, waypoint = Waypoint.WHEN_NEEDED) => DataPlane.ambient({ waypoint, waypointCanary: { weight } });

/** A namespace with two waypoints in one place. */
function shop(dataPlane: DataPlane, Namespace: typeof ZeroTrustNamespace | typeof MeshNamespace = ZeroTrustNamespace) {
  const chart = newChart();
  const home = new Namespace(chart, 'shop', { dataPlane });
  const [cart, more, product] = ['cart', 'more', 'product'].map((name) => service(home, name));
  return { chart, home, cart, more, product };
}

/** Percent of the requests by the first proxy that a way meets. */
function byWaypoint({ ways }: Answer): Readonly<Record<string, number>> {
  const shares: Record<string, number> = {};
  for (const { hops, weight } of ways.filter((way) => way.weight > 0)) {
    const waypoint = hops.map(({ at }) => at).find((at) => at.startsWith('waypoint')) ?? 'none';
    shares[waypoint] = (shares[waypoint] ?? 0) + weight;
  }
  return shares;
}

describe('a waypoint that takes a share of the connections', () => {
  it.each([0, 10, 100])('lets in exactly who calls, by what requests, at weight %d', async (weight) => {
    const { chart, cart, more, product } = shop(withCanary(weight));
    cart.calls(product, { http: [HttpAccess.get('/items/*')] });
    product.calls(more);
    await expectOnly(await judged(chart), [
      { from: 'shop/cart', to: 'shop/product', only: ['GET /items/1'] },
      { from: 'shop/product', to: 'shop/more' },
    ]);
  });

  it.each([
    [0, { 'waypoint shop/waypoint': 100 }],
    [10, { 'waypoint shop/waypoint': 90, 'waypoint shop/waypoint-canary': 10 }],
    [100, { 'waypoint shop/waypoint-canary': 100 }],
  ])('takes %d percent', async (weight, shares) => {
    const { chart, cart, product } = shop(withCanary(weight, Waypoint.ALWAYS));
    cart.calls(product);
    expect(byWaypoint(await (await judged(chart)).answer(call(cart, product)))).toEqual(shares);
  });

  it('is let in at the pods by its own identity, and no one else comes past the two', async () => {
    const { chart, cart, more, product } = shop(withCanary(50, Waypoint.ALWAYS));
    cart.calls(product);
    const mesh = await judged(chart);
    const { ways } = await mesh.answer(call(cart, product));
    expect(ways.map(({ hops }) => (hops.at(-1) as { principal?: string }).principal).sort()).toEqual([
      'cluster.local/ns/shop/sa/waypoint',
      'cluster.local/ns/shop/sa/waypoint-canary',
    ]);
    const callers = [{ workload: 'shop/cart-v1' }, ...Object.values(STRANGERS), PLAINTEXT];
    const refused = [...callers.map((caller) => dial(caller, product)), from(STRANGERS.ambient, product), call(more, product)];
    expect((await mesh.answers(refused)).map(({ allowed }) => allowed)).toEqual(refused.map(() => false));
  });

  it('routes as the first one does', async () => {
    const { chart, cart, product } = shop(withCanary(50));
    cart.calls(product);
    canary(product, { weight: 20 });
    const answer = await (await judged(chart)).answer(call(cart, product));
    expect(sharesOf(answer)).toEqual({ 'shop/product-v1': 80, 'shop/product-v2': 20 });
    expect(byWaypoint(answer)).toEqual({ 'waypoint shop/waypoint': 50, 'waypoint shop/waypoint-canary': 50 });
  });

  it('takes its share of what comes in through a gateway', async () => {
    const { chart, product } = shop(withCanary(25, Waypoint.ALWAYS));
    const edge = edgeGateway(chart, DataPlane.ambient());
    edge.expose(product, { host: 'product.example.com', port: 8080, pathPrefix: '/items' });
    const mesh = await judged(chart);
    expect(byWaypoint(await mesh.answer(enter('https://product.example.com/items')))).toEqual({
      'waypoint shop/waypoint': 75,
      'waypoint shop/waypoint-canary': 25,
    });
    expect(await mesh.answer(enter('https://product.example.com/other'))).toMatchObject({ allowed: false });
  });

  it('stands before hosts outside as well', async () => {
    const { chart, home, cart, more } = shop(withCanary(30, Waypoint.ALWAYS));
    const cards = external(home, 'cards');
    cart.calls(cards);
    const mesh = await judged(chart);
    const answer = await mesh.answer(call(cart, cards, { port: 443 }));
    expect(answer).toMatchObject({ allowed: true });
    expect(byWaypoint(answer)).toEqual({ 'waypoint shop/waypoint': 70, 'waypoint shop/waypoint-canary': 30 });
    expect(await mesh.answer(call(more, cards, { port: 443 }))).toMatchObject({ allowed: false });
  });

  it('asks the authorizer that the first one asks, which lets both in', async () => {
    const { chart, home, cart, product } = shop(withCanary(50));
    const opa = new MeshedService(home, 'opa', { image: 'registry.example.com/opa:1.0.0', ports: [MeshPort.grpc(9191)] });
    product.access.askFirst(ExternalAuthorizer.of('opa', { service: opa }));
    cart.calls(product);
    const policies = chart.toJson().filter(({ kind, metadata }) => kind === 'AuthorizationPolicy' && metadata.name === 'opa');
    expect(JSON.stringify(policies)).toContain('cluster.local/ns/shop/sa/waypoint-canary');
    const network = chart.toJson().find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'waypoint-canary');
    expect(JSON.stringify(network)).toContain('"app":"opa"');
  });

  it('is open in an open namespace until a grant closes the service', async () => {
    const { chart, cart, more, product } = shop(withCanary(50, Waypoint.ALWAYS), MeshNamespace as typeof ZeroTrustNamespace);
    cart.calls(product);
    const mesh = await judged(chart);
    expect(await mesh.answer(from(STRANGERS.ambient, more))).toMatchObject({ allowed: true });
    expect(await mesh.answer(from(STRANGERS.ambient, product))).toMatchObject({ allowed: false });
  });

  it('is reached by callers of another program, which knows both by name, before services and hosts outside', async () => {
    const { chart: theirs, home, product } = shop(withCanary(20, Waypoint.ALWAYS));
    const cards = external(home, 'cards');
    product.access.allow(ServiceIdentity.of('web', 'front', { dataPlane: DataPlane.ambient() }));
    cards.allowCaller(ServiceIdentity.of('web', 'front', { dataPlane: DataPlane.ambient() }));
    const ours = new Chart(new App(), 'ours');
    const front = service(new ZeroTrustNamespace(ours, 'web', { dataPlane: DataPlane.ambient() }), 'front');
    const callee = MeshedService.fromAttributes(ours, 'product', {
      namespaceName: 'shop',
      ports: [MeshPort.http(8080)],
      dataPlane: DataPlane.ambient(),
      waypoint: 'waypoint',
      waypointCanary: 'waypoint-canary',
    });
    const outside = ExternalService.fromAttributes(ours, 'cards', {
      host: 'api.example.com',
      namespaceName: 'shop',
      ports: [ExternalPort.https()],
      waypoint: 'waypoint',
      waypointCanary: 'waypoint-canary',
    });
    front.calls(callee);
    front.calls(outside);
    const mesh = await judged(theirs, ours);
    const requests = [call(front, callee), call(front, outside, { port: 443 })];
    for (const engine of [mesh, withNetwork(mesh)]) {
      expect((await engine.answers(requests)).map(({ allowed }) => allowed)).toEqual([true, true]);
    }
  });

  it('lets a service of another program in its namespace be reached through both', async () => {
    const chart = newChart();
    const home = new ZeroTrustNamespace(chart, 'shop', { dataPlane: withCanary(20, Waypoint.ALWAYS) });
    const theirs = new Chart(new App(), 'theirs');
    const their = MeshNamespace.fromName(theirs, 'shop', {
      name: 'shop',
      dataPlane: DataPlane.ambient(),
      zeroTrust: true,
      waypoint: 'waypoint',
      waypointCanary: 'waypoint-canary',
    });
    const guest = service(their, 'guest');
    guest.access.allow(ServiceIdentity.of('shop', 'cart', { dataPlane: DataPlane.ambient(), podLabels: { app: 'cart' } }));
    const cart = service(home, 'cart');
    const shared = { namespaceName: 'shop', waypoint: 'waypoint', waypointCanary: 'waypoint-canary' };
    cart.calls(MeshedService.fromAttributes(chart, 'guest', { ports: [MeshPort.http(8080)], dataPlane: DataPlane.ambient(), ...shared }));
    const mesh = await judged(chart, theirs);
    expect(byWaypoint(await mesh.answer(call(cart, guest)))).toEqual({ 'waypoint shop/waypoint': 80, 'waypoint shop/waypoint-canary': 20 });
    expect(await withNetwork(mesh).answer(call(cart, guest))).toMatchObject({ allowed: true });
  });

  it('may be of another revision, with pods of its own', async () => {
    const dataPlane = DataPlane.ambient({
      waypoint: Waypoint.ALWAYS,
      waypointCanary: { weight: 10, revision: 'next', pods: { replicas: 2 } },
    });
    const { chart, cart, product } = shop(dataPlane);
    cart.calls(product);
    const mesh = await judged(chart);
    expect(await mesh.answer(call(cart, product))).toMatchObject({ allowed: true });
    const gateways = chart.toJson().filter(({ kind }) => kind === 'Gateway');
    expect(gateways.map(({ metadata }) => metadata.labels['istio.io/rev'])).toEqual([undefined, 'next']);
  });

  it('is for those who share the waypoint, and not for a service with one of its own', async () => {
    const named = (name: string) => ({ 'kubernetes.io/metadata.name': name });
    const chart = newChart();
    new ZeroTrustNamespace(chart, 'team', { dataPlane: withCanary(40), labels: named('team') });
    const shared = DataPlane.ambient({ waypoint: Waypoint.sharedFrom('team') });
    const front = new ZeroTrustNamespace(chart, 'front', { dataPlane: shared, labels: named('front') });
    const [web, api, own] = [service(front, 'web'), service(front, 'api'), service(front, 'own', { ownWaypoint: true })];
    web.calls(api, { http: [HttpAccess.get('/items/*')] });
    web.calls(own);
    const mesh = await judged(chart);
    const [shares, alone] = (await mesh.answers([call(web, api, { path: '/items/1' }), call(web, own)])).map(byWaypoint);
    expect(shares).toEqual({ 'waypoint team/waypoint': 60, 'waypoint team/waypoint-canary': 40 });
    expect(alone).toEqual({ 'waypoint front/own-waypoint': 100 });
    expect(await mesh.answer(call(web, api, { path: '/other' }))).toMatchObject({ allowed: false });
  });
});
