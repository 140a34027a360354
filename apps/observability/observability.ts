// A box office that is watched: what it promises, who is woken when it breaks that, traces, logs, metrics, dashboards, and the add-ons that show them.
import { Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import {
  AddOn,
  AlertThresholds,
  CanaryRelease,
  DataPlane,
  HttpAccess,
  Infrastructure,
  IngressGateway,
  IstioMetric,
  JwtIssuer,
  MergedMetrics,
  Mesh,
  MeshAlerts,
  MeshDashboard,
  MeshedService,
  MeshNamespace,
  MeshPort,
  MetricsScraping,
  ObservabilityAddOns,
  ProxyMonitors,
  ReleaseDashboard,
  ServiceAlerts,
  ServiceDashboard,
  ServiceObjectives,
  Telemetry,
  TelemetryProvider,
  TelemetrySide,
  TraceHeaders,
  TraceTag,
  ZeroTrustNamespace,
} from 'istio-constructs';

const MONITORING = 'monitoring';
const METRICS = 9100;

export interface BoxOfficeProps {
  /** How its pods join the mesh. */
  readonly dataPlane: DataPlane;
  /** How the add-ons do. Outside the mesh Prometheus reads what sidecars offer; in ambient mode it connects to the pods under its own identity. */
  readonly addOnsPlane?: DataPlane;
}

/** What the box office is made with in each data plane. */
export const PLANES: Readonly<Record<'sidecar' | 'ambient', BoxOfficeProps>> = {
  sidecar: { dataPlane: DataPlane.sidecar() },
  ambient: { dataPlane: DataPlane.ambient(), addOnsPlane: DataPlane.ambient() },
};

export class BoxOffice extends Chart {
  private readonly kiali: AddOn;
  private readonly grafana: AddOn;
  private readonly prometheus: AddOn;
  private readonly tempo: AddOn;

  constructor(scope: Construct, id: string, { dataPlane, addOnsPlane }: BoxOfficeProps) {
    super(scope, id);
    // They are installed by others, with the names that Istio's samples give them.
    const installed = { namespaceName: MONITORING, dataPlane: addOnsPlane };
    this.kiali = AddOn.kiali(installed);
    this.grafana = AddOn.grafana(installed);
    this.prometheus = AddOn.prometheus(installed);
    this.tempo = AddOn.tempo(installed);

    // One request in ten is traced. Lines about requests are JSON, with the number by which a trace is found.
    new Mesh(this, 'mesh', {
      providers: [
        this.tempo.tracing(),
        TelemetryProvider.jsonAccessLog('json', {
          fields: { status: '%RESPONSE_CODE%', path: '%REQ(:PATH)%', flags: '%RESPONSE_FLAGS%', trace: '%TRACE_ID%' },
        }),
      ],
      tracing: { provider: 'tempo', samplingPercentage: 10 },
    });

    const tickets = new ZeroTrustNamespace(this, 'tickets', {
      dataPlane,
      infrastructure: Infrastructure.of({ monitoringNamespace: MONITORING }),
    });
    const [web, shows, orders, payments] = ['web', 'shows', 'orders', 'payments'].map((name) => addService(tickets, name));
    web.calls(shows, { port: 8080, http: [HttpAccess.get('/shows/*')] });
    web.calls(orders, { port: 8080, http: [HttpAccess.post('/orders'), HttpAccess.get('/orders/*')] });
    orders.calls(payments, { port: 8080, http: [HttpAccess.post('/payments')] });
    new CanaryRelease(tickets, 'orders-v2', {
      service: orders,
      canary: { version: 'v2', image: 'ghcr.io/acme/tickets-orders:2.0.0' },
      steps: [10, 50, 100],
      step: 1,
    });

    const edge = new MeshNamespace(this, 'edge', { dataPlane });
    const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'tickets-cert' });
    gateway.expose(web, { host: 'tickets.example.com', port: 8080 });

    this.tell(payments);
    this.promise(web, orders);
    for (const service of [web, shows, orders, payments]) this.watch(service, addOnsPlane !== undefined);
    this.show(web, orders);
    this.addOns(gateway);
  }

  /** Of payments all is traced, failures are logged where they are answered, and requests are counted by their method. */
  private tell(payments: MeshedService): void {
    new Telemetry(payments, 'telemetry', {
      service: payments,
      tracing: { samplingPercentage: 100, customTags: { till: TraceTag.header('x-till', 'none') } },
      accessLogs: [{ provider: 'json', filter: 'response.code >= 400', side: TelemetrySide.SERVER }],
      metrics: [{ metric: IstioMetric.REQUEST_COUNT, tags: { request_method: 'request.method' } }],
    });
  }

  /** What is promised to customers: somebody is woken when it will not be kept. */
  private promise(web: MeshedService, orders: MeshedService): void {
    new ServiceObjectives(this, 'web-objectives', { service: web, availability: 99.9, window: Duration.days(28) });
    new ServiceObjectives(this, 'orders-objectives', {
      service: orders,
      availability: 99.5,
      latency: [{ percentile: 99, below: Duration.millis(500) }],
      window: Duration.days(28),
    });
    new MeshAlerts(this, 'mesh-alerts');
  }

  /** More than one percent of errors is an alert for each service, and its own metrics are read at all of its pods. */
  private watch(service: MeshedService, atPods: boolean): void {
    new ServiceAlerts(service, `${service.serviceName}-alerts`, { service, thresholds: AlertThresholds.of({ errorPercent: 1 }) });
    if (atPods) new MetricsScraping(service, 'metrics', { service, port: METRICS, scraper: this.prometheus.identity });
    else new MergedMetrics(service, 'metrics', { service, port: METRICS });
  }

  private show(web: MeshedService, orders: MeshedService): void {
    new ProxyMonitors(this, 'monitors');
    new MeshDashboard(this, 'mesh-dashboard');
    new ServiceDashboard(this, 'web-dashboard', { service: web });
    new ServiceDashboard(this, 'orders-dashboard', { service: orders });
    new ReleaseDashboard(this, 'orders-release', { service: orders });
  }

  /** They reach each other and nobody else does; whoever works here looks at two of them, with a token. */
  private addOns(gateway: IngressGateway): void {
    const { kiali, grafana, prometheus, tempo } = this;
    const addOns = new ObservabilityAddOns(this, 'add-ons', { addOns: [kiali, grafana, prometheus, tempo] });

    const issuer = JwtIssuer.of({ issuer: 'https://id.example.com', jwksUri: 'https://id.example.com/keys', audiences: ['office'] });
    const usersAtGateway = [{ issuer }];
    addOns.page(kiali, gateway, { host: 'kiali.example.com', usersAtGateway, reason: 'those on call look who calls whom' });
    addOns.page(grafana, gateway, { host: 'grafana.example.com', usersAtGateway, reason: 'everybody who works here looks at the numbers' });
  }
}

function addService(scope: Construct, name: string): MeshedService {
  return new MeshedService(scope, name, {
    image: `ghcr.io/acme/tickets-${name}:1.0.0`,
    ports: [MeshPort.http(8080), MeshPort.http(METRICS, { suffix: 'metrics' })],
    env: { FORWARDED_HEADERS: [TraceHeaders.REQUEST_ID, ...TraceHeaders.W3C].join(',') },
  });
}
