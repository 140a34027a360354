import { ApiObject, App, Chart, Duration } from 'cdk8s';
import { DataPlane, JwtIssuer, Mesh, MeshReport, type MeshRequirements, MeshNamespace } from 'istio-constructs';
import { canary, newChart, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

const requirementsOf = (chart: Chart): MeshRequirements => MeshReport.of(chart).requirements;

/** A chart with one object that nobody of ours made. */
function raw(apiVersion: string, kind: string, fields: object = {}, metadata: object = {}): Chart {
  const chart = newChart();
  new ApiObject(chart, 'raw', { apiVersion, kind, metadata: { name: 'raw', namespace: 'shop', ...metadata }, ...fields });
  return chart;
}

const ALLOW = (source: object) => ({ spec: { rules: [{ from: [{ source }] }] } });

describe('requirements', () => {
  it('are none but the oldest Istio that is supported where nothing is said', () => {
    expect(requirementsOf(newChart())).toEqual({
      istio: '1.29.0',
      components: [],
      meshConfig: [],
      istiodFlags: [],
      others: [],
      reasons: [],
      summary: 'needs Istio 1.29.0 or later',
    });
  });

  it.each([
    ['1.30.0', raw('security.istio.io/v1', 'RequestAuthentication', { spec: { jwtRules: [{ issuer: 'a' }] } })],
    ['1.30.0', raw('security.istio.io/v1', 'AuthorizationPolicy', ALLOW({ serviceAccounts: ['shop/cart'] }))],
    [
      '1.30.0',
      raw('gateway.networking.k8s.io/v1', 'Gateway', {}, { annotations: { 'ambient.istio.io/xfcc-include-client-identity': 'true' } }),
    ],
    ['1.31.0', raw('security.istio.io/v1', 'AuthorizationPolicy', ALLOW({ trustDomains: ['example.com'] }))],
    ['1.31.0', raw('gateway.networking.k8s.io/v1', 'TCPRoute')],
    ['1.31.0', raw('networking.istio.io/v1', 'VirtualService', { spec: { http: [{ redirect: { prefixRewrite: '/' } }] } })],
    ['1.31.1', raw('gateway.networking.k8s.io/v1', 'BackendTLSPolicy')],
    ['1.31.1', raw('v1', 'Service', {}, { labels: { 'istio.io/use-waypoint-canary': 'next' } })],
    ['1.29.0', raw('security.istio.io/v1', 'AuthorizationPolicy', ALLOW({ principals: ['cluster.local/ns/shop/sa/cart'] }))],
    ['1.29.0', raw('v1', 'Service', {}, { labels: { 'istio.io/use-waypoint': 'waypoint' } })],
  ])('ask for Istio %s, by what an object says', (istio, chart) => {
    expect(requirementsOf(chart).istio).toBe(istio);
  });

  it.each([
    ['1.1', 'standard', { rules: [{ backendRefs: [{ name: 'a' }] }] }],
    ['1.2', 'standard', { rules: [{ timeouts: { request: '1s' } }] }],
    ['1.3', 'standard', { rules: [{ filters: [{ type: 'RequestMirror', requestMirror: { percent: 5 } }] }] }],
    ['1.4', 'standard', { rules: [{ name: 'all' }] }],
    ['1.5', 'standard', { rules: [{ filters: [{ requestRedirect: { statusCode: 308 } }] }] }],
    ['1.1', 'standard', { rules: [{ filters: [{ requestRedirect: { statusCode: 301 } }] }] }],
    ['1.5', 'standard', { rules: [{}, { filters: [{}, { cors: {} }] }] }],
    ['1.7', 'standard', { rules: [{ retry: { attempts: 2 } }] }],
    ['1.7', 'experimental', { rules: [{ retry: { attempts: 2, backoff: '1s' } }] }],
    ['1.1', 'experimental', { rules: [{ sessionPersistence: {} }] }],
  ])('ask for bundle %s of the Gateway API, %s', (gatewayApi, gatewayApiChannel, spec) => {
    expect(requirementsOf(raw('gateway.networking.k8s.io/v1', 'HTTPRoute', { spec }))).toMatchObject({ gatewayApi, gatewayApiChannel });
  });

  it('name providers of the mesh configuration, and who asks for them', () => {
    const chart = newChart();
    new Mesh(chart, 'mesh', {
      trustDomain: 'example.com',
      trustDomainAliases: ['cluster.local', 'old.example'],
      rootNamespace: 'mesh',
      tracing: { provider: 'otel' },
      accessLog: true,
    });
    new ApiObject(chart, 'custom', {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { name: 'login', namespace: 'shop' },
      spec: { action: 'CUSTOM', provider: { name: 'oauth2-proxy' }, rules: [{}] },
    });
    const { meshConfig, reasons, summary } = requirementsOf(chart);
    expect(meshConfig).toEqual([
      'trustDomain: example.com',
      'trustDomainAliases: [cluster.local, old.example]',
      'rootNamespace: mesh',
      'extensionProviders: oauth2-proxy',
      'extensionProviders: otel',
    ]);
    expect(reasons.find(({ what }) => what.endsWith('otel'))?.objects).toEqual(['Telemetry mesh/mesh-default']);
    expect(summary).toContain(
      '; in the mesh configuration trustDomain: example.com, trustDomainAliases: [cluster.local, old.example], rootNamespace: mesh, ',
    );
  });

  it.each([
    ['PILOT_ENABLE_ALPHA_GATEWAY_API=true', raw('gateway.networking.x-k8s.io/v1alpha1', 'XBackendTrafficPolicy')],
    [
      'PILOT_ENABLE_AGENTGATEWAY=true',
      raw('gateway.networking.k8s.io/v1', 'Gateway', { spec: { gatewayClassName: 'istio-agentgateway' } }),
    ],
    [
      'AMBIENT_ENABLE_MULTI_NETWORK=true',
      raw('gateway.networking.k8s.io/v1', 'Gateway', { spec: { gatewayClassName: 'istio-east-west' } }),
    ],
    [
      'ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS=true',
      raw('networking.istio.io/v1', 'ServiceEntry', { spec: { resolution: 'DYNAMIC_DNS', ports: [{ protocol: 'TLS' }] } }),
    ],
  ])('ask for istiod with %s', (flag, chart) => {
    expect(requirementsOf(chart)).toMatchObject({ istiodFlags: [flag], summary: expect.stringContaining(`; istiod with ${flag}`) });
  });

  it('name whoever acts on kinds of others, unless the program says what these are', () => {
    const chart = raw('cert-manager.io/v1', 'Certificate');
    expect(requirementsOf(chart).others).toEqual(['cert-manager.io']);
    new ApiObject(chart, 'definition', {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'certificates.cert-manager.io' },
      spec: { group: 'cert-manager.io' },
    });
    expect(requirementsOf(chart).others).toEqual([]);
  });

  it('ask for an istiod that machines reach, where some get their configuration here', () => {
    const { others, reasons } = requirementsOf(raw('networking.istio.io/v1', 'WorkloadGroup', { spec: { template: {} } }));
    expect(others).toEqual(['istiod where machines reach it, port 15012']);
    expect(reasons).toMatchObject([{ objects: ['WorkloadGroup shop/raw'] }]);
  });

  it('ask for istio-cni where restricted pods have sidecars', () => {
    const labels = { 'istio-injection': 'enabled', 'pod-security.kubernetes.io/enforce': 'restricted' };
    const chart = newChart();
    new ApiObject(chart, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels } });
    MeshNamespace.fromName(chart, 'elsewhere', { name: 'shop', dataPlane: DataPlane.sidecar() });
    expect(requirementsOf(chart).components).toEqual(['istio-cni']);
  });

  it('are the same whatever the order in which things are said', () => {
    const [one, other] = [new Chart(new App(), 'test'), new Chart(new App(), 'test')];
    const names = ['a', 'b', 'c'];
    const add = (chart: Chart, name: string) =>
      new ApiObject(chart, name, { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'TCPRoute', metadata: { name, namespace: 'shop' } });
    names.forEach((name) => add(one, name));
    [...names].reverse().forEach((name) => add(other, name));
    expect(requirementsOf(other)).toEqual(requirementsOf(one));
  });
});

forEachPlane(({ of, ...plane }) => {
  describe('requirements', () => {
    it('follow from the data plane and from what a program says', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { user: { issuer: JwtIssuer.of({ issuer: 'https://id.example.com', audiences: ['shop'] }) } });
      canary(cart);
      const needed = requirementsOf(chart);
      expect(needed).toMatchObject({
        istio: '1.30.0',
        components: of<string[]>({ sidecar: [], ambient: ['ztunnel', 'istio-cni'] }),
        others: ['a network plugin that enforces NetworkPolicy'],
      });
      expect(needed.gatewayApi).toBe(of({ sidecar: undefined, ambient: '1.4' }));
      expect(needed.reasons.find(({ what }) => what === 'Istio 1.30.0')?.objects).toEqual([
        of({ sidecar: 'RequestAuthentication shop/product', ambient: 'RequestAuthentication shop/product-waypoint' }),
      ]);
    });

    it('ask for the version that knows a field', () => {
      const { chart } = shop(plane, { retries: { attempts: 2, budget: { interval: Duration.seconds(10) } } });
      expect(requirementsOf(chart).istio).toBe('1.31.0');
    });
  });
});
