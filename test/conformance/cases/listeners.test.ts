import { Duration } from 'cdk8s';
import {
  GatewayCertificate,
  GatewayListener,
  GatewayServiceType,
  IngressGateway,
  type IngressGatewayProps,
  MeshedService,
  MeshNamespace,
  MeshPort,
  RequestMatch,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { canary, newChart, type Shop, shop } from '../../builders';
import { forEachEnforcer, forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { meshFrom, meshOf, type MeshUnderTest } from '../mesh-under-test';
import { judged } from '../judged';
import { enter, enterShowing, sharesOf } from '../requests';
import { expectOnly } from '../who-calls-whom';

const SHOP = 'shop.example.com';
const certificate = (name: string) => GatewayCertificate.secret(name);
const https = (host: string, name = host.split('.')[0]) => GatewayListener.https({ hosts: [host], certificate: certificate(name) });

interface Doors extends Shop {
  readonly gateway: IngressGateway;
}

/** The shop behind a gateway of a closed namespace. */
function behind({ dataPlane }: Pick<PlaneUnderTest, 'dataPlane'>, props: IngressGatewayProps): Doors {
  const one = shop({ dataPlane });
  const edge = new ZeroTrustNamespace(one.chart, 'edge', { dataPlane });
  return { ...one, gateway: new IngressGateway(edge, 'gateway', props) };
}

const ends = async (mesh: MeshUnderTest, ...urls: readonly string[]) =>
  (await mesh.answers(urls.map((url) => enter(url)))).map(({ allowed, ways }) => (allowed ? ways[0].workload : undefined));

describe('the listeners of an IngressGateway', () => {
  forEachEnforcer((plane) => {
    it('have a certificate each, and hosts of their own on one port', async () => {
      const { chart, gateway, cart, payment } = behind(plane, {
        tlsSecret: 'any',
        listeners: [https(SHOP), https('*.pay.example.com', 'pay')],
      });
      gateway.expose(cart, { host: SHOP, moreHosts: ['www.example.org'] });
      gateway.expose(payment, { host: 'eu.pay.example.com' });
      const mesh = await judged(chart);
      const urls = [SHOP, 'www.example.org', 'eu.pay.example.com', 'us.pay.example.com', 'other.example.org'];
      const [inShop, inPay] = ['shop/cart-v1', 'payments/payment-v1'];
      expect(await ends(mesh, ...urls.map((host) => `https://${host}/`))).toEqual([inShop, inShop, inPay, undefined, undefined]);
      await expectOnly(mesh, []);
    });

    it('send whoever comes in the open on to HTTPS, and let nothing in there', async () => {
      const { chart, gateway, cart } = behind(plane, { tlsSecret: 'cert', listeners: [GatewayListener.redirectToHttps()] });
      gateway.expose(cart, { host: SHOP });
      const [answer] = await (await judged(chart)).answers([enter(`http://${SHOP}/cart?x=1`)]);
      expect(answer.allowed).toBe(false);
      expect(answer.legs.at(-1)?.shape).toMatchObject({ status: 301, location: `https://${SHOP}/cart?x=1` });
    });

    it('let in whoever shows a certificate where they ask for one', async () => {
      const partners = GatewayListener.mutualTls({ hosts: [SHOP], certificate: certificate('partners') });
      const { chart, gateway, cart } = behind(plane, { listeners: [partners] });
      gateway.expose(cart, { host: SHOP });
      const answers = await (await judged(chart)).answers([enterShowing(`https://${SHOP}/`), enter(`https://${SHOP}/`)]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
    });

    it('hand on TLS as it is, by the server that is asked for, beside HTTPS on the same port', async () => {
      const passthrough = GatewayListener.tlsPassthrough({ hosts: ['vault.example.com', 'keys.example.com'] });
      const { chart, gateway, cart, shop: scope } = behind(plane, { listeners: [https(SHOP), passthrough] });
      const vault = new MeshedService(scope, 'vault', { image: 'vault:1', ports: [MeshPort.https(8200)] });
      gateway.expose(vault, { host: 'vault.example.com' });
      gateway.expose(cart, { host: SHOP });
      const mesh = await judged(chart);
      const urls = ['vault.example.com', 'keys.example.com', SHOP].map((host) => `https://${host}/`);
      expect(await ends(mesh, ...urls)).toEqual(['shop/vault-v1', undefined, 'shop/cart-v1']);
      await expectOnly(mesh, []);
    });

    it('take bytes on a port of their own', async () => {
      const { chart, gateway, shop: scope } = behind(plane, { listeners: [GatewayListener.tcp(5432), GatewayListener.tcp(6379)] });
      const database = new MeshedService(scope, 'ledger', { image: 'ledger:1', ports: [MeshPort.tcp(5432)] });
      const cache = new MeshedService(scope, 'cache', { image: 'cache:1', ports: [MeshPort.tcp(6379)] });
      gateway.expose(database, { listener: 'tcp-5432' });
      gateway.expose(cache, { listener: 'tcp-6379' });
      const mesh = await judged(chart);
      expect(await ends(mesh, 'tls://x.example.com:5432', 'tls://x.example.com:6379')).toEqual(['shop/ledger-v1', 'shop/cache-v1']);
      await expectOnly(mesh, []);
    });

    it('end TLS before bytes', async () => {
      const tls = GatewayListener.tls({ hosts: ['ledger.example.com'], certificate: certificate('ledger') });
      const { chart, gateway, shop: scope } = behind(plane, { listeners: [tls] });
      const database = new MeshedService(scope, 'ledger', { image: 'ledger:1', ports: [MeshPort.tcp(5432)] });
      gateway.expose(database, { host: 'ledger.example.com' });
      const mesh = await judged(chart);
      expect(await ends(mesh, 'https://ledger.example.com/', 'https://other.example.com/')).toEqual(['shop/ledger-v1', undefined]);
    });

    it('show what cert-manager makes for their hosts', async () => {
      const hosts = [SHOP, 'www.example.com'];
      const issued = GatewayCertificate.issuedBy({
        issuer: 'company',
        kind: 'VaultIssuer',
        group: 'issuers.example.com',
        duration: Duration.days(30),
        renewBefore: Duration.days(10),
      });
      const { chart, gateway, cart } = behind(plane, { listeners: [GatewayListener.https({ hosts, certificate: issued })] });
      gateway.expose(cart, { host: 'www.example.com' });
      const all = meshOf(chart).manifests as ReadonlyArray<{ readonly kind: string; readonly spec: object }>;
      // The judge has no schemas of cert-manager.
      const mesh = meshFrom(all.filter(({ kind }) => kind !== 'Certificate'));
      expect(await mesh.findings()).toEqual([]);
      expect(await ends(mesh, 'https://www.example.com/')).toEqual(['shop/cart-v1']);
      expect(all.find(({ kind }) => kind === 'Certificate')?.spec).toMatchObject({
        secretName: 'gateway-https',
        dnsNames: hosts,
        issuerRef: { name: 'company', kind: 'VaultIssuer', group: 'issuers.example.com' },
      });
    });

    it('stand on ports and under names of their own', async () => {
      const open = GatewayListener.http({ hosts: ['open.example.com'], port: 8088, name: 'open' });
      const {
        chart,
        gateway,
        cart,
        product,
        shop: scope,
      } = behind(plane, {
        service: { serviceType: GatewayServiceType.LOAD_BALANCER },
        listeners: [
          open,
          GatewayListener.https({ hosts: [SHOP], certificate: certificate('shop'), port: 8443, name: 'shop' }),
          GatewayListener.redirectToHttps({ securePort: 8443 }),
          GatewayListener.mutualTls({ hosts: ['partners.example.com'], certificate: certificate('partners'), isOptional: true }),
          GatewayListener.tlsPassthrough({ hosts: ['vault.example.com'], port: 9443, name: 'vault' }),
        ],
      });
      const vault = new MeshedService(scope, 'vault', { image: 'vault:1', ports: [MeshPort.https(8200)] });
      gateway.expose(cart, { host: SHOP, timeout: Duration.seconds(7) });
      gateway.expose(product, { host: 'open.example.com', listener: 'open' });
      gateway.expose(product, { host: 'partners.example.com', routeName: 'partners' });
      gateway.expose(vault, { host: 'vault.example.com' });
      const mesh = await judged(chart);
      const urls = [
        `https://${SHOP}:8443/`,
        'http://open.example.com:8088/',
        'https://partners.example.com/',
        'tls://vault.example.com:9443',
      ];
      expect(await ends(mesh, ...urls)).toEqual(['shop/cart-v1', 'shop/product-v1', 'shop/product-v1', 'shop/vault-v1']);
      const [redirected, shown, timed] = await mesh.answers([
        enter(`http://${SHOP}/a`),
        enterShowing('https://partners.example.com/'),
        enter(`https://${SHOP}:8443/`),
      ]);
      expect(redirected.legs.at(-1)?.shape?.location).toBe(`https://${SHOP}:8443/a`);
      expect(shown.allowed).toBe(true);
      expect(timed.legs[0].timeout).toBe('7s');
    });

    it('use a Secret of another namespace that lets them', async () => {
      const elsewhere = GatewayCertificate.secret('shop-cert', { namespaceName: 'certificates' });
      const { chart, gateway, cart } = behind(plane, { listeners: [GatewayListener.https({ hosts: [SHOP], certificate: elsewhere })] });
      new MeshNamespace(chart, 'certificates', { dataPlane: plane.dataPlane });
      gateway.expose(cart, { host: SHOP });
      expect(await ends(await judged(chart), `https://${SHOP}/`)).toEqual(['shop/cart-v1']);
    });
  });

  forEachPlane((plane) => {
    it('share out the connections that they hand on as the mesh does', async () => {
      const { chart, gateway, shop: scope } = behind(plane, { listeners: [GatewayListener.tcp(5432)] });
      const database = new MeshedService(scope, 'ledger', { image: 'ledger:1', ports: [MeshPort.tcp(5432)] });
      gateway.expose(database, {});
      canary(database);
      const [answer] = await (await judged(chart)).answers([enter('tls://x.example.com:5432')]);
      expect(sharesOf(answer)).toEqual({ 'shop/ledger-v1': 90, 'shop/ledger-v2': 10 });
    });
  });
});

describe('hosts that an IngressGateway hands over', () => {
  const theirs = GatewayListener.https({ hosts: ['pay.example.com'], certificate: certificate('pay-cert') });

  forEachEnforcer((plane) => {
    it('come in with the certificate of whoever got them, beside its own', async () => {
      const { chart, gateway, cart, payments, payment } = behind(plane, { tlsSecret: 'cert' });
      gateway.expose(cart, { host: SHOP });
      gateway
        .delegateHosts(payments, { name: 'pay', listeners: [theirs, GatewayListener.tcp(9000)] })
        .expose(payment, { host: 'pay.example.com' });
      const mesh = await judged(chart);
      const urls = [SHOP, 'pay.example.com', 'other.example.com'].map((host) => `https://${host}/`);
      expect(await ends(mesh, ...urls)).toEqual(['shop/cart-v1', 'payments/payment-v1', undefined]);
      await expectOnly(mesh, []);
    });

    it('are taken by a gateway of another program that knows the namespace', async () => {
      const { dataPlane } = plane;
      const platform = newChart();
      const edge = new ZeroTrustNamespace(platform, 'edge', { dataPlane });
      new IngressGateway(edge, 'gateway', { tlsSecret: 'cert', routesFrom: ['payments'], listenersFrom: ['payments'] });
      const one = shop({ dataPlane });
      const theirGateway = IngressGateway.fromAttributes(one.chart, 'gateway', { namespaceName: 'edge' });
      theirGateway.delegateHosts(one.payments, { listeners: [theirs] }).expose(one.payment, { host: 'pay.example.com' });
      const mesh = await judged(platform, one.chart);
      expect(await ends(mesh, 'https://pay.example.com/')).toEqual(['payments/payment-v1']);
    });
  });
});

describe('what an IngressGateway exposes', () => {
  const TLS = { tlsSecret: 'cert' };

  forEachEnforcer((plane) => {
    it('is told by exact paths, methods and headers, and nothing else comes in', async () => {
      const { chart, gateway, cart } = behind(plane, TLS);
      const match = [
        RequestMatch.path('/login'),
        RequestMatch.all([RequestMatch.httpMethod('POST'), RequestMatch.pathPrefix('/orders')]),
        RequestMatch.header('x-partner', 'acme'),
      ];
      gateway.expose(cart, { host: SHOP, match });
      const mesh = await judged(chart);
      const to = (path: string) => `https://${SHOP}${path}`;
      const answers = await mesh.answers([
        enter(to('/login')),
        enter(to('/login/x')),
        enter(to('/orders/1'), { method: 'POST' }),
        enter(to('/orders/1')),
        enter(to('/any'), { headers: { 'x-partner': 'acme' } }),
      ]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false, true, false, true]);
      await expectOnly(mesh, []);
    });

    it('is told by a pattern for whole paths', async () => {
      const { chart, gateway, cart } = behind(plane, TLS);
      gateway.expose(cart, { host: SHOP, pathPattern: '/items/[0-9]+' });
      const urls = ['/items/12', '/items/a', '/items/12/x'].map((path) => `https://${SHOP}${path}`);
      expect(await ends(await judged(chart), ...urls)).toEqual(['shop/cart-v1', undefined, undefined]);
    });
  });
});
