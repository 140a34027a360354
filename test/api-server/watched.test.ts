import { type Chart, Duration, Yaml } from 'cdk8s';
import {
  DataPlane,
  EgressGateway,
  ExternalPort,
  ExternalService,
  IngressGateway,
  IstioGatewayPods,
  IstioMetric,
  MergedMetrics,
  Mesh,
  MeshAlerts,
  MeshDashboard,
  type MeshedService,
  MeshNamespace,
  MeshPort,
  MetricsDiscovery,
  MetricsScraping,
  ProxyMonitors,
  ReleaseDashboard,
  ServiceAlerts,
  ServiceDashboard,
  ServiceIdentity,
  ServiceObjectives,
  Telemetry,
  type TelemetryProps,
  TelemetryProvider,
  TelemetrySide,
  TraceTag,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { stringify } from 'yaml';
import { canary, edgeGateway, type Manifest, names, service, type Shop, shop } from '../builders';
import { forEachPlane, type PlaneUnderTest } from '../for-each-plane';
import { changes } from './changes';
import { deleteAll, differences, everything, leftovers, refusals, stored } from './kubectl';

const labels = { release: 'prometheus' };

/** Every word of a Telemetry. */
const ALL_WORDS: TelemetryProps = {
  tracing: {
    provider: 'tempo',
    samplingPercentage: 12.5,
    side: TelemetrySide.SERVER,
    istioTags: false,
    contextPropagation: false,
    customTags: {
      team: TraceTag.of('buyers'),
      customer: TraceTag.header('x-customer', 'none'),
      node: TraceTag.environment('HOST'),
      server: TraceTag.formatter('%REQUESTED_SERVER_NAME%'),
    },
  },
  accessLogs: [{ provider: 'json', filter: 'response.code >= 500', side: TelemetrySide.SERVER }, { disabled: true }],
  metrics: [
    { metric: IstioMetric.REQUEST_COUNT, side: TelemetrySide.CLIENT, tags: { method: 'request.method' }, removeTags: ['response_flags'] },
    { customMetric: 'orders', disabled: true },
  ],
};

/** A shop that is watched in every way that there is. */
function watchedShop(plane: PlaneUnderTest): Chart {
  const one = shop(plane, { ports: [MeshPort.http(8080), MeshPort.http(9100, { suffix: 'metrics' })] });
  one.product.calls(one.cart, { port: 8080 });
  canary(one.cart);
  tellOfRequests(plane, one);
  scrape(plane, one);
  warn(one);
  new ServiceDashboard(one.chart, 'cart-dashboard', { service: one.cart, datasource: 'prometheus' });
  new ReleaseDashboard(one.chart, 'release-dashboard', { service: one.cart });
  new MeshDashboard(one.chart, 'mesh-dashboard');
  return one.chart;
}

function tellOfRequests({ dataPlane, name }: PlaneUnderTest, { chart, cart, shop: inNamespace, payments }: Shop): void {
  const door = new MeshNamespace(chart, 'door', { dataPlane });
  const pods = IstioGatewayPods.helmRelease('door');
  const targets: Readonly<Record<string, TelemetryProps>> = {
    'of-namespace': { inNamespace },
    'of-service': { service: cart },
    'of-gateway': { gateway: edgeGateway(chart, dataPlane) },
    'of-way-out': { gateway: wayOut(chart, dataPlane, cart) },
    'of-istio-gateway': { gateway: new IngressGateway(door, 'gateway', { tlsSecret: 'cert', istioPods: pods }) },
    ...(name === 'ambient' && { 'of-waypoint': { waypointOf: payments } }),
  };
  const providers = [
    TelemetryProvider.openTelemetry('tempo', { host: 'tempo.observability.svc.cluster.local', port: 4317 }),
    TelemetryProvider.jsonAccessLog('json', { fields: { status: '%RESPONSE_CODE%' } }),
  ];
  new Mesh(chart, 'mesh', { providers, tracing: { provider: 'tempo' }, accessLog: true });
  for (const [id, target] of Object.entries(targets)) new Telemetry(chart, id, { ...ALL_WORDS, ...target });
}

/** The gateway by which a service leaves for a partner. */
function wayOut(chart: Chart, dataPlane: DataPlane, caller: MeshedService): EgressGateway {
  const egress = new ZeroTrustNamespace(chart, 'egress', { dataPlane });
  const through = new EgressGateway(egress, 'way-out');
  caller.calls(new ExternalService(egress, 'partner', { host: 'api.example.com', port: ExternalPort.https(), through }));
  return through;
}

function scrape({ name }: PlaneUnderTest, { chart, cart, shop: scope }: Shop): void {
  const scraper = (dataPlane: DataPlane) => ServiceIdentity.of('monitoring', 'prometheus', { dataPlane });
  const outside = service(scope, 'outside', { ports: [MeshPort.http(9100, { plaintext: 'Prometheus is outside the mesh' })] });
  const interval = Duration.millis(1500);
  new MetricsScraping(chart, 'by-ztunnel', { service: cart, port: 9100, scraper: scraper(DataPlane.ambient()), interval, labels });
  new MetricsScraping(chart, 'in-plaintext', { service: outside, port: 9100, path: '/prometheus', discovery: MetricsDiscovery.SERVICE });
  new ProxyMonitors(chart, 'proxies', { interval, labels });
  if (name === 'ambient') return;
  new MergedMetrics(chart, 'merged', { service: cart, port: 9100 });
  new MetricsScraping(chart, 'by-tls', { service: cart, port: 8080, scraper: scraper(DataPlane.sidecar()), labels });
}

function warn({ chart, cart, shop: scope }: Shop): void {
  new ServiceObjectives(scope, 'objectives', {
    service: cart,
    availability: 99.9,
    latency: [{ percentile: 99, below: Duration.millis(300) }],
  });
  new ServiceAlerts(scope, 'alerts', { service: cart, labels });
  new MeshAlerts(chart, 'mesh-alerts', { labels });
}

const yamlOf = (chart: Chart): string => Yaml.stringify(...(chart.toJson() as object[]));

const TELEMETRIES = ['door/gateway', 'edge/gateway', 'istio-system/mesh-default', 'shop/namespace-default'];

forEachPlane((plane) => {
  const chart = watchedShop(plane);
  const yaml = yamlOf(chart);

  describe('what watches a shop', () => {
    let others: string[];
    beforeAll(async () => {
      others = await everything();
    });
    afterAll(() => deleteAll(yaml));

    it('is a Telemetry of every target, monitors, rules and dashboards', () => {
      const more = plane.of({
        sidecar: ['egress/way-out', 'shop/cart'],
        ambient: ['egress/waypoint', 'payments/waypoint', 'shop/cart-waypoint'],
      });
      expect(names(chart, 'Telemetry').sort()).toEqual([...TELEMETRIES, ...more].sort());
      expect(names(chart, 'PodMonitor')).toHaveLength(plane.of({ sidecar: 4, ambient: 3 }));
      expect(names(chart, 'ServiceMonitor')).toEqual(['shop/outside-9100']);
      expect(names(chart, 'PrometheusRule')).toHaveLength(3);
      expect(names(chart, 'ConfigMap').filter((name) => name.startsWith('monitoring/'))).toHaveLength(3);
    });

    it('is accepted as it is written, with its grants', async () => {
      expect(await refusals(yaml)).toEqual([]);
    });

    it('is not changed by a second apply', async () => {
      const before = await stored(yaml);

      expect(await differences(yaml)).toBe('');
      expect(await refusals(yaml)).toEqual([]);
      expect(changes(before, await stored(yaml))).toEqual([]);
    });

    it('leaves nothing behind when it is deleted', async () => {
      await deleteAll(yaml);

      expect(await leftovers(others)).toEqual([]);
    });
  });
});

describe('the API server with the kinds of the Prometheus Operator', () => {
  const monitor = (endpoint: object): Manifest => ({
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: 'cart', namespace: 'default' },
    spec: { selector: {}, podMetricsEndpoints: [endpoint] },
  });

  it.each([
    ['a time that is none', monitor({ interval: '1.5s' }), /interval: Invalid value: "1\.5s"/],
    ['a field that is unknown', monitor({ tls: {} }), /podMetricsEndpoints\[0\]\.tls: field not declared in schema/],
  ])('refuses %s', async (_, manifest, reason) => {
    expect(await refusals(stringify(manifest))).toEqual([expect.stringMatching(reason)]);
  });
});
