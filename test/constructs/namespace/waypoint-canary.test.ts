import {
  DataPlane,
  ExternalService,
  ExternalPort,
  HttpAccess,
  MeshNamespace,
  MeshReport,
  Waypoint,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { external, findingCodes, manifest, names, newChart, pods, principal, rule, service, spec, tcp } from '../../builders';

const ambient = (weight = 10, rest: object = {}) => DataPlane.ambient({ waypoint: Waypoint.ALWAYS, waypointCanary: { weight, ...rest } });

function shop(dataPlane = ambient()) {
  const chart = newChart();
  const home = new ZeroTrustNamespace(chart, 'shop', { dataPlane });
  const [cart, product] = [service(home, 'cart'), service(home, 'product')];
  cart.calls(product, { http: [HttpAccess.get('/items')] });
  return { chart, home, cart, product };
}

const CANARY_PODS = pods('shop', { 'gateway.networking.k8s.io/gateway-name': 'waypoint-canary' });

describe('a waypoint canary', () => {
  it('is a Gateway of its own, which the Namespace names with its share', () => {
    const { chart } = shop();
    expect(names(chart, 'Gateway')).toEqual(['shop/waypoint', 'shop/waypoint-canary']);
    const { labels, annotations } = manifest(chart, 'Namespace', 'shop').metadata;
    expect(labels).toMatchObject({ 'istio.io/use-waypoint': 'waypoint', 'istio.io/use-waypoint-canary': 'waypoint-canary' });
    expect(annotations).toEqual({ 'istio.io/use-waypoint-canary-weight': '10' });
    expect(findingCodes(chart)).toEqual([]);
  });

  it('has a revision and pods of its own, or those of the namespace', () => {
    const said = { revision: '1-31-1', pods: { replicas: 1 } };
    const plane = DataPlane.ambient({
      revision: '1-31-0',
      waypointPods: { replicas: 3 },
      waypoint: Waypoint.ALWAYS,
      waypointCanary: { weight: 5, ...said },
    });
    const { chart } = shop(plane);
    const revision = (name: string) => manifest(chart, 'Gateway', name).metadata.labels?.['istio.io/rev'];
    expect([revision('waypoint'), revision('waypoint-canary')]).toEqual(['1-31-0', '1-31-1']);
    const replicas = (name: string) => JSON.stringify(manifest(chart, 'ConfigMap', `${name}-infrastructure`)).match(/replicas: (\d)/)?.[1];
    expect([replicas('waypoint'), replicas('waypoint-canary')]).toEqual(['3', '1']);
    const alike = shop(DataPlane.ambient({ revision: 'stable', waypoint: Waypoint.ALWAYS, waypointCanary: { weight: 5 } })).chart;
    expect(manifest(alike, 'Gateway', 'waypoint-canary').metadata.labels).toMatchObject({ 'istio.io/rev': 'stable' });
  });

  it('is closed, let in at the pods, and has its place in the network layer', () => {
    const { chart } = shop();
    const targetRefs = [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'waypoint-canary' }];
    expect(spec(chart, 'AuthorizationPolicy', 'waypoint-canary-deny-all', 'shop')).toEqual({ action: 'ALLOW', targetRefs });
    const letIn = ['waypoint', 'waypoint-canary'].map((name) => rule(principal('shop', name)));
    expect(spec(chart, 'AuthorizationPolicy', 'product', 'shop').rules).toEqual(letIn);
    expect(spec(chart, 'AuthorizationPolicy', 'product-waypoint', 'shop').rules).toHaveLength(1);
    const { ingress, egress } = spec(chart, 'NetworkPolicy', 'waypoint-canary', 'shop');
    expect(ingress).toContainEqual({ from: [pods('shop', { app: 'cart' })], ports: tcp(15008) });
    expect(egress).toContainEqual({ to: [pods('shop', { app: 'product' })], ports: tcp(15008) });
    expect(JSON.stringify(spec(chart, 'NetworkPolicy', 'product', 'shop').ingress)).toContain(JSON.stringify(CANARY_PODS));
    expect(JSON.stringify(spec(chart, 'NetworkPolicy', 'cart', 'shop').egress)).toContain(JSON.stringify(CANARY_PODS));
  });

  it('goes and comes with the waypoint, where that is there when needed', () => {
    const chart = newChart();
    const home = new ZeroTrustNamespace(chart, 'shop', { dataPlane: DataPlane.ambient({ waypointCanary: { weight: 10 } }) });
    const [cart, product] = [service(home, 'cart'), service(home, 'product')];
    cart.calls(product);
    expect(names(chart, 'Gateway')).toEqual([]);
    expect(manifest(chart, 'Namespace', 'shop').metadata).not.toHaveProperty('annotations');
    product.calls(cart, { http: [HttpAccess.get('/cart')] });
    expect(names(chart, 'Gateway')).toEqual(['shop/waypoint', 'shop/waypoint-canary']);
  });

  it('is for those who share the waypoint', () => {
    const chart = newChart();
    new ZeroTrustNamespace(chart, 'team', { dataPlane: ambient(25) });
    new ZeroTrustNamespace(chart, 'front', { dataPlane: DataPlane.ambient({ waypoint: Waypoint.sharedFrom('team') }) });
    const { labels, annotations } = manifest(chart, 'Namespace', 'front').metadata;
    expect(labels).toMatchObject({ 'istio.io/use-waypoint-canary': 'waypoint-canary', 'istio.io/use-waypoint-canary-namespace': 'team' });
    expect(annotations).toEqual({ 'istio.io/use-waypoint-canary-weight': '25' });
    expect(names(chart, 'Gateway')).toEqual(['team/waypoint', 'team/waypoint-canary']);
  });

  it('of another program is reached by the callers of this one', () => {
    const { chart, home } = shop(DataPlane.ambient());
    const names_ = { waypoint: 'door', waypointCanary: 'door-canary' };
    MeshNamespace.fromName(chart, 'bank', { name: 'bank', dataPlane: DataPlane.ambient(), zeroTrust: true, ...names_ });
    const paid = service(home, 'payer');
    paid.calls(
      ExternalService.fromAttributes(chart, 'cards', {
        host: 'api.example.com',
        namespaceName: 'out',
        ports: [ExternalPort.https()],
        ...names_,
      }),
    );
    const bank = service(
      MeshNamespace.fromName(chart, 'bank-again', { name: 'store', dataPlane: DataPlane.ambient(), zeroTrust: true, ...names_ }),
      'account',
    );
    paid.calls(bank);
    const egress = JSON.stringify(spec(chart, 'NetworkPolicy', 'payer', 'shop').egress);
    const door = (namespaceName: string) =>
      JSON.stringify(pods(namespaceName, { 'gateway.networking.k8s.io/gateway-name': 'door-canary' }));
    expect([egress.includes(door('out')), egress.includes(door('store'))]).toEqual([true, true]);
    expect(names(chart, 'NetworkPolicy')).toEqual(expect.arrayContaining(['store/account-waypoint', 'store/account-waypoint-canary']));
  });

  it('stands in the report, and the program needs the first Istio that is right about it', () => {
    const { chart } = shop();
    const page = MeshReport.of(chart).accessPage();
    expect(page).toContain('shop/waypoint, 10 % of the connections shop/waypoint-canary');
    expect(page).toContain('waypoint shop/waypoint-canary');
    expect(JSON.stringify(MeshReport.of(chart).requirements)).toContain('1.31.1');
  });

  it('may read what the hosts outside need', () => {
    const { chart, home, cart } = shop();
    cart.calls(external(home, 'cards'));
    const out = JSON.stringify(spec(chart, 'NetworkPolicy', 'waypoint-canary', 'shop').egress);
    expect(out).toContain('"port":443');
  });
});
