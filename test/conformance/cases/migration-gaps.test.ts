import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import {
  Callers,
  DataPlane,
  ExternalAuthorizer,
  ExternalPort,
  ExternalService,
  HttpAccess,
  JwtIssuer,
  MeshedStatefulSet,
  MeshPort,
  ReleaseController,
  RequestMatch,
  RequestRouting,
  RolloutStep,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { blueGreen, canary, findingCodes, newChart, service } from '../../builders';
import { acted } from '../controllers/acted';
import { STRANGERS } from '../requests';
import { type Build, type Question, stepsBackWith, stepsWith, wrongAnswers } from '../stages';

/** A closed shop, filled by a test. */
const shopWith =
  (fill: (shop: ZeroTrustNamespace, dataPlane: DataPlane) => void): Build =>
  (dataPlane) => {
    const chart = newChart();
    fill(new ZeroTrustNamespace(chart, 'shop', { dataPlane }), dataPlane);
    return chart;
  };

const at = (name: string, port = 8080) => ({ host: `${name}.shop.svc.cluster.local`, port });
const all = (workload: string) => ({ [`shop/${workload}`]: 100 });
const get = (path: string) => ({ http: [HttpAccess.get(path)] });
const steps = (waves: number) => [...stepsWith(waves), ...stepsBackWith(waves)];
const web = 'shop/web-v1';

describe('a release in a namespace that moves', () => {
  const bytesAndGrpc = shopWith((shop) => {
    const [caller, stock] = [service(shop, 'web'), service(shop, 'stock', { ports: [MeshPort.tcp(7000)] })];
    const prices = service(shop, 'prices', { ports: [MeshPort.grpc(9090)] });
    caller.calls(stock);
    caller.calls(prices);
    canary(stock);
    canary(prices, { match: [RequestMatch.header('x-version', 'v2')] });
  });
  const rpc = { method: 'POST', path: '/prices.Prices/Get' };

  it.each(steps(1))('shares out connections and gRPC, $name', async (step) => {
    const shared = (name: string) => ({ [`shop/${name}-v1`]: 90, [`shop/${name}-v2`]: 10 });
    const questions: Question[] = [
      { from: web, to: at('stock', 7000), shares: shared('stock') },
      { from: web, to: at('prices', 9090), line: rpc, shares: shared('prices') },
      { from: web, to: at('prices', 9090), line: { ...rpc, headers: { 'x-version': 'v2' } }, shares: all('prices-v2') },
    ];
    expect(await wrongAnswers(bytesAndGrpc, step, questions)).toEqual([]);
  });

  const colors = shopWith((shop) => {
    const [caller, cart] = [service(shop, 'web'), service(shop, 'cart', { ports: [MeshPort.http(8080), MeshPort.tcp(7000)] })];
    caller.calls(cart, get('/cart/*'));
    caller.calls(cart, { port: 7000 });
    blueGreen(cart, { preview: [RequestMatch.header('x-preview', 'true')] });
  });

  it.each(steps(2))('keeps to its live colour, and previews to the other, $name', async (step) => {
    const questions: Question[] = [
      { from: web, to: at('cart'), line: { path: '/cart/1' }, shares: all('cart-v1') },
      { from: web, to: at('cart'), line: { path: '/cart/1', headers: { 'x-preview': 'true' } }, shares: all('cart-v2') },
      { from: web, to: at('cart', 7000), shares: all('cart-v1') },
      { from: web, to: at('cart'), line: { path: '/other' } },
    ];
    expect(await wrongAnswers(colors, step, questions)).toEqual([]);
  });

  const ruled = shopWith((shop) => {
    const [caller, cart] = [service(shop, 'web'), service(shop, 'cart', { timeout: Duration.seconds(3) })];
    caller.calls(cart, get('/cart/*'));
    canary(cart, { weight: 0 });
    new RequestRouting(shop, 'by-user', {
      service: cart,
      rules: [{ match: [RequestMatch.header('x-user', 'ann')], to: 'v2' }, { to: 'v1' }],
    });
  });

  it.each(steps(2))('follows its rules, $name', async (step) => {
    const questions: Question[] = [
      { from: web, to: at('cart'), line: { path: '/cart/1' }, shares: all('cart-v1') },
      { from: web, to: at('cart'), line: { path: '/cart/1', headers: { 'x-user': 'ann' } }, shares: all('cart-v2') },
    ];
    expect(await wrongAnswers(ruled, step, questions)).toEqual([]);
  });

  const CONTROLLERS: ReadonlyArray<{ readonly who: string; readonly controller: ReleaseController; readonly shares: Question['shares'] }> =
    [
      {
        who: 'Flagger',
        controller: ReleaseController.flagger({ interval: Duration.minutes(1) }),
        shares: { 'shop/cart-v1-primary': 70, 'shop/cart-v1': 30 },
      },
      {
        who: 'Argo Rollouts',
        controller: ReleaseController.argoRollouts({ steps: [RolloutStep.ofWeight(30), RolloutStep.pause()] }),
        shares: { 'shop/cart-6f5d4c8b9': 70, 'shop/cart-7c9d8e5f4': 30 },
      },
    ];

  it.each(CONTROLLERS.flatMap((one) => stepsWith(2).map((step) => ({ ...one, ...step }))))(
    'goes on where $who shares out, whichever of its pods are new, $name',
    async ({ controller, shares, ...step }) => {
      const released = shopWith((shop) => {
        service(shop, 'web').calls(service(shop, 'cart', { releaseController: controller }), get('/cart/*'));
      });
      const questions: Question[] = [
        { from: web, to: at('cart'), line: { path: '/cart/1' }, shares },
        { from: web, to: at('cart'), line: { path: '/other' } },
        { from: STRANGERS.ambient, to: at('cart'), line: { path: '/cart/1' } },
      ];
      expect(await wrongAnswers(released, step, questions, { act: (manifests) => acted(manifests, 'during') })).toEqual([]);
    },
  );
});

describe('users in a namespace that moves', () => {
  const TOKEN = { issuer: 'https://id.example.com', subject: 'ann', audiences: ['shop'], claims: { role: 'clerk' } };
  const issuer = JwtIssuer.of({ issuer: TOKEN.issuer, audiences: ['shop'] });
  const guarded = shopWith((shop) => {
    const [caller, cart, stock] = ['web', 'cart', 'stock'].map((name) => service(shop, name));
    caller.calls(cart, { ...get('/cart/*'), user: { issuer, claims: { role: ['clerk'] } } });
    cart.calls(stock, { user: { issuer } });
    caller.calls(stock, get('/items'));
  });

  it.each(steps(3))('are let in with their token by the caller that may bring them, and nobody else is, $name', async (step) => {
    const cart = (token?: typeof TOKEN): Pick<Question, 'to' | 'line'> => ({ to: at('cart'), line: { path: '/cart/1', token } });
    const stock = (token?: typeof TOKEN): Pick<Question, 'to' | 'line'> => ({ to: at('stock'), line: { path: '/items', token } });
    const foreign = { ...TOKEN, issuer: 'https://elsewhere.example.com' };
    const questions: Question[] = [
      { from: web, ...cart(TOKEN), shares: all('cart-v1') },
      { from: web, ...cart() },
      { from: web, ...cart({ ...TOKEN, claims: { role: 'guest' } }) },
      { from: web, ...cart({ ...TOKEN, audiences: ['desk'] }) },
      { from: web, ...stock(), shares: all('stock-v1') },
      { from: web, ...stock(foreign) },
      { from: 'shop/cart-v1', ...stock(TOKEN), shares: all('stock-v1') },
      { from: 'shop/cart-v1', ...stock() },
      { from: STRANGERS.sidecar, ...stock(TOKEN) },
      { from: STRANGERS.ambient, ...stock(TOKEN) },
    ];
    expect(await wrongAnswers(guarded, step, questions)).toEqual([]);
  });
});

describe('an authorizer in a namespace that moves', () => {
  const OPA = { name: 'opa', service: 'opa.auth.svc.cluster.local', port: 9191 };
  const around = { settings: { authorizers: [OPA] } };
  const asking = (apart: boolean): Build =>
    shopWith((shop, dataPlane) => {
      const chart = shop.node.scope!;
      const caller = service(apart ? new ZeroTrustNamespace(chart, 'apart', { dataPlane: SIDECARS }) : shop, 'web');
      const cart = service(shop, 'cart');
      caller.calls(cart);
      const opa = service(new ZeroTrustNamespace(chart, 'auth', { dataPlane }), 'opa', { ports: [MeshPort.grpc(9191)] });
      cart.access.askFirst(ExternalAuthorizer.of('opa', { service: opa, port: 9191 }), { http: [HttpAccess.anyMethod('/orders')] });
    });
  const SIDECARS = stepsWith(1)[0].before;
  const orders = { to: at('cart'), line: { path: '/orders/1' } };
  const authorizer = { host: OPA.service, port: 9191 };

  it.each(steps(2))('is asked by whoever reads HTTP, whatever pods are new, and reached by nobody else, $name', async (step) => {
    const waypoint = { identity: { namespace: 'shop', serviceAccount: 'waypoint', proxy: 'ztunnel' } } as const;
    const questions: Question[] = [
      { from: web, ...orders, shares: all('cart-v1'), asks: 'opa' },
      { from: web, to: at('cart'), line: { path: '/items' }, shares: all('cart-v1') },
      { from: STRANGERS.sidecar, ...orders },
      { from: STRANGERS.ambient, ...orders },
      { from: web, to: authorizer },
      ...(step.isWithin && !step.name.includes('sidecars') ? [{ from: waypoint, to: authorizer, shares: { 'auth/opa-v1': 100 } }] : []),
      ...(step.isWithin && !step.name.includes('sidecars')
        ? [{ from: 'shop/cart-v1', to: authorizer, shares: { 'auth/opa-v1': 100 } }]
        : []),
    ];
    expect(await wrongAnswers(asking(false), step, questions, around)).toEqual([]);
  });

  it('is passed by for nobody: a caller that keeps its sidecar is refused, and that is told before', async () => {
    const [toPrepare, toWave] = stepsWith(1);
    expect(findingCodes(asking(true)(toPrepare.after))).toContain('MESH134');
    const asked = { from: 'apart/web-v1', ...orders, shares: all('cart-v1'), asks: 'opa' };
    expect(await wrongAnswers(asking(true), toPrepare, [asked], around)).toEqual([]);
    const wrong = await wrongAnswers(asking(true), toWave, [asked], around);
    expect(wrong).not.toEqual([]);
    expect(wrong.filter((text) => !text.includes('is refused by AuthorizationPolicy shop/cart-unasked-deny'))).toEqual([]);
  });
});

describe('callers of another program, for a namespace that moves', () => {
  const REASON = 'every report reads the cart';
  const billing = (proxy: 'sidecar' | 'ztunnel') => ({ identity: { namespace: 'billing', serviceAccount: 'reports', proxy } }) as const;
  const open = (dataPlane?: DataPlane): Build =>
    shopWith((shop) => {
      service(shop, 'cart').access.allow(Callers.ofNamespace('billing', { dataPlane }), { ...get('/cart/*'), reason: REASON });
    });
  const asked = (proxy: 'sidecar' | 'ztunnel'): Question => ({
    from: billing(proxy),
    to: at('cart'),
    line: { path: '/cart/1' },
    shares: all('cart-v1'),
  });
  const [toPrepare, toWave, toAmbient] = stepsWith(1);
  const isTold = (build: Build): boolean => findingCodes(build(toPrepare.after)).includes('MESH134');

  it('are let in before anything moves, and told of where their sidecars stay: the first wave refuses them', async () => {
    const build = open(DataPlane.sidecar());
    expect(isTold(build)).toBe(true);
    expect(await wrongAnswers(build, toPrepare, [asked('sidecar')])).toEqual([]);
    expect(await wrongAnswers(build, toWave, [asked('sidecar')])).not.toEqual([]);
    expect(findingCodes(build(toAmbient.after))).toContain('MESH201');
  });

  it('are told of where nobody says it: those with sidecars are refused when the pods have moved, and no others', async () => {
    expect(isTold(open())).toBe(true);
    expect(await wrongAnswers(open(), toPrepare, [asked('sidecar'), asked('ztunnel')])).toEqual([]);
    expect(await wrongAnswers(open(), toAmbient, [asked('sidecar')])).not.toEqual([]);
    expect(await wrongAnswers(open(), toAmbient, [asked('ztunnel')])).toEqual([]);
  });

  it.each(stepsWith(1))('are let in all the time where they are in ambient mode, and nothing is told, $name', async (step) => {
    const build = open(DataPlane.ambient());
    expect(isTold(build)).toBe(false);
    expect(await wrongAnswers(build, step, [asked('ztunnel')])).toEqual([]);
  });
});

describe('Services without an address in a namespace that moves', () => {
  const sets = shopWith((shop) => {
    const [caller, cart] = [service(shop, 'web'), service(shop, 'cart')];
    ApiObject.of(cart.service).addJsonPatch(JsonPatch.add('/spec/clusterIP', 'None'));
    const db = new MeshedStatefulSet(shop, 'db', { image: 'registry.example.com/db:1', ports: [MeshPort.tcp(7000)] });
    caller.calls(cart);
    caller.calls(db);
  });

  it.each(steps(2))('are called by whoever may, for their callers move first, $name', async (step) => {
    const questions: Question[] = [
      { from: web, to: at('cart'), shares: all('cart-v1') },
      ...['db', 'db-peers', 'db-0.db-peers'].map((name) => ({ from: web, to: at(name, 7000), shares: all('db') })),
      ...Object.values(STRANGERS).flatMap((from) => [
        { from, to: at('cart') },
        { from, to: at('db-peers', 7000) },
      ]),
    ];
    expect(await wrongAnswers(sets, step, questions)).toEqual([]);
  });

  const members = shopWith((shop) => {
    const db = new MeshedStatefulSet(shop, 'db', { image: 'registry.example.com/db:1', ports: [MeshPort.tcp(7000)] });
    db.calls(db);
  });

  it('lose calls between their members while those restart, which is told before', async () => {
    const [toPrepare, toWave, toAmbient] = stepsWith(1);
    const peer: Question = { from: 'shop/db', to: at('db-1.db-peers', 7000), shares: all('db') };
    expect(findingCodes(members(toPrepare.after))).toContain('MESH134');
    expect(await wrongAnswers(members, toPrepare, [peer])).toEqual([]);
    expect(await wrongAnswers(members, toWave, [peer])).not.toEqual([]);
    expect(await wrongAnswers(members, toAmbient, [peer])).toEqual([]);
  });
});

describe('hosts outside of a namespace that moves', () => {
  const outside = shopWith((shop) => {
    const caller = service(shop, 'web');
    caller.calls(service(shop, 'cart'), get('/cart/*'));
    const host = (id: string, port: ExternalPort, addresses?: string[]) =>
      caller.calls(new ExternalService(shop, id, { host: `${id}.example.com`, port, addresses }));
    host('plain', ExternalPort.http());
    host('tls', ExternalPort.https());
    host('db', ExternalPort.postgres(), ['10.20.0.0/24']);
    host('begun', ExternalPort.tlsOrigination());
  });
  const reached = (id: string, port: number): Question => ({
    from: web,
    to: { host: `${id}.example.com`, port },
    shares: { [`${id}.example.com`]: 100 },
  });

  it.each(steps(2))('are reached as before, $name', async (step) => {
    const questions = [reached('plain', 80), reached('tls', 443), reached('db', 5432), reached('begun', 80)];
    expect(await wrongAnswers(outside, step, questions)).toEqual([]);
  });
});
