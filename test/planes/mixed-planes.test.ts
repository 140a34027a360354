import { type Chart } from 'cdk8s';
import { DataPlane, HttpAccess, type MeshedService, Waypoint, ZeroTrustNamespace } from 'istio-constructs';
import { canary, gatewayPods, names, newChart, pods, principal, rule, service, spec, tcp } from '../builders';

interface Mixed {
  readonly chart: Chart;
  readonly web: MeshedService;
  readonly search: MeshedService;
  readonly cart: MeshedService;
}

/** Caller `web` in one namespace, callee `cart` and its neighbour `search` in another, of two planes. */
function mixed(caller: DataPlane, callee: DataPlane): Mixed {
  const chart = newChart();
  const front = new ZeroTrustNamespace(chart, 'front', { dataPlane: caller });
  const back = new ZeroTrustNamespace(chart, 'back', { dataPlane: callee });
  return { chart, web: service(front, 'web'), search: service(back, 'search'), cart: service(back, 'cart') };
}

const behindWaypoint = () => mixed(DataPlane.sidecar(), DataPlane.ambient({ waypoint: Waypoint.ALWAYS }));

describe('a sidecar that calls an ambient service', () => {
  it('is met by ztunnel, over HBONE', () => {
    const { chart, web, cart } = mixed(DataPlane.sidecar(), DataPlane.ambient());
    web.calls(cart);
    expect(spec(chart, 'AuthorizationPolicy', 'cart')).toEqual({
      selector: { matchLabels: { app: 'cart' } },
      action: 'ALLOW',
      rules: [rule(principal('front', 'web'), { ports: ['8080'] })],
    });
    expect(spec(chart, 'NetworkPolicy', 'web').egress).toEqual([{ to: [pods('back', { app: 'cart' })], ports: tcp(15008) }]);
    expect(spec(chart, 'Sidecar', 'web').egress).toEqual([{ hosts: ['back/cart.back.svc.cluster.local'] }]);
  });

  it('goes past a waypoint, and has its grant at the pods', () => {
    const { chart, web, cart } = behindWaypoint();
    web.calls(cart);
    expect(spec(chart, 'AuthorizationPolicy', 'cart')).toEqual({
      selector: { matchLabels: { app: 'cart' } },
      action: 'ALLOW',
      rules: [rule(principal('front', 'web'), { ports: ['8080'] })],
    });
    expect(names(chart, 'AuthorizationPolicy').filter((name) => name.startsWith('back/cart'))).toEqual(['back/cart']);
    expect(spec(chart, 'NetworkPolicy', 'cart').ingress).toEqual([{ from: [pods('front', { app: 'web' })], ports: tcp(15008) }]);
  });

  it('stands beside callers that pass the waypoint', () => {
    const { chart, web, search, cart } = behindWaypoint();
    web.calls(cart);
    search.calls(cart, { http: [HttpAccess.get('/cart')] });
    const rules = ['cart-waypoint', 'cart'].map((name) => spec(chart, 'AuthorizationPolicy', name, 'back').rules);
    expect(rules).toEqual([
      [rule(principal('back', 'search'), { methods: ['GET'], paths: ['/cart'], ports: ['8080'] })],
      [rule(principal('back', 'waypoint')), rule(principal('front', 'web'), { ports: ['8080'] })],
    ]);
    const { ingress } = spec(chart, 'NetworkPolicy', 'cart');
    expect(ingress).toHaveLength(2);
    expect(ingress).toEqual(
      expect.arrayContaining([
        { from: [gatewayPods('back')], ports: tcp(15008) },
        { from: [pods('front', { app: 'web' })], ports: tcp(15008) },
      ]),
    );
  });

  it('keeps its grant at the pods when a waypoint comes later', () => {
    const { chart, web, search, cart } = mixed(DataPlane.sidecar(), DataPlane.ambient());
    web.calls(cart);
    search.calls(cart, { http: [HttpAccess.get('/cart')] });
    expect(spec(chart, 'AuthorizationPolicy', 'cart-waypoint').rules).toEqual([
      rule(principal('back', 'search'), { methods: ['GET'], paths: ['/cart'], ports: ['8080'] }),
    ]);
    expect(spec(chart, 'AuthorizationPolicy', 'cart').rules).toEqual([
      rule(principal('back', 'waypoint')),
      rule(principal('front', 'web'), { ports: ['8080'] }),
    ]);
  });

  it('leaves nothing at the waypoint when it was the only one granted there', () => {
    const { chart, web, cart } = mixed(DataPlane.sidecar(), DataPlane.ambient());
    web.calls(cart);
    canary(cart);
    const policies = names(chart, 'AuthorizationPolicy').filter((name) => name.startsWith('back/cart'));
    expect(policies).toEqual(['back/cart']);
  });

  it('is refused where it arrives: at the pods', () => {
    const { chart, web, cart } = behindWaypoint();
    cart.access.deny(web);
    expect(spec(chart, 'AuthorizationPolicy', 'cart-deny')).toEqual({
      selector: { matchLabels: { app: 'cart' } },
      action: 'DENY',
      rules: [rule(principal('front', 'web'), { ports: ['8080'] })],
    });
    expect(names(chart, 'AuthorizationPolicy').filter((name) => name.startsWith('back/cart'))).toEqual(['back/cart-deny']);
  });

  it('is told of the versions too, for it applies the HTTPRoute of the Service by itself', () => {
    const { chart, web, cart } = behindWaypoint();
    web.calls(cart);
    canary(cart);
    const hosts = ['back/cart-v1.back.svc.cluster.local', 'back/cart-v2.back.svc.cluster.local', 'back/cart.back.svc.cluster.local'];
    expect(spec(chart, 'Sidecar', 'web').egress).toEqual([{ hosts }]);
  });

  it('fails to be limited by path, for nobody on its way can read it', () => {
    const { chart, web, cart } = behindWaypoint();
    web.calls(cart, { http: [HttpAccess.get('/cart')] });
    expect(() => chart.toJson()).toThrow(/MESH201[\s\S]*mixed-planes\.test\.ts/);
  });

  it('fails to be refused by path, for nobody on its way can read it', () => {
    const { chart, web, cart } = behindWaypoint();
    web.calls(cart);
    cart.access.deny(web, { http: [HttpAccess.get('/admin')] });
    expect(() => chart.toJson()).toThrow('MESH201');
  });
});

describe('an ambient caller of a sidecar', () => {
  const ambientToSidecar = () => mixed(DataPlane.ambient(), DataPlane.sidecar());

  it('arrives over HBONE, and its own identity decides', () => {
    const { chart, web, cart } = ambientToSidecar();
    web.calls(cart);
    expect(spec(chart, 'AuthorizationPolicy', 'cart').rules).toEqual([rule(principal('front', 'web'), { ports: ['8080'] })]);
    expect(spec(chart, 'NetworkPolicy', 'cart').ingress).toEqual([{ from: [pods('front', { app: 'web' })], ports: tcp(15008) }]);
    expect(spec(chart, 'NetworkPolicy', 'web').egress).toEqual([{ to: [pods('back', { app: 'cart' })], ports: tcp(15008) }]);
  });

  it('is limited by path, for the callee’s sidecar reads it, and no waypoint is made', () => {
    const { chart, web, cart } = ambientToSidecar();
    web.calls(cart, { http: [HttpAccess.get('/cart')] });
    const operation = { methods: ['GET'], paths: ['/cart'], ports: ['8080'] };
    expect(spec(chart, 'AuthorizationPolicy', 'cart').rules).toEqual([rule(principal('front', 'web'), operation)]);
    expect(names(chart, 'Gateway')).toEqual([]);
  });

  it('stands beside callers that come by the pod’s port', () => {
    const { chart, web, search, cart } = ambientToSidecar();
    web.calls(cart);
    search.calls(cart);
    const { ingress } = spec(chart, 'NetworkPolicy', 'cart');
    expect(ingress).toEqual([
      { from: [pods('back', { app: 'search' })], ports: tcp(8080) },
      { from: [pods('front', { app: 'web' })], ports: tcp(15008) },
    ]);
  });
});
