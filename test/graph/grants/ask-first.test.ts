import { type Chart, Testing } from 'cdk8s';
import {
  DataPlane,
  ExternalAuthorizer,
  HttpAccess,
  MeshedService,
  MeshNamespace,
  MeshPort,
  MeshReport,
  Migration,
  Waypoint,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { MeshGraph } from '../../../lib/graph/mesh-graph';
import { isWaypoint } from '../../../lib/planes/peers';
import {
  findingCodes,
  gatewayPods,
  grant,
  manifest,
  names,
  newChart,
  pods,
  principal,
  rule,
  service,
  shop,
  type Shop,
  spec,
  tcp,
} from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

interface Guarded extends Shop {
  readonly opa: MeshedService;
  readonly authorizer: ExternalAuthorizer;
}

function guarded(plane: PlaneUnderTest): Guarded {
  const one = shop(plane);
  const opa = service(one.payments, 'opa', { ports: [MeshPort.grpc(9191), MeshPort.http(8181)] });
  return { ...one, opa, authorizer: ExternalAuthorizer.of('opa', { service: opa, port: 9191 }) };
}

describe('access.askFirst', () => {
  forEachPlane((plane) => {
    it('asks by a policy at the proxy that reads requests, on the ports that speak HTTP', () => {
      const { chart, product, authorizer } = guarded(plane);
      product.access.askFirst(authorizer);
      const asks = manifest(chart, 'AuthorizationPolicy', plane.of({ sidecar: 'product-ask', ambient: 'product-waypoint-ask' }));
      expect(asks.spec).toEqual({
        ...plane.of({
          sidecar: { selector: { matchLabels: { app: 'product' } } },
          ambient: { targetRefs: [{ group: '', kind: 'Service', name: 'product' }] },
        }),
        action: 'CUSTOM',
        provider: { name: 'opa' },
        rules: [{ to: [{ operation: { ports: ['8080'] } }] }],
      });
    });

    it('lets the proxy that asks in at the authorizer, on the port that is named', () => {
      const { chart, product, authorizer } = guarded(plane);
      product.access.askFirst(authorizer);
      const asking = plane.of({ sidecar: principal('shop', 'product'), ambient: principal('shop', 'waypoint') });
      expect(grant(chart, 'opa').rules).toEqual([rule(asking, { ports: ['9191'] })]);
    });

    it('is told of nothing where all is as it should be', () => {
      const { chart, cart, product, authorizer } = guarded(plane);
      cart.calls(product, { http: [HttpAccess.get('/products/*')] });
      product.access.askFirst(authorizer, { http: [HttpAccess.anyMethod('/products')] });
      expect(MeshReport.of(chart).findings).toEqual([]);
    });

    it('fails to ask about some callers alone, which Istio has no policy for', () => {
      const { cart, product, authorizer } = guarded(plane);
      expectRefusal(() => product.access.askFirst(authorizer, { exempt: [cart] }), {
        code: 'MESH864',
        path: 'test/shop/product',
        fix: 'leave exempt out',
      });
    });

    it('fails a second authorizer, and a service of another program', () => {
      const { chart, opa, product, authorizer } = guarded(plane);
      product.access.askFirst(authorizer);
      product.access.askFirst(authorizer, { http: [HttpAccess.post()] });
      const login = ExternalAuthorizer.of('login', { service: opa });
      expectRefusal(() => product.access.askFirst(login), {
        code: 'MESH842',
        path: 'test/shop/product',
        fix: 'behind one provider',
        got: 'opa and login',
      });
      const ledger = MeshedService.fromAttributes(chart, 'ledger', {
        dataPlane: plane.dataPlane,
        name: 'ledger',
        namespaceName: 'bank',
        ports: [MeshPort.http(8080)],
      });
      expectRefusal(() => ledger.access.askFirst(login), {
        code: 'MESH841',
        path: 'test/ledger',
        fix: 'in the program that makes the service',
        got: 'ledger, which another program makes',
      });
    });

    it('asks about bytes on a port that is named, or where a service has no other, by gRPC', () => {
      const { chart, payments, authorizer } = guarded(plane);
      service(payments, 'cache', { ports: [MeshPort.tcp(6379)] }).access.askFirst(authorizer);
      const asks = manifest(chart, 'AuthorizationPolicy', plane.of({ sidecar: 'cache-ask', ambient: 'cache-waypoint-ask' }));
      expect(asks.spec).toMatchObject({
        ...plane.of({
          sidecar: { selector: { matchLabels: { app: 'cache' } } },
          ambient: { targetRefs: [{ group: '', kind: 'Service', name: 'cache' }] },
        }),
        action: 'CUSTOM',
        rules: [{ to: [{ operation: { ports: ['6379'] } }] }],
      });
      expect(MeshReport.of(chart).findings).toEqual([]);
    });

    it('fails to ask about bytes by HTTP, of which istiod would say no word', () => {
      const { payments, opa } = guarded(plane);
      const cache = service(payments, 'cache', { ports: [MeshPort.tcp(6379), MeshPort.http(8080)] });
      const byHttp = ExternalAuthorizer.of('opa', { service: opa, port: 8181 });
      cache.access.askFirst(byHttp);
      expectRefusal(() => cache.access.askFirst(byHttp, { port: 6379 }), {
        code: 'MESH847',
        path: 'test/payments/cache',
        fix: 'MeshPort.grpc',
        got: 'opa, which opa answers on ports of other protocols, for a port of cache without HTTP',
      });
    });

    it('has several asked by name, each by a policy of its own, and says which flag and version that needs', () => {
      const { chart, opa, product, authorizer } = guarded(plane);
      const login = ExternalAuthorizer.of('login', { service: opa, port: 8181, besideOthers: true });
      product.access.askFirst(authorizer);
      product.access.askFirst(login, { http: [HttpAccess.anyMethod('/orders')] });
      const place = plane.of({ sidecar: 'product', ambient: 'product-waypoint' });
      const providers = [`${place}-ask`, `${place}-ask-login`].map((name) => manifest(chart, 'AuthorizationPolicy', name).spec!.provider);
      expect(providers).toEqual([{ name: 'opa' }, { name: 'login' }]);
      const { istio, istiodFlags } = MeshReport.of(chart).requirements;
      expect(istiodFlags).toEqual(['PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS=true']);
      expect(istio).toBe('1.30.0');
    });
  });
});

describe('access.askFirst of a service on its way into ambient mode', () => {
  it.each([
    ['before any pod has moved', Migration.PREPARE],
    ['while pods move', Migration.wave(1)],
  ])('asks by policies that all name whom, %s', (_, migration) => {
    const { chart, cart, product, shop: scope } = shop({ dataPlane: DataPlane.ambient({ migration }) });
    cart.calls(product, { http: [HttpAccess.get('/products/*')] });
    const opa = new MeshedService(scope, 'opa', { image: 'opa:1', ports: [MeshPort.grpc(9191)] });
    product.access.askFirst(ExternalAuthorizer.of('opa', { service: opa }));
    const asks = (Testing.synth(chart) as Manifest[]).filter(({ spec }) => spec?.action === 'CUSTOM');
    expect(asks.map(({ metadata }) => metadata.name).sort()).toEqual(['product-ask', 'product-waypoint-ask']);
    expect(asks.map(({ spec }) => spec!.provider)).toEqual([{ name: 'opa' }, { name: 'opa' }]);
  });
});

interface Manifest {
  readonly metadata: { readonly name: string };
  readonly spec?: { readonly action?: string; readonly provider?: object };
}

describe('access.askFirst behind the waypoint of another namespace', () => {
  const dataPlane = DataPlane.ambient({ waypoint: Waypoint.sharedFrom('home') });
  const ownHome = (chart: Chart) => new ZeroTrustNamespace(chart, 'home', { dataPlane: DataPlane.ambient() });
  const foreignHome = (chart: Chart) =>
    MeshNamespace.fromName(chart, 'home', { name: 'home', dataPlane: DataPlane.ambient(), waypoint: 'door', zeroTrust: true });

  /** A guest whose cart has an authorizer asked; its home is said before or after. */
  function guest(sayHome: (chart: Chart) => unknown, isHomeFirst: boolean): Chart {
    const chart = newChart();
    if (isHomeFirst) sayHome(chart);
    const namespace = new ZeroTrustNamespace(chart, 'shop', { dataPlane });
    const [cart, opa] = [service(namespace, 'cart'), service(namespace, 'opa', { ports: [MeshPort.grpc(9191)] })];
    service(namespace, 'web').calls(cart);
    cart.access.askFirst(ExternalAuthorizer.of('opa', { service: opa }));
    if (!isHomeFirst) sayHome(chart);
    return chart;
  }

  it('lets that waypoint in at the authorizer, whichever namespace is declared first', () => {
    for (const [sayHome, waypoint] of [[ownHome, 'waypoint'] as const, [foreignHome, 'door'] as const]) {
      const charts = [true, false].map((isHomeFirst) => guest(sayHome, isHomeFirst));
      for (const chart of charts) {
        expect(spec(chart, 'AuthorizationPolicy', 'opa', 'shop').rules).toEqual([rule(principal('home', waypoint), { ports: ['9191'] })]);
        const from = [gatewayPods('home', waypoint)];
        expect(spec(chart, 'NetworkPolicy', 'opa', 'shop').ingress).toEqual([{ from, ports: tcp(15008) }]);
        expect(MeshReport.of(chart).findings).toEqual([]);
        expect(names(chart, 'AuthorizationPolicy')).toContain('shop/cart-waypoint-ask');
      }
      expect(spec(charts[0], 'AuthorizationPolicy', 'opa', 'shop')).toEqual(spec(charts[1], 'AuthorizationPolicy', 'opa', 'shop'));
    }
  });

  it('opens the way from it to the authorizer, whoever makes the waypoint', () => {
    const egress = [{ to: [pods('shop', { app: 'opa' })], ports: tcp(15008) }];
    const [before, after] = [true, false].map((isHomeFirst) => spec(guest(ownHome, isHomeFirst), 'NetworkPolicy', 'waypoint', 'home'));
    expect(before.egress).toEqual(expect.arrayContaining(egress));
    expect(after).toEqual(before);
    expect(spec(guest(foreignHome, false), 'NetworkPolicy', 'shop-opa-waypoint', 'home').egress).toEqual(egress);
  });

  it('refuses an authorizer of another App where it is named, before its home is there', () => {
    const elsewhere = service(new MeshNamespace(newChart(), 'asked', { dataPlane }), 'opa', { ports: [MeshPort.grpc(9191)] });
    const cart = service(new MeshNamespace(newChart(), 'shop', { dataPlane }), 'cart');
    const authorizer = ExternalAuthorizer.of('opa', { service: elsewhere, port: 9191 });
    expectRefusal(() => cart.access.askFirst(authorizer), {
      code: 'MESH012',
      path: 'test/shop/cart',
      fix: 'MeshedService.fromAttributes',
      got: 'test/asked/opa of another App',
    });
  });

  it('keeps the line of who said it, and tells of a home that never comes', () => {
    const site = (chart: Chart) => MeshGraph.of(chart).calls.find(({ caller }) => isWaypoint(caller.key))!.site!.line;
    expect(site(guest(ownHome, false))).toBe(site(guest(ownHome, true)));
    expect(findingCodes(guest(() => undefined, false))).toContain('MESH130');
  });
});
