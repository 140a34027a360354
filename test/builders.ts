import { App, Chart, type ChartProps, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  BlueGreenRelease,
  type BlueGreenReleaseProps,
  CanaryRelease,
  type CanaryReleaseProps,
  Color,
  DataPlane,
  ExternalPort,
  ExternalService,
  type Infrastructure,
  IngressGateway,
  MeshedService,
  type MeshedServiceProps,
  MeshNamespace,
  MeshPort,
  MeshReport,
  ZeroTrustNamespace,
} from 'istio-constructs';

/** A rendered object. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** A small shop: two services in a closed namespace, one in another. */
export interface Shop {
  readonly chart: Chart;
  readonly shop: ZeroTrustNamespace;
  readonly payments: ZeroTrustNamespace;
  readonly cart: MeshedService;
  readonly product: MeshedService;
  readonly payment: MeshedService;
}

export function shop(plane: { readonly dataPlane: DataPlane }, cart: Partial<MeshedServiceProps> = {}): Shop {
  const chart = newChart();
  const closed = (id: string) => new ZeroTrustNamespace(chart, id, { dataPlane: plane.dataPlane });
  const [shopNamespace, payments] = [closed('shop'), closed('payments')];
  return {
    chart,
    shop: shopNamespace,
    payments,
    cart: service(shopNamespace, 'cart', cart),
    product: service(shopNamespace, 'product'),
    payment: service(payments, 'payment'),
  };
}

export function newChart(id = 'test', props: ChartProps = {}): Chart {
  return new Chart(new App(), id, props);
}

/** A service with one HTTP port, 8080, unless said otherwise. */
export function service(scope: Construct, id: string, props: Partial<MeshedServiceProps> = {}): MeshedService {
  const image = props.workload ? undefined : `registry.example.com/${id}:1.0.0`;
  return new MeshedService(scope, id, { image, ports: [MeshPort.http(8080)], ...props });
}

/** Version v2 of a service, at 10 percent unless said otherwise. */
export function canary(cart: MeshedService, props: Partial<CanaryReleaseProps> = {}): CanaryRelease {
  const scope = cart.node.scope as Construct;
  const share = props.steps || props.weight !== undefined ? {} : { weight: 10 };
  const version = { version: 'v2', image: 'registry.example.com/canary:2.0.0' };
  return new CanaryRelease(scope, `${cart.serviceName}-release`, { service: cart, canary: version, ...share, ...props });
}

/** Version v2 of a service as green, beside blue that is live unless said otherwise. */
export function blueGreen(cart: MeshedService, props: Partial<BlueGreenReleaseProps> = {}): BlueGreenRelease {
  const scope = cart.node.scope as Construct;
  const green = { version: 'v2', image: 'registry.example.com/green:2.0.0' };
  return new BlueGreenRelease(scope, `${cart.serviceName}-green`, { service: cart, green, live: Color.BLUE, ...props });
}

/** The NetworkPolicy over all pods of a closed namespace. */
export function infrastructurePolicy(
  plane: { readonly dataPlane: DataPlane },
  infrastructure?: Infrastructure,
): NonNullable<Manifest['spec']> {
  const chart = newChart();
  new ZeroTrustNamespace(chart, 'shop', { dataPlane: plane.dataPlane, infrastructure });
  return spec(chart, 'NetworkPolicy', 'infrastructure');
}

/** A gateway in an open namespace `edge`. */
export function edgeGateway(chart: Chart, dataPlane: DataPlane): IngressGateway {
  const edge = new MeshNamespace(chart, 'edge', { dataPlane });
  return new IngressGateway(edge, 'gateway', { tlsSecret: 'shop-cert' });
}

export function external(scope: Construct, id: string, host = 'api.example.com'): ExternalService {
  return new ExternalService(scope, id, { host, port: ExternalPort.https() });
}

export function manifests(chart: Chart): Manifest[] {
  return Testing.synth(chart) as Manifest[];
}

/** The one object of this kind and name; fails when there is none, or more than one. */
export function manifest(chart: Chart, kind: string, name: string, namespace?: string): Manifest {
  const found = manifests(chart).filter(
    (object) =>
      object.kind === kind && object.metadata.name === name && (namespace === undefined || object.metadata.namespace === namespace),
  );
  if (found.length === 1) return found[0];
  const there = names(chart, kind).join(', ') || 'none';
  throw new Error(`expected one ${kind} ${[namespace, name].filter(Boolean).join('/')}, found ${found.length}; there is: ${there}`);
}

export function spec(chart: Chart, kind: string, name: string, namespace?: string): Readonly<Record<string, unknown>> {
  return manifest(chart, kind, name, namespace).spec ?? {};
}

/** The policy by which a service lets callers in, under its name at whoever decides: the pods' own proxy, or the waypoint. */
export function grant(chart: Chart, callee: string, namespace?: string): Readonly<Record<string, unknown>> {
  return deciding(chart, callee, '', namespace);
}

/** The same of the policy by which it refuses them. */
export function denial(chart: Chart, callee: string, namespace?: string): Readonly<Record<string, unknown>> {
  return deciding(chart, callee, '-deny', namespace);
}

function deciding(chart: Chart, callee: string, suffix: string, namespace?: string): Readonly<Record<string, unknown>> {
  const atWaypoint = `${callee}-waypoint${suffix}`;
  const isThere = manifests(chart).some(({ kind, metadata }) => kind === 'AuthorizationPolicy' && metadata.name === atWaypoint);
  return spec(chart, 'AuthorizationPolicy', isThere ? atWaypoint : `${callee}${suffix}`, namespace);
}

/** `namespace/name` of every object of a kind, in the order of the output. */
export function names(chart: Chart, kind: string): string[] {
  return manifests(chart)
    .filter((object) => object.kind === kind)
    .map(({ metadata }) => [metadata.namespace, metadata.name].filter(Boolean).join('/'));
}

/** Codes of what the rules found, at a construct and below it. */
export function findingCodes(scope: Construct): string[] {
  const { path } = scope.node;
  return MeshReport.of(scope)
    .findings.filter((finding) => `${finding.path}/`.startsWith(path === '' ? '' : `${path}/`))
    .map((finding) => finding.code);
}

/** Identity of the pods under a ServiceAccount, as policies write it. */
export function principal(namespace: string, account: string): string {
  return `cluster.local/ns/${namespace}/sa/${account}`;
}

/** A NetworkPolicy peer: pods of a namespace. */
export function pods(namespace: string, matchLabels?: Readonly<Record<string, string>>): object {
  const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': namespace } };
  return matchLabels ? { namespaceSelector, podSelector: { matchLabels } } : { namespaceSelector };
}

/** A NetworkPolicy peer: the pods that Istio makes for a Gateway, which a waypoint is as well. */
export function gatewayPods(namespace: string, name = 'waypoint'): object {
  return pods(namespace, { 'gateway.networking.k8s.io/gateway-name': name });
}

/** Ports of a NetworkPolicy rule. */
export function tcp(...ports: number[]): object[] {
  return ports.map((port) => ({ protocol: 'TCP', port }));
}

/** A rule of an AuthorizationPolicy for one caller. */
export function rule(caller: string, ...operations: object[]): object {
  const from = [{ source: { principals: [caller] } }];
  return operations.length > 0 ? { from, to: operations.map((operation) => ({ operation })) } : { from };
}
