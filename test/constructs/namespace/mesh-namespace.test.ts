import type { Chart } from 'cdk8s';
import { DataPlane, HttpAccess, MeshNamespace, type MeshNamespaceAttributes, MTls, Waypoint, WorkloadProbe } from 'istio-constructs';
import { canary, external, findingCodes, manifest, manifests, names, newChart, pods, service, spec, tcp } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

describe('MeshNamespace', () => {
  forEachPlane((plane) => {
    it('is a Namespace with the labels of its plane and nothing more', () => {
      const chart = newChart();
      new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
      const labels = plane.of<object>({ sidecar: { 'istio-injection': 'enabled' }, ambient: { 'istio.io/dataplane-mode': 'ambient' } });
      expect(manifests(chart)).toEqual([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels } }]);
    });

    it('keeps the labels of its user beside them', () => {
      const chart = newChart();
      new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane, name: 'store', labels: { team: 'buy' } });
      expect(manifest(chart, 'Namespace', 'store').metadata.labels).toMatchObject({ team: 'buy' });
    });

    it('says whether its pods take plaintext, when asked to', () => {
      const chart = newChart();
      new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane, mtls: MTls.STRICT });
      expect(manifest(chart, 'PeerAuthentication', 'default')).toMatchObject({
        apiVersion: 'security.istio.io/v1',
        metadata: { namespace: 'shop' },
        spec: { mtls: { mode: 'STRICT' } },
      });
    });

    it('gives its name to all that lives in it', () => {
      const chart = newChart();
      service(new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane }), 'cart');
      const namespaces = manifests(chart)
        .filter((object) => object.kind !== 'Namespace')
        .map((object) => object.metadata.namespace);
      expect(namespaces).toEqual(['shop', 'shop', 'shop', 'shop']);
    });

    it('has no default deny and no network policy: it stays open', () => {
      const chart = newChart();
      const shop = new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
      service(shop, 'cart').calls(service(shop, 'product'));
      expect(names(chart, 'NetworkPolicy')).toEqual([]);
      expect(names(chart, 'AuthorizationPolicy')).toEqual(['shop/product']);
      expect(names(chart, 'Sidecar')).toEqual([]);
    });

    it('reports that plaintext is left on, or refuses what its plane cannot do', () => {
      const codesFor = (mtls: MTls): string[] => {
        const chart = newChart();
        new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane, mtls });
        return findingCodes(chart);
      };
      expect(codesFor(MTls.STRICT)).toEqual([]);
      expect(codesFor(MTls.PERMISSIVE)).toEqual(['MESH108']);
      expect(codesFor(MTls.migrating({ until: '2099-12-31' }))).toEqual(['MESH254']);
      expect(codesFor(MTls.disabled('a try'))).toEqual(plane.of({ sidecar: ['MESH110'], ambient: ['MESH109'] }));
    });

    it('fails when a namespace is declared twice', () => {
      const chart = newChart();
      const { dataPlane } = plane;
      const refusal = { code: 'MESH041', fix: 'drop one', got: 'shop, which test/shop' };
      new MeshNamespace(chart, 'shop', { dataPlane });
      expectRefusal(() => new MeshNamespace(chart, 'again', { dataPlane, name: 'shop' }), { ...refusal, path: 'test/again' });
      expectRefusal(() => MeshNamespace.fromName(chart, 'theirs', { dataPlane, name: 'shop' }), { ...refusal, path: 'test/theirs' });
    });
  });

  it('keeps the chart’s own namespace out: of the Namespace object, which has none, and of all that lives in it', () => {
    const chart = newChart('test', { namespace: 'tools' });
    const shop = new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar(), mtls: MTls.STRICT });
    service(shop, 'cart').calls(service(shop, 'product'));
    expect(manifest(chart, 'Namespace', 'shop').metadata).toEqual({ name: 'shop', labels: { 'istio-injection': 'enabled' } });
    expect(manifests(chart).filter(({ metadata }) => metadata.namespace === 'tools')).toEqual([]);
  });
});

describe('the waypoint of a MeshNamespace', () => {
  function waypointFor(waypoint: Waypoint | undefined, need: 'none' | 'L4' | 'HTTP' | 'canary' | 'circuit breaker'): string[] {
    const chart = newChart();
    const shop = new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.ambient({ waypoint }) });
    const circuitBreaker = need === 'circuit breaker' ? { maxConnections: 1 } : undefined;
    const [cart, product] = [service(shop, 'cart'), service(shop, 'product', { circuitBreaker })];
    if (need === 'L4') cart.calls(product);
    if (need === 'HTTP') cart.calls(product, { http: [HttpAccess.get()] });
    if (need === 'canary') canary(product);
    return names(chart, 'Gateway');
  }

  it('is there as soon as something needs HTTP', () => {
    expect(waypointFor(undefined, 'HTTP')).toEqual(['shop/waypoint']);
    expect(waypointFor(undefined, 'canary')).toEqual(['shop/waypoint']);
    expect(waypointFor(Waypoint.WHEN_NEEDED, 'circuit breaker')).toEqual(['shop/waypoint']);
  });

  it('is not there while nothing needs HTTP', () => {
    expect(waypointFor(undefined, 'none')).toEqual([]);
    expect(waypointFor(undefined, 'L4')).toEqual([]);
    expect(waypointFor(Waypoint.NEVER, 'L4')).toEqual([]);
  });

  it('is there from the start when asked for', () => {
    expect(waypointFor(Waypoint.ALWAYS, 'none')).toEqual(['shop/waypoint']);
  });

  it('serves Services only, under the revision of its namespace, and is named on the Namespace', () => {
    const chart = newChart();
    new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS, revision: '1-31' }) });
    expect(manifest(chart, 'Gateway', 'waypoint', 'shop')).toEqual({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'waypoint', namespace: 'shop', labels: { 'istio.io/waypoint-for': 'service', 'istio.io/rev': '1-31' } },
      spec: {
        gatewayClassName: 'istio-waypoint',
        listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE', allowedRoutes: { namespaces: { from: 'Same' } } }],
      },
    });
    expect(manifest(chart, 'Namespace', 'shop').metadata.labels).toMatchObject({ 'istio.io/use-waypoint': 'waypoint' });
  });

  it('has no default deny of its own in an open namespace', () => {
    const chart = newChart();
    new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
    expect(names(chart, 'AuthorizationPolicy')).toEqual([]);
    expect(names(chart, 'NetworkPolicy')).toEqual([]);
  });

  it('fails the synth when it is forbidden and needed, and names the line that needs it', () => {
    expect(() => waypointFor(Waypoint.NEVER, 'HTTP')).toThrow(/MESH102[\s\S]*mesh-namespace\.test\.ts/);
    expect(() => waypointFor(Waypoint.NEVER, 'canary')).toThrow('MESH102');
    expect(() => waypointFor(Waypoint.NEVER, 'circuit breaker')).toThrow('MESH102');
  });
});

describe('MeshNamespace.fromName', () => {
  forEachPlane((plane) => {
    it('writes nothing of the namespace itself', () => {
      const chart = newChart();
      const theirs = MeshNamespace.fromName(chart, 'theirs', { name: 'shop', dataPlane: plane.dataPlane });
      service(theirs, 'cart');
      expect(manifests(chart).map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
        'ServiceAccount shop/cart',
        'Deployment shop/cart-v1',
        'PodDisruptionBudget shop/cart',
        'Service shop/cart',
      ]);
    });

    it('closes both ends of a call in the network layer where everything is refused', () => {
      const chart = newChart();
      const attributes = { dataPlane: plane.dataPlane, zeroTrust: true };
      const shop = MeshNamespace.fromName(chart, 'shop', { name: 'shop', ...attributes });
      service(shop, 'cart').calls(service(shop, 'product'));
      expect(names(chart, 'NetworkPolicy')).toEqual(['shop/cart', 'shop/product']);
      expect(names(chart, 'Sidecar')).toEqual(plane.of({ sidecar: ['shop/cart', 'shop/product'], ambient: [] }));
    });

    it('lets the kubelet probe its pods where everything is refused: the owner knows nothing of their ports', () => {
      const chart = newChart();
      const shop = MeshNamespace.fromName(chart, 'shop', { name: 'shop', dataPlane: plane.dataPlane, zeroTrust: true });
      service(shop, 'cart', { readiness: WorkloadProbe.http('/ready', { port: 9901 }) });
      const probes = [{ ipBlock: { cidr: '169.254.7.127/32' } }, { ipBlock: { cidr: 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128' } }];
      expect(manifests(chart).filter(({ kind }) => kind === 'NetworkPolicy')).toMatchObject(
        plane.of<object[]>({
          sidecar: [],
          ambient: [
            { metadata: { name: 'cart' }, spec: { policyTypes: ['Ingress'], ingress: [{ from: probes, ports: tcp(8080, 9901) }] } },
          ],
        }),
      );
    });
  });

  it('enforces HTTP at the waypoint that somebody else made', () => {
    const chart = newChart();
    const shop = MeshNamespace.fromName(chart, 'shop', { name: 'shop', dataPlane: DataPlane.ambient(), waypoint: 'theirs' });
    service(shop, 'cart').calls(service(shop, 'product'), { http: [HttpAccess.get()] });
    expect(spec(chart, 'AuthorizationPolicy', 'product-waypoint')).toMatchObject({ targetRefs: [{ kind: 'Service', name: 'product' }] });
    expect(spec(chart, 'AuthorizationPolicy', 'product')).toMatchObject({
      rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/theirs'] } }] }],
    });
    expect(names(chart, 'Gateway')).toEqual([]);
  });

  describe('behind a waypoint that somebody else made', () => {
    function behind(attributes: Partial<MeshNamespaceAttributes>): Chart {
      const chart = newChart();
      const dataPlane = DataPlane.ambient();
      const shop = MeshNamespace.fromName(chart, 'shop', { name: 'shop', dataPlane, waypoint: 'theirs', ...attributes });
      service(shop, 'cart').calls(service(shop, 'product'));
      service(shop, 'search').calls(external(shop, 'partners'));
      return chart;
    }

    it('opens the waypoint’s pods for its own calls, service by service', () => {
      const chart = behind({ zeroTrust: true });
      expect(names(chart, 'NetworkPolicy')).toEqual([
        'shop/cart',
        'shop/product',
        'shop/product-waypoint',
        'shop/search',
        'shop/partners-waypoint',
      ]);
      expect(spec(chart, 'NetworkPolicy', 'product-waypoint')).toEqual({
        podSelector: { matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'theirs' } },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [pods('shop', { app: 'cart' })], ports: tcp(15008) }],
        egress: [{ to: [pods('shop', { app: 'product' })], ports: tcp(15008) }],
      });
      expect(spec(chart, 'NetworkPolicy', 'partners-waypoint')).toMatchObject({
        ingress: [{ from: [pods('shop', { app: 'search' })], ports: tcp(15008) }],
        egress: [{ ports: tcp(443) }],
      });
    });

    it('leaves the waypoint alone where nothing is refused, for a policy would close it to all others', () => {
      expect(names(behind({}), 'NetworkPolicy')).toEqual([]);
    });
  });

  it('fails when HTTP is needed and no waypoint is named', () => {
    const chart = newChart();
    const shop = MeshNamespace.fromName(chart, 'shop', { name: 'shop', dataPlane: DataPlane.ambient() });
    service(shop, 'cart').calls(service(shop, 'product'), { http: [HttpAccess.get()] });
    expect(() => chart.toJson()).toThrow('MESH103');
  });
});
