import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import * as ts from 'typescript';
import {
  ABTest,
  AddOn,
  AlertThresholds,
  ArgoCdFleet,
  ArgoCdInstallation,
  BlueGreenRelease,
  Callers,
  CanaryRelease,
  Color,
  Condition,
  ControlPlane,
  DataPlane,
  Deferred,
  DnsPeer,
  EastWestGateway,
  EgressGateway,
  EnvSource,
  ExternalAuthorizer,
  ExternalNetwork,
  ExternalPort,
  ExternalService,
  FaultInjection,
  Findings,
  FlaggerHook,
  FlaggerMetric,
  FluxFolder,
  FluxInstallation,
  GatewayCertificate,
  GatewayListener,
  GlobalRateLimit,
  HttpAccess,
  Infrastructure,
  IngressGateway,
  InstalledGateway,
  IpBlocks,
  IstioGatewayPods,
  IstioInstallation,
  IstioVersion,
  JwtIssuer,
  LoadBalancing,
  LocalityRouting,
  MergedMetrics,
  Mesh,
  MeshAlert,
  MeshAlerts,
  MeshCluster,
  MeshDashboard,
  MeshedCronJob,
  MeshedDaemonSet,
  MeshedJob,
  MeshedService,
  MeshedStatefulSet,
  MeshedWorker,
  MeshNamespace,
  MeshPort,
  MetricsScraping,
  Migration,
  MTls,
  PathRewrite,
  PodSecurity,
  PodVolume,
  ProxyMonitors,
  RateLimit,
  RateLimitKey,
  RateLimitService,
  RateLimitUnit,
  ReleaseController,
  ReleaseDashboard,
  RequestMatch,
  RequestRouting,
  RequestSizeLimit,
  RetryCondition,
  RolloutStep,
  ServiceAlert,
  ServiceAlerts,
  ServiceDashboard,
  ServiceIdentity,
  ServiceObjectives,
  SessionAffinity,
  Telemetry,
  TelemetryBackend,
  TelemetryProvider,
  Tenant,
  TokenPlace,
  TraceTag,
  TrafficMirror,
  UnmeshedService,
  UpdateStrategy,
  UpstreamProtocol,
  Verdicts,
  VirtualMachines,
  Waypoint,
  WeightsOwner,
  WorkloadProbe,
  WrittenMesh,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { type Member, nameOf, parametersOf, publicMembers, type PublicType, publicTypes } from '../../architecture/public-api';
import { read } from '../../architecture/sources';
import { manifests, newChart, service, shop, type Shop } from '../../builders';
import { REPORTED } from '../../options/reported';
import { expectRefusal } from '../../support/refusal';
import { meshJsonOf, newBilling, writtenBy } from '../../written';

type Options = Readonly<Record<string, any>>;

const dataPlane = DataPlane.sidecar();
const ports = [MeshPort.http(8080)];
const podLabels = { app: 'x' };
const scraper = ServiceIdentity.of('monitoring', 'prometheus', { dataPlane: DataPlane.sidecar() });
const HOST = 'db.databases.svc.cluster.local';

const imported = { namespaceName: 'billing', ports, dataPlane };
const closed = (one: Shop, infrastructure: Infrastructure) => new ZeroTrustNamespace(one.chart, 'more', { dataPlane, infrastructure });
const release = ({ shop: scope, cart }: Shop, options: Options) =>
  new CanaryRelease(scope, 'release', { service: cart, canary: { version: 'v2', image: 'cart:2' }, weight: 5, ...options });
const VARIANT = { version: 'v2', image: 'cart:2', match: [RequestMatch.header('x-look', 'new')] };
const routing = ({ shop: scope, cart }: Shop, options: Options) =>
  new RequestRouting(scope, 'routes', { service: cart, rules: [{ to: 'v1' }], ...options });
const route = (one: Shop, rule: Options) => routing(one, { rules: [rule] });
const BREAKER = { consecutiveServerErrors: 5, upstreamProtocol: UpstreamProtocol.HTTP2 };
const WARMUP = { duration: Duration.minutes(1) };
const ERRORS = { name: 'errors', query: 'sum(errors)', successCondition: 'result[0] < 1' };
const flagged = (scope: Construct, options: Options) =>
  service(scope, 'new', {
    releaseController: ReleaseController.flagger({ interval: Duration.minutes(1), metrics: [FlaggerMetric.successRate(99)], ...options }),
  });
const rolled = (scope: Construct, options: Options) =>
  service(scope, 'new', {
    releaseController: ReleaseController.argoRollouts({ steps: [RolloutStep.ofWeight(10)], metrics: [ERRORS], ...options }),
  });
const promised = ({ shop: scope, cart }: Shop, options: Options) =>
  new ServiceObjectives(scope, 'objectives', { service: cart, availability: 99.9, ...options });
const ISSUER = { issuer: 'https://id.example.com', audiences: ['shop'] };
const DELAY = { duration: Duration.seconds(5) };
const fault = ({ shop: scope, cart }: Shop, options: Options) => new FaultInjection(scope, 'fault', { service: cart, ...options });
const counter = ({ shop: scope }: Shop) => service(scope, 'counter', { ports: [MeshPort.grpc(8081)] });
const globalLimit = (one: Shop, options: Options, asked: Options = {}) =>
  new GlobalRateLimit(one.shop, 'limit', {
    service: one.cart,
    limiter: RateLimitService.of(counter(one), asked),
    requests: 5,
    per: RateLimitUnit.MINUTE,
    ...options,
  });
const listening = (chart: Construct, listener: GatewayListener) => new IngressGateway(chart, 'gateway', { listeners: [listener] });
const expose = ({ chart, cart }: Shop, options: Options) =>
  new IngressGateway(chart, 'gateway', { tlsSecret: 'cert' }).expose(cart, { host: 'shop.example.com', ...options });

const worker = ({ shop: scope }: Shop, options: Options) => new MeshedWorker(scope, 'new', { image: 'x:1', ...options });
const job = ({ shop: scope }: Shop, options: Options) => new MeshedJob(scope, 'new', { image: 'x:1', ...options });
const machines = ({ shop: scope }: Shop, options: Options) =>
  new VirtualMachines(scope, 'new', { ports, ...(options.machines ? {} : { cidrs: ['10.21.0.0/24'] }), ...options });
const stateful = ({ shop: scope }: Shop, options: Options) => new MeshedStatefulSet(scope, 'new', { image: 'x:1', ports, ...options });
const CLAIM = { name: 'data', path: '/data', sizeGibibytes: 1 };

/** How each type with options comes into a program, with some of its options replaced. */
const PROGRAMS: Readonly<Record<string, (options: Options, one: Shop) => unknown>> = {
  MeshedServiceProps: (options, { shop: scope }) => service(scope, 'new', options),
  MeshedWorkloadProps: (options, { shop: scope }) => service(scope, 'new', options),
  PodBasics: (options, one) => worker(one, options),
  RunningPods: (options, one) => worker(one, options),
  MeshedWorkerProps: (options, one) => worker(one, options),
  FinishingPods: (options, one) => job(one, options),
  MeshedJobProps: (options, one) => job(one, options),
  MeshedCronJobProps: (options, { shop: scope }) => new MeshedCronJob(scope, 'new', { image: 'x:1', schedule: '@daily', ...options }),
  MeshedStatefulSetProps: (options, one) => stateful(one, options),
  MeshedDaemonSetProps: (options, { shop: scope }) => new MeshedDaemonSet(scope, 'new', { image: 'x:1', ports, ...options }),
  VirtualMachinesProps: (options, one) => machines(one, options),
  VirtualMachine: (options, one) => machines(one, { machines: [{ address: '10.20.0.5', ...options }] }),
  VolumeClaim: (options, one) => stateful(one, { volumeClaims: [{ ...CLAIM, ...options }] }),
  InitContainer: (options, one) => worker(one, { initContainers: [{ name: 'first', image: 'x:1', ...options }] }),
  PodToleration: (options, one) => worker(one, { tolerations: [{ key: 'a', ...options }] }),
  EnvSource: ({ variable = 'A', name = 'b', key = 'c' }, one) => worker(one, { envFrom: [EnvSource.secretKey(variable, name, key)] }),
  EnvSourceOptions: (options, one) => worker(one, { envFrom: [EnvSource.secret('a', options)] }),
  PodVolume: ({ path = '/a', name = 'b' }, one) => worker(one, { volumes: [PodVolume.secret(path, name)] }),
  EmptyDirOptions: (options) => PodVolume.emptyDir('/a', options),
  ClaimVolumeOptions: (options) => PodVolume.claim('/a', 'b', options),
  RollingUpdateOptions: (options) => UpdateStrategy.rolling(options),
  Autoscaling: (options, { shop: scope }) => service(scope, 'new', { autoscaling: { maxReplicas: 9, ...options } }),
  WorkloadResources: (options, { shop: scope }) => service(scope, 'new', { resources: { memoryLimitMebibytes: 512, ...options } }),
  RetryPolicy: (options, { shop: scope }) => service(scope, 'new', { retries: { attempts: 1, ...options } }),
  CircuitBreaker: (options, { shop: scope }) => service(scope, 'new', { circuitBreaker: { ...BREAKER, ...options } }),
  RetryBudget: (options, { shop: scope }) => service(scope, 'new', { retries: { attempts: 1, budget: { percent: 9, ...options } } }),
  TcpKeepalive: (options, { shop: scope }) => service(scope, 'new', { circuitBreaker: { tcpKeepalive: { probes: 9, ...options } } }),
  Warmup: (options, { shop: scope }) =>
    service(scope, 'new', { loadBalancing: LoadBalancing.roundRobin({ warmup: { ...WARMUP, ...options } }) }),
  LoadBalancing: ({ name }) => LoadBalancing.byHeader(name),
  HashCookieOptions: (options) => LoadBalancing.byCookie('a', options),
  LocalityRouting: ({ labels }) => LocalityRouting.failoverByLabels(...(labels as string[])),
  RegionFailover: (options) => LocalityRouting.failover({ callersIn: 'a', goTo: 'b', ...options }),
  LocalityShares: (options) => LocalityRouting.distribute({ callersIn: 'a', shares: { a: 100 }, ...options }),
  CanaryReleaseProps: (options, one) => release(one, options),
  HeaderChanges: (options, { shop: scope }) => service(scope, 'new', { requestHeaders: { set: { 'x-a': 'b' }, ...options } }),
  CorsPolicy: (options, { shop: scope }) => service(scope, 'new', { cors: { allowOrigins: ['https://a.com'], ...options } }),
  Rewrite: (options, one) => route(one, { rewrite: options }),
  Redirect: (options, one) => route(one, { redirect: { host: 'a.com', ...options } }),
  DirectResponse: (options, one) => route(one, { directResponse: { status: 503, ...options } }),
  PathRewrite: ({ value, path }) => (path ? PathRewrite.whole(path) : PathRewrite.prefix(value)),
  ReleasedVersion: (options, one) => release(one, { canary: { version: 'v2', image: 'cart:2', ...options } }),
  FurtherVersion: (options, one) => release(one, { others: [{ version: 'v3', image: 'cart:3', ...options }] }),
  SessionCookieOptions: (options) => SessionAffinity.cookie(options),
  ABTestProps: (options, { shop: scope, cart }) => new ABTest(scope, 'look', { service: cart, variants: [VARIANT], ...options }),
  Variant: (options, { shop: scope, cart }) => new ABTest(scope, 'look', { service: cart, variants: [{ ...VARIANT, ...options }] }),
  RequestRoutingProps: (options, one) => routing(one, options),
  RequestRule: (options, one) => routing(one, { rules: [{ to: 'v1', ...options }] }),
  VersionShare: (options, one) => routing(one, { rules: [{ split: [{ version: 'v1', weight: 100, ...options }] }] }),
  TrafficMirrorProps: (options, { shop: scope, cart }) =>
    new TrafficMirror(scope, 'shadow', { service: cart, mirror: { version: 'v2', image: 'cart:2' }, ...options }),
  BlueGreenReleaseProps: (options, { shop: scope, cart }) =>
    new BlueGreenRelease(scope, 'release', { service: cart, green: { version: 'v2', image: 'cart:2' }, live: Color.BLUE, ...options }),
  FaultInjectionProps: (options, one) => fault(one, { delay: DELAY, ...options }),
  FaultDelay: (options, one) => fault(one, { delay: { ...DELAY, ...options } }),
  FaultAbort: (options, one) => fault(one, { abort: { status: 503, ...options } }),
  FlaggerOptions: (options, { shop: scope }) => flagged(scope, options),
  FlaggerWebhook: (options, { shop: scope }) =>
    flagged(scope, { webhooks: [{ name: 'ask', hook: FlaggerHook.EVENT, url: 'http://gate.ops', ...options }] }),
  FlaggerTemplateOptions: (options, { shop: scope }) =>
    flagged(scope, { metrics: [FlaggerMetric.template('baskets', { min: 1, ...options })] }),
  FlaggerMetric: ({ min = 1, name = 'baskets' }) => [FlaggerMetric.successRate(min), FlaggerMetric.template(name, { min: 1 })],
  ArgoRolloutsOptions: (options, { shop: scope }) => rolled(scope, options),
  RolloutMetric: (options, { shop: scope }) => rolled(scope, { metrics: [{ ...ERRORS, ...options }] }),
  RolloutStep: ({ percent }) => RolloutStep.ofWeight(percent),
  RateLimitProps: (options, { shop: scope, cart }) =>
    new RateLimit(scope, 'limit', { service: cart, requests: 5, per: Duration.minutes(1), by: RateLimitKey.header('x-user'), ...options }),
  GlobalRateLimitProps: (options, one) => globalLimit(one, options),
  RateLimitServiceOptions: (options, one) => globalLimit(one, {}, options),
  RateLimitKey: ({ name }) => RateLimitKey.header(name),
  ServiceAlertsProps: (options, { shop: scope, cart }) => new ServiceAlerts(scope, 'alerts', { service: cart, ...options }),
  ServiceObjectivesProps: (options, one) => promised(one, options),
  AlertThresholdsOptions: (options) => AlertThresholds.of(options),
  MeshAlertsProps: (options, { chart }) => new MeshAlerts(chart, 'mesh-alerts', options),
  RuleOptions: (options, one) => promised(one, options),
  LatencyObjective: (options, one) => promised(one, { latency: [{ percentile: 99, below: Duration.millis(300), ...options }] }),
  AlertSeverity: (severity, one) => promised(one, { severity }),
  RequestSizeLimitProps: (options, { shop: scope, cart }) =>
    new RequestSizeLimit(scope, 'limit', { service: cart, maxBytes: 5, ...options }),
  ExternalServiceProps: (options, { shop: scope }) =>
    new ExternalService(scope, 'api', { host: 'api.example.com', port: ExternalPort.https(), ...options }),
  EgressGatewayProps: (options, { shop: scope }) => new EgressGateway(scope, 'egress', options),
  ExternalServiceAttributes: (options, one) => {
    const attributes = { host: 'api.example.com', namespaceName: 'egress', ports: [ExternalPort.https()], ...options };
    one.cart.calls(ExternalService.fromAttributes(one.chart, 'their-api', attributes));
  },
  ExternalNetworkProps: (options, { shop: scope }) =>
    new ExternalNetwork(scope, 'net', { addresses: ['10.0.0.0/8'], ports: [ExternalPort.tcp(5432)], ...options }),
  ExternalPort: ({ port }) => ExternalPort.https(port),
  TlsOriginationOptions: (options, { shop: scope }) => {
    const through = new EgressGateway(scope, 'egress');
    new ExternalService(scope, 'api', { host: 'api.example.com', port: ExternalPort.tlsOrigination(tlsWith(options)), through });
  },
  UnmeshedServiceProps: (options, { shop: scope }) => new UnmeshedService(scope, 'db', { host: HOST, ports, ...options }),
  MeshedServiceAttributes: (options, one) =>
    one.cart.calls(MeshedService.fromAttributes(one.chart, 'invoice', { ...imported, ...options })),
  WrittenServiceAttributes: (options, { chart }) => MeshedService.fromMesh(chart, 'invoice', { mesh: writtenBy(newBilling()), ...options }),
  WrittenNamespaceAttributes: (options, { chart }) =>
    MeshNamespace.fromMesh(chart, 'billing', { mesh: writtenBy(newBilling()), ...options }),
  WrittenMesh: ({ path, text }) => (path === undefined ? WrittenMesh.fromJson(text as string) : WrittenMesh.fromFile(path as string)),
  WrittenMeshOptions: (options) => WrittenMesh.fromJson(meshJsonOf(newBilling().billing), options),
  MeshNamespaceProps: (options, { chart }) => new MeshNamespace(chart, 'more', { dataPlane, ...options }),
  ZeroTrustNamespaceProps: (options, { chart }) => new ZeroTrustNamespace(chart, 'more', { dataPlane, ...options }),
  MeshNamespaceAttributes: (options, { chart }) => MeshNamespace.fromName(chart, 'more', { name: 'more', dataPlane, ...options }),
  SidecarOptions: (options) => DataPlane.sidecar(options),
  AmbientOptions: (options) => DataPlane.ambient(options),
  WaypointCanary: (options) => DataPlane.ambient({ waypointCanary: { weight: 10, ...options } }),
  Waypoint: ({ namespaceName }) => Waypoint.sharedFrom(namespaceName as string),
  IngressGatewayProps: (options, { chart }) => new IngressGateway(chart, 'gateway', { tlsSecret: 'cert', ...options }),
  IngressGatewayAttributes: (options, { chart }) =>
    IngressGateway.fromAttributes(chart, 'public', { namespaceName: 'platform', ...options }),
  ExposeOptions: (options, one) => expose(one, options),
  GatewayCertificate: ({ name }, { chart }) => listening(chart, GatewayListener.https({ certificate: GatewayCertificate.secret(name) })),
  DelegateOptions: (options, one) => {
    const listeners = [GatewayListener.tcp(9000)];
    return new IngressGateway(one.chart, 'gateway', { tlsSecret: 'cert' }).delegateHosts(one.shop, { listeners, ...options });
  },
  Migration: ({ number }) => Migration.wave(number),
  EastWestGatewayProps: (options) => {
    const chart = newChart();
    new Mesh(chart, 'mesh', { cluster: MeshCluster.of('east', { network: 'network-east' }) });
    return new EastWestGateway(chart, 'east-west', { dataPlane: DataPlane.ambient(), ...options });
  },
  MeshCluster: ({ clusterName }) => MeshCluster.of(clusterName),
  MeshClusterOptions: (options) => MeshCluster.of('east', options),
  IstioVersion: ({ version }) => IstioVersion.of(version),
  ProxyPods: (waypointPods) => DataPlane.ambient({ waypointPods }),
  GatewayService: (said, { chart }) => new IngressGateway(chart, 'gateway', { tlsSecret: 'cert', service: said }),
  IstioGatewayPods: ({ release }) => IstioGatewayPods.helmRelease(release),
  HelmGatewayPlace: (options) => IstioGatewayPods.helmRelease('door', options),
  InstalledGatewayPods: (options) => IstioGatewayPods.of({ podLabels: { istio: 'door' }, serviceAccountName: 'door', ...options }),
  SecretPlace: (options) => GatewayCertificate.secret('cert', options),
  CertificateIssuer: (options, { chart }) => {
    const certificate = GatewayCertificate.issuedBy({ issuer: 'us', ...options });
    return listening(chart, GatewayListener.https({ hosts: ['a.example.com'], certificate }));
  },
  GatewayListener: ({ port = 9000, name }) => GatewayListener.tcp(port, name),
  TlsListenerOptions: (options) => GatewayListener.https({ certificate: GatewayCertificate.secret('cert'), ...options }),
  MutualTlsListenerOptions: (options) => GatewayListener.mutualTls({ certificate: GatewayCertificate.secret('cert'), ...options }),
  PlainListenerOptions: (options) => GatewayListener.http(options),
  RedirectListenerOptions: (options) => GatewayListener.redirectToHttps(options),
  PassthroughListenerOptions: (options) => GatewayListener.tlsPassthrough({ hosts: ['a.example.com'], ...options }),
  MeshProps: (options) => new Mesh(newChart(), 'mesh', options),
  ArgoCdFleetProps: (options) =>
    new ArgoCdFleet(newChart(), 'fleet', { clusters: [MeshCluster.of('east')], repository: 'https://a.example.com/b.git', ...options }),
  ArgoCdInstallationProps: (options) => {
    const installation = new IstioInstallation(newChart(), 'istio');
    return new ArgoCdInstallation(installation, 'argo-cd', { installation, ...options });
  },
  FluxFolderProps: (options) =>
    new FluxFolder(newChart(), 'folder', { cluster: MeshCluster.of('east'), repository: 'https://a.example.com/b.git', ...options }),
  FluxInstallationProps: (options) => {
    const installation = new IstioInstallation(newChart(), 'istio');
    return new FluxInstallation(installation, 'flux', { installation, ...options });
  },
  IstioInstallationProps: (options) => new IstioInstallation(newChart(), 'istio', options),
  IstioRevision: (options) => new IstioInstallation(newChart(), 'istio', { revisions: [{ name: 'blue', ...options }] }),
  RemoteOptions: (options) => ControlPlane.remote(MeshCluster.of('east'), options),
  InstalledGateway: ({ name }) => InstalledGateway.ingress(name),
  InstalledGatewayOptions: (options) => InstalledGateway.egress('out', options),
  TenantProps: (options) => new Tenant(newChart(), 'tenant', { namespaces: ['shop'], ...options }),
  MtlsMigration: (options) => MTls.migrating({ until: '2099-12-31', ...options }),
  MTls: ({ reason }) => MTls.disabled(reason),
  MergedMetricsProps: (options, { chart, cart }) => new MergedMetrics(chart, 'metrics', { service: cart, port: 9100, ...options }),
  MetricsScrapingProps: (options, { chart, cart }) =>
    new MetricsScraping(chart, 'metrics', { service: cart, port: 8080, scraper, ...options }),
  AddOnOptions: (options) => AddOn.kiali(options),
  TraceStoreOptions: (options) => AddOn.jaeger(options),
  AddOn: ({ name }) => AddOn.jaeger().tracing(name),
  ProxyMonitorsProps: (options, { chart }) => new ProxyMonitors(chart, 'monitors', options),
  TelemetryProps: (options, { chart }) => new Telemetry(chart, 'telemetry', options),
  DashboardOptions: (options, { chart }) => new MeshDashboard(chart, 'dashboard', options),
  ServiceDashboardProps: (options, { chart, cart }) => new ServiceDashboard(chart, 'dashboard', { service: cart, ...options }),
  ReleaseDashboardProps: (options, { chart, cart }) => new ReleaseDashboard(chart, 'dashboard', { service: cart, ...options }),
  AccessLogOptions: (options, { chart }) => new Telemetry(chart, 'telemetry', { accessLogs: [options] }),
  MetricOverride: (options, { chart }) => new Telemetry(chart, 'telemetry', { metrics: [options] }),
  TraceTag: ({ text = 'a', name, otherwise }) =>
    [
      () => TraceTag.of(text),
      () => TraceTag.formatter(text),
      () => TraceTag.header(name ?? 'a', otherwise),
      () => TraceTag.environment(name ?? 'a', otherwise),
    ].map((make) => make()),
  TelemetryProvider: ({ name = 'a' }) => TelemetryProvider.jsonAccessLog(name),
  CollectorOptions: (options) => TelemetryProvider.zipkin('a', { host: HOST, port: 1, ...options }),
  OpenTelemetryOptions: (options) => TelemetryProvider.openTelemetry('a', { host: HOST, port: 1, ...options }),
  TextLogOptions: (options) => TelemetryProvider.textAccessLog('a', options),
  JsonLogOptions: (options) => TelemetryProvider.jsonAccessLog('a', options),
  TracingOptions: (options, { chart }) => new Mesh(chart, 'mesh', { tracing: { provider: 'tempo', ...options } }),
  InfrastructureProps: (options, one) => closed(one, Infrastructure.of(options)),
  DnsPeer: ({ cidr }, one) => closed(one, Infrastructure.of({ dns: [DnsPeer.nodeLocal(cidr)] })),
  DnsPeerProps: (options) => DnsPeer.of({ namespaceName: 'dns', podLabels, ...options }),
  TelemetryBackend: ({ host = HOST, port = 4317 }) => TelemetryBackend.of(host, port),
  MeshPort: ({ port }) => MeshPort.http(port),
  MeshPortOptions: (options) => MeshPort.http(80, options),
  WorkloadProbe: ({ path, command, args }) =>
    path ? WorkloadProbe.http(path) : WorkloadProbe.exec(command ?? 'a', ...((args ?? []) as string[])),
  GrpcProbeOptions: (options) => WorkloadProbe.grpc(options),
  WorkloadProbeOptions: (options) => [WorkloadProbe.tcp, (each: Options) => WorkloadProbe.http('/', each)].map((make) => make(options)),
  CallOptions: (options, { cart, product }) => cart.calls(product, options),
  EndUser: (options, { cart, product }) => cart.calls(product, { user: { issuer: JwtIssuer.of(ISSUER), ...options } }),
  JwtIssuerProps: (options) => JwtIssuer.of({ ...ISSUER, ...('anyAudience' in options ? { audiences: undefined } : {}), ...options }),
  TokenPlace: ({ name = 'a', prefix }) =>
    [() => TokenPlace.header(name, prefix), () => TokenPlace.cookie(name), () => TokenPlace.query(name)].map((make) => make()),
  ExternalAuthorizer: ({ provider = 'opa' }, { cart }) => ExternalAuthorizer.of(provider, { service: cart }),
  ExternalAuthorizerOptions: (options, { cart }) => ExternalAuthorizer.of('opa', { service: cart, ...options }),
  GatewayRequests: (options, { chart, cart }) =>
    new IngressGateway(chart, 'gateway', { tlsSecret: 'cert' }).askFirst(ExternalAuthorizer.of('opa', { service: cart }), options),
  RefusalOptions: (options, { cart }) => cart.access.denyAnyone(options),
  WeightsOwner: ({ who }) => WeightsOwner.person(who),
  OpenPodSecurityOptions: ({ reason = 'so' }) => PodSecurity.baseline({ reason }),
  ServiceAccess: ({ why }, { cart }) => cart.access.allowAnyone(why),
  Findings: ({ code = 'MESH108', reason = 'so' }, { chart }) => Findings.of(chart).acknowledge(code, reason),
  HttpAccess: ({ paths }) => HttpAccess.get(...(paths as string[])),
  HttpAccessProps: (options) => HttpAccess.of(options),
  RequestMatch: ({ name = 'a', value = 'b', path, prefix, text, method }) => {
    if (method) return RequestMatch.httpMethod(method);
    if (text) return RequestMatch.userAgent(text);
    return path ? RequestMatch.path(path) : prefix ? RequestMatch.pathPrefix(prefix) : RequestMatch.header(name, value);
  },
  ServiceIdentity: ({ namespaceName = 'a', serviceAccountName = 'b' }) => ServiceIdentity.of(namespaceName, serviceAccountName),
  ServiceIdentityOptions: (options) => ServiceIdentity.of('a', 'b', options),
  Callers: ({ namespaceName = 'a', trustDomain = 'b' }) =>
    [() => Callers.ofNamespace(namespaceName), () => Callers.ofTrustDomain(trustDomain)].map((make) => make()),
  MeshQuestion: (options, { chart }) => Verdicts.of(chart).ask({ caller: 'cart', callee: 'product', ...options }),
  ReachQuestion: (options, { chart }) => Verdicts.of(chart).reach({ caller: 'cart', callee: 'product', ...options }),
  Verdicts: ({ text, callee, caller, besides }, { chart }) => {
    if (besides) return Verdicts.of(chart).waysTo('product', ...(besides as string[]));
    if (callee) return Verdicts.of(chart).waysTo(callee);
    return caller ? Verdicts.of(chart).waysFrom(caller) : Verdicts.ofYaml(text);
  },
  YamlFile: (options) => Verdicts.ofFiles({ name: 'a.yaml', text: '', ...options }),
  Condition: ({ name = 'x-a', values = ['b'] }) => Condition.header(name, ...values),
  IpBlocks: ({ blocks = ['10.0.0.7'] }) => [() => IpBlocks.ofPeers(...blocks), () => IpBlocks.ofClients(...blocks)].map((make) => make()),
};

/** The types of options that are plain values; everything else is an object of this library, asked where it is made. */
/** A certificate and its key come together. */
const tlsWith = ({ clientCertificate, privateKey, ...options }: any) =>
  clientCertificate || privateKey
    ? {
        clientCertificate: 'cert',
        privateKey: 'key',
        ...(clientCertificate && { clientCertificate }),
        ...(privateKey && { privateKey }),
        ...options,
      }
    : options;

const PLAIN =
  /^(string|number|boolean|string\[\]|number\[\]|\{ \[\w+: string\]: string(\[\])? \}|Color|CronOverlap|Environment|FlaggerHook|GatewayApi|GatewayServiceType|GrpcStatus|LimiterFailure|MetricsDiscovery|NetworkLayer|PathNormalization|ProxyStart|RateLimitUnit|RequestCounter|RetryCondition\[\]|ServiceScope|MeshAlert\[\]|ServiceAlert\[\]|TaintEffect|TrafficDistribution|UpstreamProtocol|UrlScheme|ZeroTrustStage)$/;
const FOR_BACK_ENDS = ['Deferred', 'DeferredPart', 'ForeignFields', ...REPORTED];

/** `Type.option` of everything plain that a program says, with its type. */
const options = new Map(
  publicTypes()
    .filter(({ name }) => !FOR_BACK_ENDS.includes(name!.text) && !/^I[A-Z]/.test(name!.text))
    .flatMap((type) => publicMembers(type).flatMap((member) => plainIn(type, member))),
);

function plainIn(type: PublicType, member: Member): [string, string][] {
  const said = ts.isPropertySignature(member) ? [member] : [...parametersOf(member)];
  return said
    .map((option): [string, string] => [nameOf(option), option.type?.getText() ?? ''])
    .filter(([name, kind]) => PLAIN.test(kind) && name !== 'id')
    .map(([name, kind]) => [`${type.name!.text}.${name}`, kind]);
}

/** `Type.option` of the rows of a table, with the columns in which types and options stand. */
function rowsOf(section: string): string[] {
  const [, text] = read('docs/deferred-values.md').split(`## ${section}`);
  const words = (cell: string): string[] => [...cell.matchAll(/`(\w+)`/g)].map(([, word]) => word);
  const rows = text
    .split('\n## ')[0]
    .split('\n')
    .filter((line) => line.startsWith('|'));
  return rows.flatMap((row) => {
    const [, types, names] = row.split('|');
    return words(types).flatMap((type) => words(names).map((name) => `${type}.${name}`));
  });
}

const mayBeLater = rowsOf('May be known only later');
const hasToBeKnown = rowsOf('Has to be known when the program runs');

/** A list of enums takes no other text, whatever comes after it. */
const FIRST_OF_ENUMS: Readonly<Record<string, string>> = {
  'RetryCondition[]': RetryCondition.RESET,
  'MeshAlert[]': MeshAlert.PLAINTEXT,
  'ServiceAlert[]': ServiceAlert.ERRORS,
};

/** Values of an option that are known only later: as a whole, and in part. */
function marksFor(type: string): unknown[] {
  if (type === 'number') return [Deferred.number(7)];
  if (type.endsWith('string[] }')) return [{ team: Deferred.list(7) }, { team: ['a', Deferred.text(7)] }];
  if (type.startsWith('{')) return [{ team: Deferred.text(7) }, { team: `a-${Deferred.number(7)}` }];
  if (type === 'number[]') return [Deferred.list(7), [5, Deferred.number(7)]];
  const first = FIRST_OF_ENUMS[type] ?? 'a';
  if (type.endsWith('[]')) return [Deferred.list(7), [first, Deferred.text(7)], [first, ...Deferred.list(7)]];
  return [Deferred.text(7), `a-${Deferred.text(7)}.example`, `a-${Deferred.number(7)}`];
}

const cases = (names: readonly string[]) =>
  names.flatMap((name) => marksFor(options.get(name) ?? '').map((value): [string, unknown] => [name, value]));

function declare(name: string, value: unknown): () => Shop {
  const [type, option] = name.split('.');
  const one = shop({ dataPlane });
  return () => {
    PROGRAMS[type]({ [option]: value }, one);
    return one;
  };
}

describe('a value that is known only later', () => {
  it('is decided for every option, on the page that users read', () => {
    expect([...mayBeLater, ...hasToBeKnown].sort()).toEqual([...options.keys()].sort());
  });

  it.each(cases(mayBeLater))('is passed on to an object: %s %p', (name, value) => {
    const { chart } = declare(name, value)();
    const written = JSON.stringify(name.startsWith('TracingOptions') ? chart.toJson() : manifests(chart));
    const marks = [value].flat().flatMap((each) => (typeof each === 'object' ? Object.values(each as object) : [each]));
    expect(marks.filter((mark) => !written.includes(typeof mark === 'string' ? mark : String(mark)))).toEqual([]);
  });

  const refused =
    /^MESH037 at .*: .* decides .*\n  got: (a value that is known only later|.*<known later>.*)\n  fix: give a value that is known .*\n  declared at: /;

  it.each(cases(hasToBeKnown))('fails: %s %p', (name, value) => {
    expect(declare(name, value)).toThrow(refused);
  });

  it.each<[string, (text: string) => unknown]>([
    ['a cookie', (text) => RequestMatch.cookie('a', text)],
    ['a query parameter', (text) => RequestMatch.queryParam(text, 'a')],
    ['requests that are refused', (text) => HttpAccess.post(text)],
    ['any method', (text) => HttpAccess.anyMethod('/a', text)],
    ['a reason', (text) => declare('CallOptions.port', 8080)().cart.access.allowAnyone(`for ${text}`)],
    ['an id', (text) => new MeshNamespace(newChart(), text, { dataPlane })],
    ['an id below', (text) => service(declare('CallOptions.port', 8080)().shop, text)],
    ['the namespace of a chart', (text) => service(newChart('test', { namespace: text }), 'cart')],
    ['a variable', (text) => service(newChart(), 'cart', { env: { [text]: 'a' } })],
    ['a label', (text) => new MeshNamespace(newChart(), 'shop', { dataPlane, labels: { [text]: 'a' } })],
  ])('fails as %s', (_, act) => {
    expect(() => act(Deferred.text(1))).toThrow(refused);
    expect(() => act(`a${Deferred.number(1)}`)).toThrow(refused);
  });

  it('fails with the name of the option, its construct and the line', () => {
    const { chart } = shop({ dataPlane });
    const refusal = { code: 'MESH037', fix: 'known when the program runs', got: 'a value that is known only later' };
    expectRefusal(() => new Mesh(chart, 'mesh', { tracing: { provider: Deferred.text(1) } }), { ...refusal, path: 'test/mesh' });
    expect(() => new Mesh(newChart(), 'mesh', { tracing: { provider: Deferred.text(1) } })).toThrow('test/mesh: tracing.provider decides');
    expect(() => service(newChart(), 'cart', { env: { [Deferred.text(1)]: 'a' } })).toThrow('test/cart: a key of env decides');
  });
});
