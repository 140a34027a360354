import {
  DataPlane,
  ExternalAuthorizer,
  HttpAccess,
  MeshedService,
  MeshNamespace,
  MeshPort,
  Waypoint,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { decide } from '../../../lib/verdict/decide';
import { newChart, service, type Shop, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import type { Authorizer } from '../engine';
import { judgedUnder } from '../judged';
import { call, from, STRANGERS } from '../requests';

const OPA: Authorizer = { name: 'opa', service: 'opa.auth.svc.cluster.local', port: 9191 };
const HTTP_OPA: Authorizer = { ...OPA, http: true };
const ORDERS = { http: [HttpAccess.anyMethod('/orders')] };

interface Guarded extends Shop {
  readonly opa: MeshedService;
}

/** The product page asks an authorizer in a namespace of its own about its orders. */
function guarded({ dataPlane }: PlaneUnderTest): Guarded {
  const one = shop({ dataPlane });
  const opa = service(new ZeroTrustNamespace(one.chart, 'auth', { dataPlane }), 'opa', { ports: [MeshPort.grpc(9191)] });
  one.cart.calls(one.product);
  one.product.access.askFirst(ExternalAuthorizer.of('opa', { service: opa, port: 9191 }), ORDERS);
  return { ...one, opa };
}

describe('access.askFirst', () => {
  forEachPlane((plane) => {
    it('leaves the authorizer of an open namespace to whoever asks it', async () => {
      const chart = newChart();
      const open = new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
      const [cart, product] = [service(open, 'cart'), service(open, 'product')];
      const opa = service(open, 'opa', { ports: [MeshPort.grpc(9191)] });
      cart.calls(product);
      product.access.askFirst(ExternalAuthorizer.of('opa', { service: opa }));
      const mesh = await judgedUnder({ authorizers: [{ ...OPA, service: 'opa.shop.svc.cluster.local' }] }, chart);
      const asked = await mesh.answer(call(cart, product));
      expect(asked).toMatchObject({ allowed: true, asks: [{ provider: 'opa' }] });
      const uninvited = [from({ workload: 'shop/cart-v1' }, opa), from(STRANGERS.ambient, opa), from(STRANGERS.sidecar, opa)];
      const requests = uninvited.map((request) => ({ ...request, to: { host: 'opa.shop.svc.cluster.local', port: 9191 } }));
      const answers = await mesh.answers(requests);
      expect(answers.map(({ allowed }) => allowed)).toEqual([false, false, false]);
      expect(requests.map((request) => decide(mesh.cluster, request).allowed)).toEqual([false, false, false]);
    });

    it.each([OPA, HTTP_OPA])('has the proxy before a service ask about the requests that are meant, and no others', async (authorizer) => {
      const { chart, cart, product } = guarded(plane);
      const mesh = await judgedUnder({ authorizers: [authorizer] }, chart);
      const paths = ['/orders', '/orders/1', '/orders;x', '//orders', '/a/../orders', '/', '/ordered', '/items'];
      const requests = paths.map((path) => call(cart, product, { path }));
      const answers = await mesh.answers(requests);
      expect(answers.map(({ allowed }) => allowed)).toEqual(paths.map(() => true));
      const at = plane.of({ sidecar: 'sidecar shop/product-v1', ambient: 'waypoint shop/waypoint' });
      const asked = paths.filter((_, index) => answers[index].asks!.length > 0);
      expect(asked).toEqual(['/orders', '/orders/1', '/orders;x', '//orders', '/a/../orders']);
      expect(answers[0].asks).toEqual([{ at, provider: 'opa' }]);
      expect(requests.map((request) => decide(mesh.cluster, request).asks ?? [])).toEqual(
        answers.map(({ asks }) => asks!.map(({ provider }) => provider)),
      );
    });

    it('lets nobody in by itself, whatever the authorizer says', async () => {
      const { chart, payment, product } = guarded(plane);
      const mesh = await judgedUnder({ authorizers: [OPA] }, chart);
      const strangers = [STRANGERS.sidecar, STRANGERS.ambient].map((caller) => from(caller, product, { path: '/orders' }));
      const answers = await mesh.answers([call(payment, product, { path: '/orders' }), ...strangers]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([false, false, false]);
    });

    it('refuses what is meant where the mesh configuration knows no such authorizer', async () => {
      const { chart, cart, product } = guarded(plane);
      const mesh = await judgedUnder({}, chart);
      const answers = await mesh.answers(['/orders', '/items'].map((path) => call(cart, product, { path })));
      expect(answers.map(({ allowed }) => allowed)).toEqual([false, true]);
    });

    it('has it asked about connections of bytes, by gRPC', async () => {
      const { chart, cart, shop: namespace, opa } = guarded(plane);
      const cache = service(namespace, 'cache', { ports: [MeshPort.tcp(6379)] });
      cart.calls(cache);
      cache.access.askFirst(ExternalAuthorizer.of('opa', { service: opa, port: 9191 }), { port: 6379 });
      const asking = call(cart, cache, { port: 6379 });
      const [known, unknown] = [await judgedUnder({ authorizers: [OPA] }, chart), await judgedUnder({}, chart)];
      expect(await known.answer(asking)).toMatchObject({ allowed: true, asks: [{ provider: 'opa' }] });
      expect(decide(known.cluster, asking)).toMatchObject({ allowed: true, asks: ['opa'] });
      expect((await unknown.answer(asking)).allowed).toBe(false);
    });

    it('refuses what several should be asked about as long as the flag of istiod is off, and other requests pass', async () => {
      const { chart, cart, product, opa } = guarded(plane);
      const login = ExternalAuthorizer.of('login', { service: opa, port: 9191, besideOthers: true });
      product.access.askFirst(login, { http: [HttpAccess.anyMethod('/login')] });
      const mesh = await judgedUnder({ authorizers: [OPA, { ...OPA, name: 'login' }] }, chart);
      const answers = await mesh.answers(['/orders', '/login', '/items'].map((path) => call(cart, product, { path })));
      expect(answers.map(({ allowed }) => allowed)).toEqual([false, false, true]);
    });

    it('has each of several asked about what is meant of it, all of them about what they share, as soon as the flag of istiod is on', async () => {
      const { chart, cart, product, shop: namespace, opa } = guarded(plane);
      const login = ExternalAuthorizer.of('login', { service: opa, port: 9191, besideOthers: true });
      product.access.askFirst(login, { http: [HttpAccess.anyMethod('/login'), HttpAccess.anyMethod('/orders/paid')] });
      const cache = service(namespace, 'cache', { ports: [MeshPort.tcp(6379)] });
      cart.calls(cache);
      for (const one of [login, ExternalAuthorizer.of('opa', { service: opa, port: 9191 })]) cache.access.askFirst(one, { port: 6379 });
      const mesh = await judgedUnder({ authorizers: [OPA, { ...OPA, name: 'login' }], severalAuthorizers: true }, chart);
      const requests = ['/orders', '/login', '/orders/paid', '/items'].map((path) => call(cart, product, { path }));
      const all = [...requests, call(cart, cache, { port: 6379 })];
      const answers = await mesh.answers(all);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true, true, true, true]);
      const asked = answers.map(({ asks }) => asks!.map(({ provider }) => provider));
      expect(asked).toEqual([['opa'], ['login'], ['login', 'opa'], [], ['login', 'opa']]);
      expect(all.map((request) => decide(mesh.cluster, request).asks ?? [])).toEqual(asked);
    });

    it('refuses what is meant for one of several that the mesh configuration does not know, and has the others asked', async () => {
      const { chart, cart, product, opa } = guarded(plane);
      const login = ExternalAuthorizer.of('login', { service: opa, port: 9191, besideOthers: true });
      product.access.askFirst(login, { http: [HttpAccess.anyMethod('/login')] });
      const mesh = await judgedUnder({ authorizers: [OPA], severalAuthorizers: true }, chart);
      const answers = await mesh.answers(['/orders', '/login', '/items'].map((path) => call(cart, product, { path })));
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false, true]);
    });

    it('is beside an audit, which decides nothing', async () => {
      const { chart, cart, payment, product } = guarded(plane);
      product.access.audit({ http: [HttpAccess.anyMethod('/orders')], port: 8080 });
      const mesh = await judgedUnder({ authorizers: [OPA] }, chart);
      const requests = [call(cart, product, { path: '/orders' }), call(payment, product, { path: '/orders' })];
      expect((await mesh.answers(requests)).map(({ allowed }) => allowed)).toEqual([true, false]);
      expect(requests.map((request) => decide(mesh.cluster, request).allowed)).toEqual([true, false]);
    });

    it('opens the authorizer to the proxy that asks alone', async () => {
      const { chart, cart, product, opa } = guarded(plane);
      const mesh = await judgedUnder({ authorizers: [OPA] }, chart);
      const waypoint = { identity: { namespace: 'shop', serviceAccount: 'waypoint', proxy: 'ztunnel' } } as const;
      const asking = plane.of({ sidecar: call(product, opa, { port: 9191 }), ambient: from(waypoint, opa, { port: 9191 }) });
      expect((await mesh.answer(asking)).allowed).toBe(true);
      const others = [call(cart, opa, { port: 9191 }), from(STRANGERS.sidecar, opa, { port: 9191 })];
      expect((await mesh.answers(others)).map(({ allowed }) => allowed)).toEqual([false, false]);
      expect(decide(mesh.cluster, asking).allowed).toBe(true);
    });
  });
});

describe('access.askFirst behind the waypoint of another namespace', () => {
  it('has that waypoint ask, and lets nobody else in at the authorizer', async () => {
    const chart = newChart();
    const dataPlane = DataPlane.ambient({ waypoint: Waypoint.sharedFrom('home') });
    const guest = new ZeroTrustNamespace(chart, 'shop', { dataPlane, labels: named('shop') });
    const [cart, product] = [service(guest, 'cart'), service(guest, 'product')];
    const opa = service(guest, 'opa', { ports: [MeshPort.grpc(9191)] });
    cart.calls(product);
    product.access.askFirst(ExternalAuthorizer.of('opa', { service: opa }));
    new ZeroTrustNamespace(chart, 'home', { dataPlane: DataPlane.ambient(), labels: named('home') });
    const mesh = await judgedUnder({ authorizers: [{ ...OPA, service: 'opa.shop.svc.cluster.local' }] }, chart);
    expect(await mesh.answer(call(cart, product))).toMatchObject({
      allowed: true,
      asks: [{ at: 'waypoint home/waypoint', provider: 'opa' }],
    });
    const to = { podOf: 'shop/opa-v1', port: 9191 };
    const asking = { pod: { namespace: 'home', serviceAccount: 'waypoint', proxy: 'ztunnel', labels: WAYPOINT_PODS } } as const;
    const answers = await mesh.answers([asking, STRANGERS.ambient, { workload: 'shop/cart-v1' }].map((caller) => ({ from: caller, to })));
    expect(answers.map(({ allowed }) => allowed)).toEqual([true, false, false]);
  });
});

const WAYPOINT_PODS = { 'gateway.networking.k8s.io/gateway-name': 'waypoint' };
// As an API server adds it.
const named = (name: string) => ({ 'kubernetes.io/metadata.name': name });
