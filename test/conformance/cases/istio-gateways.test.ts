import { Duration } from 'cdk8s';
import {
  GatewayCertificate,
  GatewayListener,
  IngressGateway,
  type IngressGatewayProps,
  IstioGatewayPods,
  JwtIssuer,
  MeshedService,
  MeshNamespace,
  MeshPort,
  PathRewrite,
  RequestMatch,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { canary, newChart, service, type Shop, shop } from '../../builders';
import { forEachEnforcer, forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { judged } from '../judged';
import type { MeshUnderTest } from '../mesh-under-test';
import { rawGateway } from '../raw-objects';
import { enter, enterShowing, sharesOf } from '../requests';
import { expectOnly } from '../who-calls-whom';

const SHOP = 'shop.example.com';
const certificate = (name: string) => GatewayCertificate.secret(name);

interface Doors extends Shop {
  readonly gateway: IngressGateway;
  readonly edge: ZeroTrustNamespace;
}

/** The shop behind pods that Helm installed as `gateway` in a closed namespace, whose Service leads from 443 to 8443. */
function behind({ dataPlane }: Pick<PlaneUnderTest, 'dataPlane'>, props: IngressGatewayProps): Doors {
  const one = shop({ dataPlane });
  const edge = new ZeroTrustNamespace(one.chart, 'edge', { dataPlane });
  const targetPorts = { 443: 8443 };
  const ports = [80, 443, 5432, 6379, 8080, 8081];
  rawGateway(one.chart, { name: 'gateway', namespace: 'edge', ports, targetPorts, secrets: ['cert', 'partners', 'ledger', 'cache'] });
  const istioPods = IstioGatewayPods.helmRelease('gateway', { targetPorts });
  return { ...one, edge, gateway: new IngressGateway(edge, 'front', { ...props, istioPods }) };
}

const ends = async (mesh: MeshUnderTest, ...urls: readonly string[]) =>
  (await mesh.answers(urls.map((url) => atPods(enter(url))))).map(({ allowed, ways }) => (allowed ? ways[0].workload : undefined));

// The engine is asked for the ports of the pods.
function atPods(request: ReturnType<typeof enter>): ReturnType<typeof enter> {
  const { to } = request;
  return 'port' in to && to.port === 443 ? ({ ...request, to: { ...to, port: 8443 } } as typeof request) : request;
}

const [inCart, inProduct, inPay] = ['shop/cart-v1', 'shop/product-v1', 'payments/payment-v1'];

describe('an IngressGateway on pods that Helm installed', () => {
  forEachEnforcer((plane) => {
    it('asks for tokens where it says so, and nowhere else', async () => {
      const { chart, gateway, cart, product } = behind(plane, { tlsSecret: 'cert' });
      const issuer = JwtIssuer.of({ issuer: 'https://id.example.com', audiences: ['shop'] });
      gateway.expose(product, { host: SHOP });
      gateway.expose(cart, { host: SHOP, pathPrefix: '/cart', usersAtGateway: [{ issuer }] });
      const mesh = await judged(chart);
      const url = (path: string): string => `https://${SHOP}${path}`;
      const token = { issuer: 'https://id.example.com', subject: 'ann', audiences: ['shop'] };
      const answers = await mesh.answers(
        [
          enter(url('/cart'), { token }),
          enter(url('/cart')),
          enter(url('/cart;x')),
          enter(url('/cart'), { token: { ...token, issuer: 'https://elsewhere.example.com' } }),
          enter(url('/')),
        ].map(atPods),
      );
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false, false, false, true]);
    });

    it('lets in what it exposes, by host and path, and nothing else', async () => {
      const { chart, gateway, cart, product } = behind(plane, { tlsSecret: 'cert' });
      gateway.expose(product, { host: SHOP });
      gateway.expose(cart, { host: SHOP, pathPrefix: '/cart' });
      const mesh = await judged(chart);
      const urls = ['/cart', '/cart/1', '/carts', '/'].map((path) => `https://${SHOP}${path}`);
      expect(await ends(mesh, ...urls, 'https://other.example.com/')).toEqual([inCart, inCart, inProduct, inProduct, undefined]);
      await expectOnly(mesh, []);
    });

    it('tries the narrowest match of all services first, as one VirtualService for the host says', async () => {
      const { chart, gateway, cart, product, payment } = behind(plane, { tlsSecret: 'cert' });
      gateway.expose(cart, { host: SHOP, match: [RequestMatch.path('/items/new')] });
      gateway.expose(product, { host: SHOP, pathPrefix: '/items' });
      gateway.expose(payment, {
        host: SHOP,
        match: [RequestMatch.all([RequestMatch.pathPrefix('/items'), RequestMatch.header('x-pay', '1')])],
      });
      gateway.expose(payment, { host: SHOP, pathPattern: '/[a-z]+/pay', routeName: 'pattern' });
      gateway.expose(cart, { host: SHOP, routeName: 'rest' });
      const mesh = await judged(chart);
      const urls = ['/items/new', '/items/old', '/items', '/abc/pay', '/abc'].map((path) => `https://${SHOP}${path}`);
      expect(await ends(mesh, ...urls)).toEqual([inCart, inProduct, inProduct, inPay, inCart]);
      const [paying] = await mesh.answers([atPods(enter(`https://${SHOP}/items/1`, { headers: { 'x-pay': '1' } }))]);
      expect(paying.ways[0].workload).toBe(inPay);
    });

    it('asks for a certificate where a listener does, and elsewhere for none', async () => {
      const { chart, gateway, cart, product } = behind(plane, {
        tlsSecret: 'cert',
        listeners: [GatewayListener.mutualTls({ hosts: ['partners.example.com'], certificate: certificate('partners') })],
      });
      gateway.expose(cart, { host: 'partners.example.com' });
      gateway.expose(product, { host: SHOP });
      const mesh = await judged(chart);
      const partners = 'https://partners.example.com/';
      const answers = await mesh.answers([enterShowing(partners), enter(partners)].map(atPods));
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
      expect(await ends(mesh, `https://${SHOP}/`)).toEqual([inProduct]);
    });

    it('sends on to HTTPS, on the usual ports and on others', async () => {
      const { chart, gateway, cart } = behind(plane, {
        tlsSecret: 'cert',
        listeners: [
          GatewayListener.redirectToHttps(),
          GatewayListener.redirectToHttps({ port: 8080, securePort: 8443 }),
          GatewayListener.http({ port: 8081, hosts: ['open.example.com'] }),
        ],
      });
      gateway.expose(cart, { host: SHOP });
      gateway.expose(cart, { host: 'open.example.com', listener: 'http-8081', routeName: 'open' });
      const mesh = await judged(chart);
      const answers = await mesh.answers(
        [`http://${SHOP}/a?x=1`, `http://other.example.com/`, `http://${SHOP}:8080/a`].map((url) => enter(url)),
      );
      expect(answers.map(({ allowed }) => allowed)).toEqual([false, false, false]);
      expect(answers.map(({ legs }) => legs.at(-1)?.shape?.location)).toEqual([
        `https://${SHOP}/a?x=1`,
        'https://other.example.com/',
        `https://${SHOP}:8443/a`,
      ]);
      expect(await ends(mesh, 'http://open.example.com:8081/', `http://${SHOP}:8081/`)).toEqual([inCart, undefined]);
    });

    it('hands on TLS by the server that is asked for, and bytes by their port', async () => {
      const {
        chart,
        gateway,
        cart,
        shop: scope,
      } = behind(plane, {
        listeners: [
          GatewayListener.https({ hosts: [SHOP], certificate: certificate('cert') }),
          GatewayListener.tlsPassthrough({ hosts: ['vault.example.com', 'keys.example.com'] }),
          GatewayListener.tls({ hosts: ['ledger.example.com', 'cache.example.com'], certificate: certificate('ledger'), port: 6379 }),
          GatewayListener.tcp(5432),
        ],
      });
      const service = (name: string, port: MeshPort) => new MeshedService(scope, name, { image: `${name}:1`, ports: [port] });
      const [vault, keys] = ['vault', 'keys'].map((name) => service(name, MeshPort.https(8200)));
      const [ledger, cache] = ['ledger', 'cache'].map((name) => service(name, MeshPort.tcp(5432)));
      gateway.expose(vault, { host: 'vault.example.com' });
      gateway.expose(keys, { host: 'keys.example.com' });
      gateway.expose(ledger, { host: 'ledger.example.com' });
      gateway.expose(cache, { host: 'cache.example.com' });
      gateway.expose(ledger, { routeName: 'plain' });
      gateway.expose(cart, { host: SHOP });
      const mesh = await judged(chart);
      const urls = ['vault.example.com', 'keys.example.com', SHOP, 'other.example.com'].map((host) => `https://${host}/`);
      expect(await ends(mesh, ...urls)).toEqual(['shop/vault-v1', 'shop/keys-v1', inCart, undefined]);
      const bytes = ['tls://ledger.example.com:6379', 'tls://cache.example.com:6379', 'tls://x.example.com:5432'];
      expect(await ends(mesh, ...bytes)).toEqual(['shop/ledger-v1', 'shop/cache-v1', 'shop/ledger-v1']);
      await expectOnly(mesh, []);
    });

    it('changes paths, and waits as long as it is told', async () => {
      const { chart, gateway, cart } = behind(plane, { tlsSecret: 'cert' });
      const rewrite = { path: PathRewrite.prefix('/') };
      gateway.expose(cart, { host: SHOP, pathPrefix: '/api', rewrite, timeout: Duration.seconds(7) });
      const [answer] = await (await judged(chart)).answers([atPods(enter(`https://${SHOP}/api/items`))]);
      expect(answer.allowed).toBe(true);
      expect(answer.legs[0]).toMatchObject({ timeout: '7s', shape: { path: '/items' } });
    });
  });

  forEachPlane((plane) => {
    it('shares out requests and connections between versions as the mesh does', async () => {
      const { chart, gateway, cart, shop: scope } = behind(plane, { tlsSecret: 'cert', listeners: [GatewayListener.tcp(5432)] });
      const ledger = new MeshedService(scope, 'ledger', { image: 'ledger:1', ports: [MeshPort.tcp(5432)] });
      gateway.expose(cart, { host: SHOP });
      gateway.expose(ledger, {});
      [cart, ledger].forEach((service) => canary(service));
      const answers = await (await judged(chart)).answers([atPods(enter(`https://${SHOP}/`)), enter('tls://x.example.com:5432')]);
      expect(answers.map(sharesOf)).toEqual([
        { 'shop/cart-v1': 90, 'shop/cart-v2': 10 },
        { 'shop/ledger-v1': 90, 'shop/ledger-v2': 10 },
      ]);
    });
  });
});

describe('pods of a gateway in a namespace of their own', () => {
  const pods = () => IstioGatewayPods.helmRelease('door', { namespaceName: 'ingress' });
  const entering = (path: string): ReturnType<typeof enter> =>
    ({ ...enter(`https://${SHOP}${path}`), from: { gateway: 'ingress/door' } }) as ReturnType<typeof enter>;

  /** The platform's program: the pods, and one Gateway on them. */
  function platform({ dataPlane }: Pick<PlaneUnderTest, 'dataPlane'>) {
    const one = shop({ dataPlane });
    const edge = new MeshNamespace(one.chart, 'edge', { dataPlane });
    new ZeroTrustNamespace(one.chart, 'ingress', { dataPlane });
    rawGateway(one.chart, { name: 'door', namespace: 'ingress', ports: [443], secrets: ['cert'] });
    return { ...one, gateway: new IngressGateway(edge, 'front', { tlsSecret: 'cert', istioPods: pods(), routesFrom: ['search'] }) };
  }

  forEachEnforcer((plane) => {
    it('let in what is exposed, and no other pods of theirs are', async () => {
      const { chart, gateway, cart } = platform(plane);
      gateway.expose(cart, { host: SHOP, pathPrefix: '/cart' });
      const mesh = await judged(chart);
      const answers = await mesh.answers([entering('/cart/1'), entering('/admin')]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
      expect(answers[0].ways[0].workload).toBe(inCart);
      await expectOnly(mesh, []);
    });

    it('let in what another program exposes, which knows them by their names', async () => {
      const { chart } = platform(plane);
      const theirs = newChart('search');
      const search = service(new ZeroTrustNamespace(theirs, 'search', { dataPlane: plane.dataPlane }), 'search');
      const podLabels = { app: 'door', istio: 'door' };
      const door = IngressGateway.fromAttributes(theirs, 'front', {
        namespaceName: 'edge',
        name: 'front-https',
        istioPods: IstioGatewayPods.of({ podLabels, serviceAccountName: 'door', namespaceName: 'ingress' }),
      });
      door.expose(search, { host: SHOP, pathPrefix: '/search' });
      const mesh = await judged(chart, theirs);
      const answers = await mesh.answers([entering('/search/shoes'), entering('/cart')]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
      expect(answers[0].ways[0].workload).toBe('search/search-v1');
    });
  });
});
