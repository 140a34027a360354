import type { Chart } from 'cdk8s';
import {
  DataPlane,
  EgressGateway,
  ExternalPort,
  ExternalService,
  IngressGateway,
  IstioMetric,
  Mesh,
  type MeshedService,
  MeshNamespace,
  type MeshProps,
  MeshReport,
  Telemetry,
  TelemetryProvider,
  TelemetrySide,
  TraceHeaders,
  TraceTag,
  Waypoint,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { newChart, service } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import type { Observed } from '../answer';
import { istioText } from '../istio-data/module';
import { judgedUnder } from '../judged';

const COLLECTORS = 'observability.svc.cluster.local';
const PROVIDERS = [
  TelemetryProvider.openTelemetry('tempo', { host: `tempo.${COLLECTORS}`, port: 4317 }),
  TelemetryProvider.openTelemetry('collector', { host: `otel.${COLLECTORS}`, port: 4318, httpPath: '/v1/traces' }),
  TelemetryProvider.zipkin('zipkin', { host: `zipkin.${COLLECTORS}`, port: 9411, podPort: 8080 }),
  TelemetryProvider.datadog('datadog', { host: `agent.${COLLECTORS}`, port: 8126 }),
  TelemetryProvider.textAccessLog('text', { format: '%RESPONSE_CODE%', path: '/dev/stderr' }),
  TelemetryProvider.jsonAccessLog('json', { fields: { status: '%RESPONSE_CODE%' }, path: '/dev/stderr' }),
  TelemetryProvider.otlpAccessLog('otlp', { host: `otel.${COLLECTORS}`, port: 4317 }),
];
const TRACED: MeshProps = { tracing: { provider: 'tempo', samplingPercentage: 10 } };

interface Seen {
  readonly chart: Chart;
  readonly mesh: Mesh;
  readonly cart: MeshedService;
  /** Whose proxy tells of requests to the cart. */
  readonly proxy: string;
}

/** A cart that is called, and collectors to tell. */
function seenShop(plane: PlaneUnderTest, said: MeshProps = TRACED): Seen {
  const chart = newChart();
  const mesh = new Mesh(chart, 'mesh', { ...said, providers: PROVIDERS });
  const collectors = new MeshNamespace(chart, 'observability', { dataPlane: plane.dataPlane });
  for (const name of ['tempo', 'otel', 'zipkin', 'agent']) service(collectors, name);
  const dataPlane = plane.of({ sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
  const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane });
  const cart = service(shop, 'cart');
  service(shop, 'web').calls(cart);
  return { chart, mesh, cart, proxy: plane.name === 'sidecar' ? 'shop/cart-v1' : 'shop/waypoint' };
}

async function observed({ chart, mesh, proxy }: Seen): Promise<string> {
  const installed = await judgedUnder({ providers: mesh.extensionProviders }, chart);
  return JSON.stringify((await installed.observed(proxy)).filter(isForCart));
}

/** Where requests arrive at a sidecar; at a waypoint, which stands before others too, where they arrive for the cart. */
const isForCart = ({ listener, chain }: Observed): boolean => listener === 'virtualInbound' || chain.includes('cart.shop');

// An application of Istio's own samples, whose traces are whole, passes on these and some of other providers. `b3` is the short form of `x-b3-…`.
const PASSED_ON = istioText('samples/bookinfo/src/reviews/reviews-application/src/main/java/application/rest/LibertyRestEndpoint.java');

describe('the headers to pass on', () => {
  it.each<[string, readonly string[]]>([
    ['of any provider', [TraceHeaders.REQUEST_ID]],
    ['of W3C', TraceHeaders.W3C],
    ['of Zipkin', TraceHeaders.B3.filter((header) => header !== 'b3')],
    ['of Datadog', TraceHeaders.DATADOG],
  ])('%s are those of Istio', (_, headers) => {
    expect(headers.filter((header) => !PASSED_ON.includes(`"${header}"`))).toEqual([]);
    expect(TraceHeaders.ALL).toEqual(expect.arrayContaining([...headers]));
  });
});

describe('a Telemetry', () => {
  forEachPlane((plane) => {
    it('traces a service as often as it says, with its tags, to the provider of the mesh', async () => {
      const shop = seenShop(plane);
      const customTags = {
        customer: TraceTag.header('x-customer', 'none'),
        team: TraceTag.of('buyers'),
        node: TraceTag.environment('HOST'),
        sni: TraceTag.formatter('%REQUESTED_SERVER_NAME%'),
      };
      new Telemetry(shop.chart, 'traces', { service: shop.cart, tracing: { samplingPercentage: 50, customTags } });
      const seen = await observed(shop);
      expect(seen).toContain('"randomSampling":{"value":50}');
      expect(seen).toContain('"requestHeader":{"name":"x-customer","defaultValue":"none"}');
      expect(seen).toContain('"literal":{"value":"buyers"}');
      expect(seen).toContain('"environment":{"name":"HOST"}');
      expect(seen).toContain('{"tag":"sni","value":"%REQUESTED_SERVER_NAME%"}');
      expect(seen).toContain('istio.canonical_service');
      expect(seen).toContain(`outbound|4317||tempo.${COLLECTORS}`);
    });

    it.each([
      ['collector', `outbound|4318||otel.${COLLECTORS}`],
      ['zipkin', 'ZipkinConfig'],
      ['datadog', 'DatadogConfig'],
    ])('sends traces to %s', async (provider, words) => {
      const shop = seenShop(plane);
      new Telemetry(shop.chart, 'traces', { service: shop.cart, tracing: { provider } });
      expect(await observed(shop)).toContain(words);
    });

    it('traces where the call arrives alone, without the tags of Istio and the headers of the trace', async () => {
      const shop = seenShop(plane, {});
      const side = TelemetrySide.SERVER;
      new Telemetry(shop.chart, 'traces', {
        service: shop.cart,
        tracing: { provider: 'tempo', side, istioTags: false, contextPropagation: false },
      });
      const seen = await observed(shop);
      expect(seen).toContain('outbound|4317||tempo');
      expect(seen).toContain('"noContextPropagation":true');
      expect(seen).not.toContain('istio.canonical_service');
    });

    it('stops spans', async () => {
      const shop = seenShop(plane);
      expect(await observed(shop)).toContain('tempo');
      new Telemetry(shop.chart, 'traces', { service: shop.cart, tracing: { disabled: true } });
      expect(await observed(shop)).not.toContain('tempo');
    });

    it('logs as text, as JSON and by OTLP, and only what it is to', async () => {
      const shop = seenShop(plane, {});
      expect(await observed(shop)).not.toContain('access_loggers');
      new Telemetry(shop.chart, 'logs', {
        service: shop.cart,
        accessLogs: [
          { provider: 'text', filter: 'response.code >= 500', side: TelemetrySide.SERVER },
          { provider: 'json', side: TelemetrySide.CLIENT },
          { provider: 'otlp' },
        ],
      });
      const seen = await observed(shop);
      expect(seen).toContain('"inlineString":"%RESPONSE_CODE%\\n"');
      expect(seen).toContain('"expression":"response.code >= 500"');
      expect(seen).toContain('OpenTelemetryAccessLogConfig');
    });

    it('is silent where it says so below a mesh that logs', async () => {
      const shop = seenShop(plane, { accessLog: true });
      expect(await observed(shop)).toContain('/dev/stdout');
      new Telemetry(shop.chart, 'logs', { service: shop.cart, accessLogs: [{ disabled: true }] });
      expect(await observed(shop)).not.toContain('/dev/stdout');
    });

    it('counts otherwise', async () => {
      const shop = seenShop(plane, {});
      new Telemetry(shop.chart, 'counts', {
        service: shop.cart,
        metrics: [
          { metric: IstioMetric.REQUEST_COUNT, tags: { method: 'request.method' }, removeTags: ['grpc_response_status'] },
          { metric: IstioMetric.REQUEST_SIZE, side: TelemetrySide.SERVER, disabled: true },
          { customMetric: 'orders', provider: 'prometheus', disabled: true },
        ],
      });
      const seen = await observed(shop);
      expect(seen).toContain('"dimensions":{"method":"request.method"}');
      expect(seen).toContain('"tagsToRemove":["grpc_response_status"]');
      expect(seen).toContain('{"name":"request_bytes","drop":true}');
      expect(seen).toContain('{"name":"orders","drop":true}');
    });

    it.each<[IstioMetric, string]>([
      [IstioMetric.REQUEST_COUNT, 'requests_total'],
      [IstioMetric.REQUEST_DURATION, 'request_duration_milliseconds'],
      [IstioMetric.REQUEST_SIZE, 'request_bytes'],
      [IstioMetric.RESPONSE_SIZE, 'response_bytes'],
      [IstioMetric.TCP_OPENED_CONNECTIONS, 'tcp_connections_opened_total'],
      [IstioMetric.TCP_CLOSED_CONNECTIONS, 'tcp_connections_closed_total'],
      [IstioMetric.TCP_SENT_BYTES, 'tcp_sent_bytes_total'],
      [IstioMetric.TCP_RECEIVED_BYTES, 'tcp_received_bytes_total'],
      [IstioMetric.GRPC_REQUEST_MESSAGES, 'request_messages_total'],
      [IstioMetric.GRPC_RESPONSE_MESSAGES, 'response_messages_total'],
    ])('counts no %s', async (metric, name) => {
      const shop = seenShop(plane, {});
      new Telemetry(shop.chart, 'counts', { service: shop.cart, metrics: [{ metric, disabled: true }] });
      expect(await observed(shop)).toContain(`{"name":"${name}","drop":true}`);
    });

    it('counts nothing', async () => {
      const shop = seenShop(plane, {});
      new Telemetry(shop.chart, 'tags', { metrics: [{ tags: { method: 'request.method' } }] });
      expect(await observed(shop)).toContain('"stats"');
      new Telemetry(shop.chart, 'counts', { service: shop.cart, metrics: [{ metric: IstioMetric.ALL, disabled: true }] });
      expect(await observed(shop)).not.toContain('"stats"');
    });

    it('holds for a namespace, and for a gateway alone', async () => {
      const chart = newChart();
      const mesh = new Mesh(chart, 'mesh', { providers: PROVIDERS });
      const collectors = new MeshNamespace(chart, 'observability', { dataPlane: plane.dataPlane });
      service(collectors, 'tempo');
      const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
      const gateway = new IngressGateway(shop, 'edge', { tlsSecret: 'edge-cert' });
      gateway.expose(service(shop, 'web'), { host: 'shop.example.com' });
      new Telemetry(chart, 'edge', { gateway, tracing: { provider: 'tempo', samplingPercentage: 100 } });
      new Telemetry(chart, 'all', { inNamespace: shop, accessLogs: [{ provider: 'json' }] });
      const installed = await judgedUnder({ providers: mesh.extensionProviders }, chart);
      const atEdge = JSON.stringify(await installed.observed('shop/edge'));
      expect(atEdge).toContain('"randomSampling":{"value":100}');
      expect(atEdge).toContain('%RESPONSE_CODE%');
      const inside = JSON.stringify(await installed.observed(plane.name === 'sidecar' ? 'shop/web-v1' : 'shop/waypoint'));
      expect(inside).toContain('%RESPONSE_CODE%');
      expect(inside).not.toContain('"randomSampling":{"value":100}');
      expect(MeshReport.of(chart).findings).toEqual([]);
    });
  });

  forEachPlane((plane) => {
    it('holds for the way out', async () => {
      const chart = newChart();
      const egress = new ZeroTrustNamespace(chart, 'egress', { dataPlane: plane.dataPlane });
      const through = new EgressGateway(egress, 'way-out');
      const cards = new ExternalService(egress, 'cards', { host: 'api.example.com', port: ExternalPort.tlsOrigination(), through });
      service(new ZeroTrustNamespace(chart, 'shop', { dataPlane: plane.dataPlane }), 'web').calls(cards);
      const atGateway = async () =>
        JSON.stringify(await (await judgedUnder({}, chart)).observed(plane.of({ sidecar: 'egress/way-out', ambient: 'egress/waypoint' })));
      expect(await atGateway()).not.toContain('/dev/stdout');
      new Telemetry(chart, 'logs', { gateway: through, accessLogs: [{}] });
      expect(await atGateway()).toContain('/dev/stdout');
    });
  });

  it('holds for a waypoint, whatever it stands before', async () => {
    const chart = newChart();
    const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane: DataPlane.ambient() });
    const [cart, web] = [service(shop, 'cart'), service(shop, 'web')];
    web.calls(cart);
    new Telemetry(chart, 'logs', { waypointOf: shop, accessLogs: [{}] });
    const seen = await (await judgedUnder({}, chart)).observed('shop/waypoint');
    const logged = seen.filter(({ accessLogs = [] }) => accessLogs.length > 0).map(({ chain }) => chain);
    for (const name of ['cart', 'web']) expect(logged).toContain(`inbound-vip|8080|http|${name}.shop.svc.cluster.local`);
  });
});
