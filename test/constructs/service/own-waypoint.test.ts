import { DataPlane, HttpAccess, MeshReport, ServiceIdentity, Waypoint, ZeroTrustNamespace } from 'istio-constructs';
import { canary, findingCodes, gatewayPods, manifest, manifests, names, newChart, principal, service, shop, spec } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

const labelsOf = (chart: Parameters<typeof manifest>[0], kind: string, name: string, namespace?: string) =>
  manifest(chart, kind, name, namespace).metadata.labels ?? {};

describe('ownWaypoint', () => {
  forEachPlane((plane) => {
    it('is a Gateway before the service in ambient mode, and nothing where each pod has a proxy', () => {
      const { chart, cart, product } = shop(plane, { ownWaypoint: true });
      product.calls(cart, { http: [HttpAccess.get('/items')] });
      expect(names(chart, 'Gateway')).toEqual(plane.of<string[]>({ sidecar: [], ambient: ['shop/cart-waypoint'] }));
      expect(findingCodes(chart)).toEqual([]);
      const label = labelsOf(chart, 'Service', 'cart', 'shop')['istio.io/use-waypoint'];
      expect(label).toBe(plane.of<string | undefined>({ sidecar: undefined, ambient: 'cart-waypoint' }));
      expect(labelsOf(chart, 'Namespace', 'shop')).not.toHaveProperty(['istio.io/use-waypoint']);
    });
  });

  const ambient = { dataPlane: DataPlane.ambient({ revision: 'canary', waypointPods: { replicas: 2 } }) };

  it('has the pods and the revision that the namespace says of its own', () => {
    const { chart } = shop(ambient, { ownWaypoint: true });
    expect(labelsOf(chart, 'Gateway', 'cart-waypoint', 'shop')).toMatchObject({
      'istio.io/waypoint-for': 'service',
      'istio.io/rev': 'canary',
    });
    const parametersRef = { group: '', kind: 'ConfigMap', name: 'cart-waypoint-infrastructure' };
    expect(spec(chart, 'Gateway', 'cart-waypoint', 'shop').infrastructure).toMatchObject({ parametersRef });
    expect(names(chart, 'ConfigMap')).toEqual(['shop/cart-waypoint-infrastructure']);
  });

  it('closes itself, and is the one whose identity the pods let in', () => {
    const { chart, cart, product } = shop(ambient, { ownWaypoint: true });
    product.calls(cart);
    const targetRefs = [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'cart-waypoint' }];
    expect(spec(chart, 'AuthorizationPolicy', 'cart-waypoint-deny-all', 'shop')).toEqual({ action: 'ALLOW', targetRefs });
    const waypoint = principal('shop', 'cart-waypoint');
    expect(JSON.stringify(spec(chart, 'AuthorizationPolicy', 'cart', 'shop'))).toContain(waypoint);
    const podSelector = { matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'cart-waypoint' } };
    expect(spec(chart, 'NetworkPolicy', 'cart-waypoint', 'shop')).toMatchObject({ podSelector });
    expect(JSON.stringify(spec(chart, 'NetworkPolicy', 'cart', 'shop'))).toContain(JSON.stringify(gatewayPods('shop', 'cart-waypoint')));
  });

  it('goes before the waypoint of the namespace, which stands before the others', () => {
    const { chart, cart, product, shop: closed } = shop(ambient, { ownWaypoint: true });
    const more = service(closed, 'more');
    product.calls(cart, { http: [HttpAccess.get('/items')] });
    product.calls(more, { http: [HttpAccess.get('/items')] });
    expect(names(chart, 'Gateway')).toEqual(['shop/waypoint', 'shop/cart-waypoint']);
    expect(labelsOf(chart, 'Service', 'more', 'shop')).not.toHaveProperty(['istio.io/use-waypoint']);
  });

  it('stands before each version, and takes what comes in through gateways of others', () => {
    const { chart, cart } = shop(ambient, { ownWaypoint: true });
    cart.access.allow(ServiceIdentity.of('edge', 'gateway'));
    canary(cart);
    const use = { 'istio.io/use-waypoint': 'cart-waypoint' };
    expect(labelsOf(chart, 'Service', 'cart', 'shop')).toMatchObject({ ...use, 'istio.io/ingress-use-waypoint': 'true' });
    expect(['cart-v1', 'cart-v2'].map((name) => labelsOf(chart, 'Service', name, 'shop'))).toMatchObject([use, use]);
  });

  it('is there although the namespace forbids a waypoint for all', () => {
    const { chart, cart, product } = shop({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.NEVER }) }, { ownWaypoint: true });
    product.calls(cart, { http: [HttpAccess.get('/items')] });
    expect(findingCodes(chart)).toEqual([]);
    expect(names(chart, 'Gateway')).toEqual(['shop/cart-waypoint']);
  });

  it('tells its service alone who calls', () => {
    const { chart } = shop(ambient, { ownWaypoint: true, forwardIdentity: true });
    const annotations = { 'ambient.istio.io/xfcc-include-client-identity': 'true' };
    expect(spec(chart, 'Gateway', 'cart-waypoint', 'shop').infrastructure).toMatchObject({ annotations });
    expect(names(chart, 'Gateway')).toEqual(['shop/cart-waypoint']);
  });

  it('shares its account with no service', () => {
    const { chart, shop: closed } = shop(ambient, { ownWaypoint: true });
    service(closed, 'cart-waypoint');
    expect(findingCodes(chart)).toContain('MESH205');
  });

  it('has a name that its pods can be labelled by', () => {
    const closed = new ZeroTrustNamespace(newChart(), 'shop', ambient);
    const name = 'a'.repeat(58);
    expect(() => service(closed, name, { ownWaypoint: true })).toThrow('MESH001');
    expect(manifests(newChart())).toEqual([]);
  });

  it('is in the report', () => {
    const { chart, product, cart } = shop(ambient, { ownWaypoint: true });
    product.calls(cart);
    const report = MeshReport.of(chart);
    expect(report.requirements.gatewayApi).toBeDefined();
    expect(JSON.stringify(report.calls)).toContain('cart-waypoint');
  });
});
