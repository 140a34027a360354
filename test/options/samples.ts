import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, type Chart, Duration } from 'cdk8s';
import * as library from 'istio-constructs';
import { DataPlane, MeshedService } from 'istio-constructs';
import { edgeGateway, newChart, service, type Shop, shop } from '../builders';
import { type Parameter, type PublicCall, structOf, structs } from './public-calls';

type Values = Readonly<Record<string, unknown>>;

const dataPlane = DataPlane.sidecar();
const ports = [library.MeshPort.http(8080)];
const MATCH = library.RequestMatch.header('x-look', 'new');
const rules = (): Values[] => [
  { match: [MATCH], redirect: { host: 'a.com' } },
  { match: [library.RequestMatch.path('/b')], directResponse: { status: 503 } },
  {
    split: [{ version: 'v2', weight: 5 }],
    timeout: Duration.seconds(5),
    retries: { attempts: 1, budget: { percent: 20 } },
    rewrite: { authority: 'a.com' },
    requestHeaders: { set: { 'x-a': 'b' } },
    responseHeaders: { set: { 'x-a': 'b' } },
    cors: { allowOrigins: ['https://a.com'] },
  },
];
const certificate = () => library.GatewayCertificate.secret('cert');
const pods = () => ({ autoscaling: { maxReplicas: 5 }, resources: {} });
const rolloutMetric = () => ({ name: 'errors', query: 'sum(errors)', successCondition: 'result[0] < 1' });
const ISSUER = { issuer: 'https://id.example.com', audiences: ['shop'] };
const HOST = 'db.databases.svc.cluster.local';

/** A world to try calls in. */
export interface World extends Shop {
  readonly workload: ApiObject;
  readonly imported: library.IMeshedService;
  /** A service that speaks gRPC. */
  readonly counter: library.MeshedService;
}

export function newWorld(): World {
  const one = shop({ dataPlane });
  const template = { spec: { containers: [{ name: 'main' }] } };
  const metadata = { name: 'legacy', namespace: 'shop' };
  const workload = new ApiObject(one.chart, 'legacy', { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { template } });
  const imported = MeshedService.fromAttributes(one.chart, 'invoice', { namespaceName: 'billing', ports, dataPlane });
  const counter = service(one.shop, 'counter', { ports: [library.MeshPort.grpc(8081)] });
  return { ...one, workload, imported, counter };
}

/** What another program has written: a service in a namespace, both called as whatever is new here. */
function meshJson(): string {
  const chart = newChart('theirs');
  service(new library.MeshNamespace(chart, 'new', { dataPlane }), 'new');
  return library.MeshReport.of(chart).toJson();
}

function meshFile(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'written-')), 'mesh.json');
  writeFileSync(file, meshJson());
  return file;
}

const elsewhere = () => library.WrittenMesh.fromJson(meshJson());

const shaped = (): Values => ({
  requestHeaders: { set: { 'x-a': 'b' } },
  responseHeaders: { set: { 'x-a': 'b' } },
  cors: { allowOrigins: ['https://a.com'] },
});
const spans = () => ({ interval: Duration.seconds(30), timeout: Duration.seconds(5) });
const breaker = () => ({ upstreamProtocol: library.UpstreamProtocol.HTTP2, tcpKeepalive: { probes: 3 }, http2Keepalive: spans() });

const finishing = (): Values => ({
  image: 'web:1',
  resources: {},
  initContainers: [{ name: 'first', image: 'a:1' }],
  tolerations: [{ key: 'gpu' }],
});
const running = (): Values => ({ ...finishing(), gracefulShutdown: { drain: Duration.seconds(30) } });

/** Options of types whose own names of options do not say what to give: all that are required, and every one that has options of its own. */
export const OPTIONS: Readonly<Record<string, (world: World) => Values>> = {
  ABTestProps: ({ cart }) => ({ service: cart, variants: [{ version: 'v2', image: 'cart:2', match: [MATCH] }] }),
  ArgoRolloutsOptions: () => ({ steps: [library.RolloutStep.ofWeight(10)], metrics: [rolloutMetric()] }),
  Autoscaling: () => ({ maxReplicas: 5 }),
  BlueGreenReleaseProps: ({ cart }) => ({ service: cart, green: { version: 'v2', image: 'cart:2' }, live: library.Color.BLUE }),
  CanaryReleaseProps: ({ cart }) => ({
    service: cart,
    canary: { version: 'v2', image: 'cart:2' },
    weight: 5,
    others: [{ version: 'v3', image: 'cart:3' }],
  }),
  CanaryVersion: () => ({ version: 'v2', image: 'cart:2' }),
  CircuitBreaker: breaker,
  CorsPolicy: () => ({ allowOrigins: ['https://a.com'] }),
  DirectResponse: () => ({ status: 503 }),
  DnsPeerProps: () => ({ namespaceName: 'dns', podLabels: { app: 'dns' } }),
  ExposeOptions: () => ({
    host: 'shop.example.com',
    rewrite: { authority: 'a.com' },
    redirect: { host: 'a.com' },
    user: { issuer: library.JwtIssuer.of(ISSUER) },
    usersAtGateway: [{ issuer: library.JwtIssuer.of(ISSUER) }],
    reason: 'for those on call',
  }),
  ExternalNetworkProps: () => ({ addresses: ['10.0.0.0/8'], ports: [library.ExternalPort.tcp(5432)] }),
  ExternalServiceAttributes: () => ({ host: 'api.example.com', namespaceName: 'theirs', ports: [library.ExternalPort.https()] }),
  ExternalServiceProps: () => ({ host: 'api.example.com', port: library.ExternalPort.https() }),
  EndUser: () => ({ issuer: library.JwtIssuer.of(ISSUER), claims: { role: ['clerk'] } }),
  ExternalAuthorizerOptions: ({ counter }) => ({ service: counter }),
  GatewayRequests: () => ({ hosts: ['a.com'] }),
  FaultAbort: () => ({ status: 503 }),
  FaultDelay: () => ({ duration: Duration.seconds(5) }),
  FaultInjectionProps: ({ cart }) => ({ service: cart, delay: { duration: Duration.seconds(5) }, abort: { status: 503 } }),
  FlaggerOptions: () => ({
    interval: Duration.minutes(1),
    metrics: [library.FlaggerMetric.successRate(99)],
    webhooks: [{ name: 'ask', hook: library.FlaggerHook.EVENT, url: 'http://gate.ops' }],
  }),
  FlaggerTemplateOptions: () => ({ min: 1 }),
  FlaggerWebhook: () => ({ name: 'ask', hook: library.FlaggerHook.EVENT, url: 'http://gate.ops' }),
  HeaderChanges: () => ({ set: { 'x-a': 'b' } }),
  GlobalRateLimitProps: ({ cart, counter }) => ({
    service: cart,
    limiter: library.RateLimitService.of(counter),
    requests: 5,
    per: library.RateLimitUnit.MINUTE,
  }),
  CertificateIssuer: () => ({ issuer: 'letsencrypt' }),
  PassthroughListenerOptions: () => ({ hosts: ['a.com'] }),
  IngressGatewayProps: () => ({ tlsSecret: 'cert', listeners: [library.GatewayListener.redirectToHttps()], pods: pods(), service: {} }),
  HelmGatewayPlace: () => ({ namespaceName: 'istio-ingress', targetPorts: { '443': 8443 } }),
  InstalledGatewayPods: () => ({ podLabels: { istio: 'ingressgateway' }, serviceAccountName: 'door', targetPorts: { '443': 8443 } }),
  DelegateOptions: () => ({ listeners: [library.GatewayListener.tcp(9000)] }),
  AmbientOptions: () => ({ waypointPods: pods(), waypointCanary: { weight: 5, pods: pods() } }),
  WrittenNamespaceAttributes: () => ({ mesh: elsewhere() }),
  WrittenServiceAttributes: () => ({ mesh: elsewhere() }),
  WrittenMeshOptions: () => ({ cluster: 'theirs' }),
  WaypointCanary: () => ({ weight: 5, pods: pods() }),
  MtlsMigration: () => ({ until: '2099-12-31', reason: 'an importer' }),
  JwtIssuerProps: () => ({ ...ISSUER, tokenPlaces: [library.TokenPlace.cookie('session')] }),
  MeshNamespaceAttributes: () => ({ name: 'theirs', dataPlane }),
  GracefulShutdown: () => ({ drain: Duration.seconds(30) }),
  InitContainer: () => ({ name: 'first', image: 'a:1' }),
  MeshedCronJobProps: () => ({ schedule: '@daily', ...finishing() }),
  MeshedDaemonSetProps: () => ({
    ...running(),
    ports,
    retries: { attempts: 1, budget: { percent: 20 } },
    circuitBreaker: breaker(),
    ...shaped(),
  }),
  MeshedJobProps: finishing,
  MeshedStatefulSetProps: () => ({
    ...running(),
    ports,
    volumeClaims: [{ name: 'data', path: '/data', sizeGibibytes: 1 }],
    retries: { attempts: 1, budget: { percent: 20 } },
    circuitBreaker: breaker(),
    ...shaped(),
  }),
  MeshedWorkerProps: () => ({ ...running(), autoscaling: { maxReplicas: 5 } }),
  PodToleration: () => ({ key: 'gpu' }),
  VirtualMachine: () => ({ address: '10.20.0.5', locality: 'eu/a', labels: { disk: 'ssd' } }),
  VirtualMachinesProps: () => ({
    ports,
    machines: [{ address: '10.20.0.5' }],
    retries: { attempts: 1, budget: { percent: 20 } },
    circuitBreaker: breaker(),
  }),
  VolumeClaim: () => ({ name: 'data', path: '/data', sizeGibibytes: 1 }),
  TenantProps: () => ({ namespaces: ['theirs'] }),
  ArgoCdFleetProps: () => ({
    clusters: [library.MeshCluster.of('east')],
    repository: 'https://git.example.com/acme/mesh.git',
    labels: { team: 'platform' },
  }),
  ArgoCdInstallationProps: ({ chart }) => ({ installation: new library.IstioInstallation(chart, 'istio'), labels: { team: 'platform' } }),
  FluxFolderProps: () => ({
    cluster: library.MeshCluster.of('east'),
    repository: 'https://git.example.com/acme/mesh.git',
    labels: { team: 'platform' },
  }),
  FluxInstallationProps: ({ chart }) => ({ installation: new library.IstioInstallation(chart, 'istio'), labels: { team: 'platform' } }),
  RemoteOptions: () => ({ discoveryAddress: '203.0.113.10' }),
  IstioInstallationProps: () => ({
    contexts: { west: 'w' },
    revisions: [{ name: 'blue' }],
    istiodPods: { autoscaling: { maxReplicas: 3 }, resources: {} },
  }),
  MeshProps: () => ({ tracing: { provider: 'tempo' } }),
  MeshedServiceAttributes: () => ({ namespaceName: 'theirs', ports, dataPlane }),
  MeshedServiceProps: () => ({
    ...running(),
    ports,
    retries: { attempts: 1, budget: { percent: 20 } },
    circuitBreaker: breaker(),
    autoscaling: { maxReplicas: 5 },
    ...shaped(),
  }),
  LoadBalancingOptions: () => ({ warmup: { duration: Duration.minutes(1) } }),
  LocalityShares: () => ({ callersIn: 'eu-west-1/*', shares: { 'eu-west-1/*': 100 } }),
  MeshedWorkloadProps: () => ({ ports, retries: { attempts: 1, budget: { percent: 20 } }, circuitBreaker: breaker(), ...shaped() }),
  RateLimitProps: ({ cart }) => ({ service: cart, requests: 5, per: Duration.minutes(1) }),
  RateLimitServiceOptions: () => ({ domain: 'shop' }),
  Redirect: () => ({ host: 'a.com' }),
  RegionFailover: () => ({ callersIn: 'eu-west-1', goTo: 'eu-central-1' }),
  RequestSizeLimitProps: ({ cart }) => ({ service: cart, maxBytes: 5 }),
  AlertThresholdsOptions: () => ({ errorPercent: 0.5 }),
  ServiceAlertsProps: ({ cart }) => ({ service: cart, severity: { urgent: 'page' } }),
  MeshAlertsProps: () => ({ severity: { urgent: 'page' } }),
  AlertSeverity: () => ({ urgent: 'page' }),
  LatencyObjective: () => ({ percentile: 99, below: Duration.millis(300) }),
  ServiceObjectivesProps: ({ cart }) => ({
    service: cart,
    availability: 99.9,
    latency: [{ percentile: 99, below: Duration.millis(300) }],
    severity: { urgent: 'page' },
  }),
  ReleasedVersion: () => ({ version: 'v2', image: 'cart:2' }),
  RequestRoutingProps: ({ cart }) => ({
    service: cart,
    versions: [{ version: 'v2', image: 'cart:2' }],
    rules: rules(),
  }),
  RetryBudget: () => ({ percent: 20 }),
  RetryPolicy: () => ({ attempts: 1, budget: { percent: 20 } }),
  RolloutMetric: rolloutMetric,
  Rewrite: () => ({ authority: 'a.com' }),
  TrafficMirrorProps: ({ cart }) => ({ service: cart, mirror: { version: 'v2', image: 'cart:2' } }),
  MeshQuestion: () => ({ caller: 'cart', callee: 'product' }),
  ReachQuestion: () => ({ caller: 'cart', callee: 'product' }),
  YamlFile: () => ({ name: 'mesh.yaml', text: '' }),
  TracingOptions: () => ({ provider: 'tempo', customTags: { team: library.TraceTag.of('buyers') } }),
  MergedMetricsProps: ({ cart }) => ({ service: cart, port: 9100 }),
  MetricsScrapingProps: ({ cart }) => ({
    service: cart,
    port: 8080,
    discovery: library.MetricsDiscovery.SERVICE,
    scraper: library.ServiceIdentity.of('monitoring', 'prometheus', { dataPlane: library.DataPlane.ambient() }),
    labels: { release: 'prometheus' },
  }),
  AddOnOptions: () => ({ namespaceName: 'monitoring', dataPlane, podLabels: { app: 'x' }, port: ports[0] }),
  TraceStoreOptions: () => ({ namespaceName: 'monitoring', dataPlane, podLabels: { app: 'x' }, port: ports[0], spanPorts: [4317] }),
  ObservabilityAddOnsProps: () => ({ addOns: [library.AddOn.kiali(), library.AddOn.jaeger()] }),
  ProxyMonitorsProps: () => ({ labels: { release: 'prometheus' } }),
  DashboardOptions: () => ({ labels: { grafana_dashboard: '1' }, datasource: 'prom' }),
  ServiceDashboardProps: ({ cart }) => ({ service: cart, datasource: 'prom', countedBy: library.RequestCounter.CALLERS }),
  ReleaseDashboardProps: ({ cart }) => ({ service: cart, datasource: 'prom', countedBy: library.RequestCounter.CALLERS }),
  TelemetryProps: ({ cart }) => ({
    service: cart,
    tracing: { provider: 'tempo' },
    accessLogs: [{ provider: 'json' }],
    metrics: [{ customMetric: 'orders', tags: { method: 'request.method' }, removeTags: ['host'] }],
  }),
  AccessLogOptions: () => ({ provider: 'json' }),
  MetricOverride: () => ({ customMetric: 'orders' }),
  CollectorOptions: () => ({ host: HOST, port: 4317 }),
  OpenTelemetryOptions: () => ({ host: HOST, port: 4317 }),
  TextLogOptions: () => ({ format: '%RESPONSE_CODE%' }),
  JsonLogOptions: () => ({ fields: { status: '%RESPONSE_CODE%' } }),
};

/** Values of the other parameters, by name. */
const VALUES: Readonly<Record<string, (world: World) => unknown>> = {
  certificate,
  tenant: ({ shop: tenant }) => tenant,
  args: () => ['a'],
  command: () => 'test',
  key: () => 'password',
  values: () => 'acme',
  variable: () => 'PASSWORD',
  apiObject: ({ workload }) => workload,
  callee: ({ product }) => product,
  clusterName: () => 'east',
  caller: ({ product }) => product,
  cidr: () => '10.0.0.10/32',
  code: () => 'MESH206',
  otherwise: () => 'none',
  dataPlane: () => dataPlane,
  host: () => HOST,
  id: () => 'new',
  besides: () => 'shop/web',
  files: () => ({ name: 'mesh.yaml', text: '' }),
  labels: () => 'topology.kubernetes.io/zone',
  localities: () => ({ callersIn: 'eu-west-1/*', shares: { 'eu-west-1/*': 100 } }),
  name: () => 'x-user',
  namespaceName: () => 'legacy',
  matches: () => [MATCH],
  method: () => 'GET',
  path: () => '/a',
  paths: () => '/a',
  port: () => 8080,
  ports: () => ports,
  prefix: () => '/a',
  regions: () => ({ callersIn: 'eu-west-1', goTo: 'eu-central-1' }),
  max: () => Duration.seconds(1),
  min: () => 99,
  addOn: () => library.AddOn.kiali(),
  gateway: ({ chart }) => edgeGateway(chart, dataPlane),
  authorizer: ({ counter }) => library.ExternalAuthorizer.of('opa', { service: counter }),
  percent: () => 10,
  provider: () => 'opa',
  clients: () => library.IpBlocks.ofClients('10.0.0.0/8'),
  reason: () => 'it has to be',
  why: () => 'it has to be',
  release: () => 'istio-ingressgateway',
  scope: ({ shop: namespace }) => namespace,
  service: ({ cart }) => cart,
  serviceAccountName: () => 'web',
  text: () => 'b',
  value: () => 'b',
  who: () => 'me',
  primary: () => library.MeshCluster.of('east', { gatewayAddresses: ['203.0.113.10'] }),
  workload: ({ workload }) => workload,
};

const SCOPES: Readonly<Record<string, (world: World) => Chart>> = {
  'Mesh.constructor': ({ chart }) => chart,
  'ArgoCdInstallation.constructor': ({ chart }) => chart,
  'ArgoCdFleet.constructor': ({ chart }) => chart,
  'FluxFolder.constructor': ({ chart }) => chart,
  'FluxInstallation.constructor': ({ chart }) => chart,
  'IstioInstallation.constructor': ({ chart }) => chart,
  'EastWestGateway.constructor': ({ chart }) => onNetwork(chart),
  'MeshNamespace.constructor': ({ chart }) => chart,
  'MeshNamespace.fromName': ({ chart }) => chart,
  'MeshNamespace.fromMesh': ({ chart }) => chart,
  'MeshedService.fromMesh': ({ chart }) => chart,
  'ZeroTrustNamespace.constructor': ({ chart }) => chart,
  'MeshedService.fromAttributes': ({ chart }) => chart,
};

/** A cluster on a network, which a gateway between networks is for. */
function onNetwork(chart: Chart): Chart {
  if (!chart.node.tryFindChild('on-network')) {
    new library.Mesh(chart, 'on-network', { cluster: library.MeshCluster.of('east', { network: 'near' }) });
  }
  return chart;
}

export function sampleOf(call: PublicCall, { name, type }: Parameter, world: World): unknown {
  if (name === 'id' && call.owner === 'Deferred') return 7;
  if (call.label === 'Verdicts.ofYaml') return '';
  if (call.label === 'WrittenMesh.fromJson' && name === 'text') return meshJson();
  if (call.label === 'WrittenMesh.fromFile' && name === 'path') return meshFile();
  const sample = name === 'scope' ? (SCOPES[call.label] ?? VALUES.scope) : (OPTIONS[type] ?? VALUES[name]);
  if (sample) return sample(world);
  if (structs.has(type)) return optionsByName(call, type, world);
  throw new Error(`test/options/samples.ts has nothing to pass as ${call.label}(${name}: ${type})`);
}

/** What options need, where no others are at hand: those that must be given, and those that have options of their own. */
function optionsByName(call: PublicCall, type: string, world: World): Record<string, unknown> {
  const needed = structs.get(type)!.filter((option) => !option.isOptional || structOf(option));
  return Object.fromEntries(needed.map((option) => [option.name, sampleOf(call, option, world)]));
}

const INSTANCES: Readonly<Record<string, (world: World) => object>> = {
  AddOn: () => library.AddOn.jaeger(),
  ExternalService: ({ shop: at }) =>
    new library.ExternalService(at, 'api', { host: 'api.example.com', port: library.ExternalPort.https() }),
  Findings: ({ chart }) => library.Findings.of(chart),
  IIngressGateway: ({ chart }) => edgeGateway(chart, dataPlane),
  IDelegatedListeners: ({ chart, shop: tenant }) =>
    edgeGateway(chart, dataPlane).delegateHosts(tenant, {
      listeners: [library.GatewayListener.https({ hosts: ['shop.example.com'], certificate: certificate() })],
    }),
  IMeshedService: ({ imported }) => imported,
  IngressGateway: ({ chart }) => edgeGateway(chart, dataPlane),
  MeshedCronJob: ({ shop: namespace }) => new library.MeshedCronJob(namespace, 'cron', { image: 'a:1', schedule: '@daily' }),
  MeshedDaemonSet: ({ shop: namespace }) => new library.MeshedDaemonSet(namespace, 'agent', { image: 'a:1', ports }),
  MeshedJob: ({ shop: namespace }) => new library.MeshedJob(namespace, 'job', { image: 'a:1' }),
  MeshedService: ({ cart }) => cart,
  MeshedStatefulSet: ({ shop: namespace }) => new library.MeshedStatefulSet(namespace, 'set', { image: 'a:1', ports }),
  MeshedWorker: ({ shop: namespace }) => new library.MeshedWorker(namespace, 'worker', { image: 'a:1' }),
  ObservabilityAddOns: ({ chart }) => new library.ObservabilityAddOns(chart, 'add-ons', { addOns: [library.AddOn.kiali()] }),
  ServiceAccess: ({ cart }) => cart.access,
  VirtualMachines: ({ shop: namespace }) => new library.VirtualMachines(namespace, 'vm', { ports, cidrs: ['10.21.0.0/24'] }),
  Verdicts: ({ chart }) => library.Verdicts.of(chart),
};

/** Calls a member of the library with these values. */
export function make({ owner, member, isStatic, label }: PublicCall, values: readonly unknown[], world: World): unknown {
  const type = (library as unknown as Readonly<Record<string, new (...values: readonly unknown[]) => object>>)[owner];
  if (member === 'constructor') return new type(...values);
  const instance = isStatic ? () => type : INSTANCES[owner];
  if (!instance) throw new Error(`test/options/samples.ts has no instance for ${label}`);
  const target = instance(world) as Readonly<Record<string, (...values: readonly unknown[]) => unknown>>;
  return target[member](...values);
}

/** What may stand where a type is expected, and what may not. */
const ANYTHING: Readonly<Record<string, unknown>> = {
  text: 'cat',
  number: 5,
  flag: true,
  null: null,
  list: [],
  object: {},
  function: () => 5,
  map: new Map([['key', 'value']]),
  port: library.MeshPort.http(80),
  duration: Duration.seconds(5),
};

const FITS: Readonly<Record<string, readonly string[]>> = {
  string: ['text'],
  number: ['number'],
  boolean: ['flag'],
  Duration: ['duration'],
  MeshPort: ['port'],
};

/** Values that are none of a type; of a list also lists of such, and of an object of texts such objects. */
export function wrongFor(type: string): unknown[] {
  if (type === 'unknown') return [];
  if (type.endsWith('[]')) {
    const items = wrongFor(type.slice(0, -2)).map((item) => [item]);
    return [...without(['list']), ...items];
  }
  if (type.startsWith('{'))
    return [...without(['object']), { key: type.includes(': number') ? 'cat' : 5 }, { key: null }, { key: undefined }];
  return without(FITS[type] ?? (structs.has(type) ? ['object'] : []));
}

function without(fitting: readonly string[]): unknown[] {
  return Object.entries(ANYTHING)
    .filter(([name]) => !fitting.includes(name))
    .map(([, value]) => value);
}
