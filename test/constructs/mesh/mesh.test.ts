import { DataPlane, Environment, Mesh, MeshNamespace, MTls, ServiceIdentity, Waypoint } from 'istio-constructs';
import { edgeGateway, findingCodes, grant, manifest, manifests, newChart, rule, service, shop, spec } from '../../builders';
import { forEachEnforcer } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

describe('Mesh', () => {
  it('says nothing unless told to', () => {
    const chart = newChart();
    const mesh = new Mesh(chart, 'mesh');
    expect(manifests(chart)).toEqual([]);
    expect(mesh).toMatchObject({ trustDomain: 'cluster.local', clusterDomain: 'cluster.local', rootNamespace: 'istio-system' });
  });

  it('tells what the cluster is for, also after the first service', () => {
    const { chart } = shop({ dataPlane: DataPlane.sidecar() });
    expect(new Mesh(chart, 'mesh', { environment: Environment.STAGING }).environment).toBe('staging');
    const again = () => new Mesh(chart, 'again', { environment: Environment.PRODUCTION });
    expectRefusal(again, {
      code: 'MESH062',
      path: 'test/again',
      got: 'cluster.local, cluster.local, istio-system, production',
      fix: 'one Mesh',
    });
  });

  it.each([
    ['STRICT', MTls.STRICT],
    ['PERMISSIVE', MTls.PERMISSIVE],
    ['PERMISSIVE', MTls.migrating({ until: '2099-12-31' })],
    ['DISABLE', MTls.disabled('a try')],
  ])('sets mutual TLS for the whole mesh to %s', (mode, mtls) => {
    const chart = newChart();
    new Mesh(chart, 'mesh', { mtls });
    expect(manifest(chart, 'PeerAuthentication', 'default', 'istio-system').spec).toEqual({ mtls: { mode } });
  });

  it('reports plaintext that is left on', () => {
    const codesFor = (mtls: MTls): string[] => {
      const chart = newChart();
      new Mesh(chart, 'mesh', { mtls });
      return findingCodes(chart);
    };
    expect(codesFor(MTls.STRICT)).toEqual([]);
    expect(codesFor(MTls.PERMISSIVE)).toEqual(['MESH108']);
    expect(codesFor(MTls.migrating({ until: '2099-12-31' }))).toEqual(['MESH254']);
    expect(codesFor(MTls.disabled('a try'))).toEqual(['MESH110']);
  });

  it('refuses what nothing allows, at sidecars, ztunnel and waypoints', () => {
    const chart = newChart();
    new Mesh(chart, 'mesh', { defaultDeny: true });
    const targetRefs = [{ group: 'gateway.networking.k8s.io', kind: 'GatewayClass', name: 'istio-waypoint' }];
    expect(manifest(chart, 'AuthorizationPolicy', 'deny-all', 'istio-system').spec).toEqual({});
    expect(manifest(chart, 'AuthorizationPolicy', 'waypoint-deny-all', 'istio-system').spec).toEqual({ targetRefs, action: 'ALLOW' });
  });

  it('traces a share of the requests, and logs them', () => {
    const chart = newChart();
    new Mesh(chart, 'mesh', { tracing: { provider: 'tempo', samplingPercentage: 10 }, accessLog: true });
    expect(manifest(chart, 'Telemetry', 'mesh-default', 'istio-system')).toMatchObject({
      apiVersion: 'telemetry.istio.io/v1',
      spec: {
        tracing: [{ providers: [{ name: 'tempo' }], randomSamplingPercentage: 10 }],
        accessLogging: [{ providers: [{ name: 'envoy' }] }],
      },
    });
  });

  it('traces one request in a hundred unless told otherwise, and none at 0', () => {
    const tracingOf = (samplingPercentage?: number): unknown => {
      const chart = newChart();
      new Mesh(chart, 'mesh', { tracing: { provider: 'tempo', samplingPercentage } });
      return spec(chart, 'Telemetry', 'mesh-default');
    };
    const provider = { providers: [{ name: 'tempo' }] };
    expect(tracingOf()).toEqual({ tracing: [{ ...provider, randomSamplingPercentage: 1 }] });
    expect(tracingOf(0)).toEqual({ tracing: [{ ...provider, randomSamplingPercentage: 0 }] });
  });

  it('switches logs off where the mesh configuration has them on', () => {
    const chart = newChart();
    new Mesh(chart, 'mesh', { accessLog: false });
    expect(spec(chart, 'Telemetry', 'mesh-default')).toEqual({ accessLogging: [{ providers: [{ name: 'envoy' }], disabled: true }] });
  });

  it('speaks in the root namespace that it is told', () => {
    const chart = newChart();
    new Mesh(chart, 'mesh', { rootNamespace: 'istio-config', mtls: MTls.STRICT, accessLog: true });
    expect(manifests(chart).map(({ metadata }) => metadata.namespace)).toEqual(['istio-config', 'istio-config']);
  });

  forEachEnforcer((plane) => {
    it('makes every identity and host from its domains', () => {
      const chart = newChart();
      new Mesh(chart, 'mesh', { trustDomain: 'acme.org', clusterDomain: 'acme.local' });
      const namespace = new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
      const [cart, product] = [service(namespace, 'cart'), service(namespace, 'product')];
      cart.calls(product);
      product.access.allow(ServiceIdentity.of('monitoring', 'prometheus'));
      edgeGateway(chart, plane.dataPlane).expose(product, { host: 'shop.example.com' });

      const ports = { ports: ['8080'] };
      expect(grant(chart, 'product').rules).toEqual([
        rule('acme.org/ns/edge/sa/gateway-istio', ports),
        rule('acme.org/ns/monitoring/sa/prometheus', ports),
        rule('acme.org/ns/shop/sa/cart', ports),
      ]);
      expect(product.host).toBe('product.shop.svc.acme.local');
      const text = JSON.stringify(manifests(chart));
      expect(text).not.toContain('cluster.local');
      expect(text.includes('acme.org/ns/shop/sa/waypoint')).toBe(plane.of({ sidecar: false, ztunnel: false, waypoint: true }));
    });
  });

  forEachEnforcer((plane) => {
    it('names callers under each of its trust domains where nobody else does', () => {
      const chart = newChart();
      const mesh = new Mesh(chart, 'mesh', { trustDomain: 'acme.org', trustDomainAliases: ['cluster.local'] });
      const namespace = new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
      const [cart, product] = [service(namespace, 'cart'), service(namespace, 'product')];
      cart.calls(product);
      expect(mesh.trustDomainAliases).toEqual(['cluster.local']);
      const names = (account: string) => ['acme.org', 'cluster.local'].map((domain) => `${domain}/ns/shop/sa/${account}`);
      const principals = manifests(chart)
        .filter(({ kind }) => kind === 'AuthorizationPolicy')
        .flatMap(({ spec }) => (spec?.rules ?? []) as Array<{ from?: Array<{ source: { principals?: string[] } }> }>)
        .flatMap(({ from = [] }) => from.map(({ source }) => source.principals));
      const expected = plane.of({
        sidecar: [names('cart').slice(0, 1)],
        ztunnel: [names('cart')],
        waypoint: [names('cart').slice(0, 1), names('waypoint')],
      });
      expect(principals).toHaveLength(expected.length);
      expect(principals).toEqual(expect.arrayContaining(expected));
    });
  });

  it.each([
    ['the trust domain itself', ['acme.org'], 'acme.org, which is the trust domain itself'],
    ['one named twice', ['old.org', 'older.org', 'old.org'], 'old.org twice'],
  ])('fails for an alias that is %s', (_, trustDomainAliases, got) => {
    const act = () => new Mesh(newChart(), 'mesh', { trustDomain: 'acme.org', trustDomainAliases });
    expectRefusal(act, { code: 'MESH838', path: 'test/mesh', fix: 'trustDomainAliases', got });
  });

  it('fails for an alias that is no trust domain', () => {
    const act = () => new Mesh(newChart(), 'mesh', { trustDomainAliases: ['spiffe://old.org'] });
    expectRefusal(act, { code: 'MESH032', path: 'test/mesh', fix: 'alias of the trust domain' });
  });

  it('fails when it comes too late: names were made from other values', () => {
    const { chart } = shop({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.NEVER }) });
    const act = () => new Mesh(chart, 'mesh', { trustDomain: 'acme.org' });
    expectRefusal(act, { code: 'MESH028', path: 'test/mesh', fix: 'top of the program', got: 'acme.org' });
  });

  it('fails when it is declared twice with other values', () => {
    const chart = newChart();
    new Mesh(chart, 'one', { trustDomain: 'acme.org' });
    expectRefusal(() => new Mesh(chart, 'two', { trustDomain: 'other.org' }), {
      code: 'MESH062',
      path: 'test/two',
      fix: 'declare one Mesh',
    });
  });

  it('fails when it is declared twice, for two objects are one to the cluster', () => {
    const chart = newChart();
    new Mesh(chart, 'one', { mtls: MTls.STRICT });
    new Mesh(chart, 'two', { mtls: MTls.STRICT });
    expect(() => chart.toJson()).toThrow('MESH111');
  });

  it.each([-1, 101, NaN])('fails for a share of traces of %d percent', (samplingPercentage) => {
    const act = () => new Mesh(newChart(), 'mesh', { tracing: { provider: 'tempo', samplingPercentage } });
    expectRefusal(act, { code: 'MESH029', path: 'test/mesh', fix: 'percent' });
  });

  it.each(['', ' '])('fails for traces to %p, who is nobody', (provider) => {
    const act = () => new Mesh(newChart(), 'mesh', { tracing: { provider } });
    expectRefusal(act, { code: 'MESH063', path: 'test/mesh', fix: 'extensionProviders' });
  });

  it.each(['', 'acme org', 'spiffe://acme.org', 'acme.org/'])('fails for the trust domain %p', (trustDomain) => {
    expect(() => new Mesh(newChart(), 'mesh', { trustDomain })).toThrow(/^MESH0\d\d at test\/mesh: /);
  });
});
