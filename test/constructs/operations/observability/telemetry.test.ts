import { ApiObject, type Chart, JsonPatch } from 'cdk8s';
import {
  DataPlane,
  EgressGateway,
  ExternalPort,
  ExternalService,
  IngressGateway,
  type IngressGatewayAttributes,
  IstioGatewayPods,
  IstioMetric,
  Mesh,
  MeshNamespace,
  Migration,
  Telemetry,
  TelemetrySide,
  TraceTag,
  Waypoint,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { canary, edgeGateway, findingCodes, manifests, names, newChart, shop, spec } from '../../../builders';
import { forEachPlane } from '../../../for-each-plane';

const HALF = { samplingPercentage: 50 };
const telemetries = (chart: Chart) => names(chart, 'Telemetry');
const sidecar = { dataPlane: DataPlane.sidecar() };
const ambient = { dataPlane: DataPlane.ambient() };

describe('a Telemetry of the mesh', () => {
  it('is one object in the root namespace, the one of Mesh where that speaks too', () => {
    const chart = newChart();
    const mesh = new Mesh(chart, 'mesh', { rootNamespace: 'mesh-root', accessLog: true, tracing: { provider: 'tempo' } });
    const other = new Telemetry(chart, 'a-telemetry', { metrics: [{ removeTags: ['grpc_response_status'] }] });
    expect(telemetries(chart)).toEqual(['mesh-root/mesh-default']);
    expect(other.objects).toEqual([]);
    expect(mesh.telemetry!.toJson().spec).toEqual({
      tracing: [{ providers: [{ name: 'tempo' }], randomSamplingPercentage: 1 }],
      accessLogging: [{ providers: [{ name: 'envoy' }] }],
      metrics: [
        {
          providers: [{ name: 'prometheus' }],
          overrides: [{ match: { metric: 'ALL_METRICS' }, tagOverrides: { grpc_response_status: { operation: 'REMOVE' } } }],
        },
      ],
    });
  });

  it('is its own where Mesh says nothing of it, and the same for the root namespace by name', () => {
    const chart = newChart();
    const root = MeshNamespace.fromName(chart, 'root', { name: 'istio-system', dataPlane: DataPlane.sidecar() });
    new Telemetry(chart, 'logs', { accessLogs: [{ provider: 'json' }] });
    new Telemetry(chart, 'traces', { inNamespace: root, tracing: { provider: 'tempo' } });
    expect(telemetries(chart)).toEqual(['istio-system/mesh-default']);
    expect(Object.keys(spec(chart, 'Telemetry', 'mesh-default'))).toEqual(['accessLogging', 'tracing']);
  });
});

forEachPlane((plane) => {
  it('holds for a namespace, and says so to all its proxies', () => {
    const one = shop(plane);
    new Telemetry(one.chart, 'logs', { inNamespace: one.shop, accessLogs: [{ side: TelemetrySide.SERVER }] });
    expect(telemetries(one.chart)).toEqual(['shop/namespace-default']);
    expect(spec(one.chart, 'Telemetry', 'namespace-default')).toEqual({
      accessLogging: [{ providers: [{ name: 'envoy' }], match: { mode: 'SERVER' } }],
    });
    expect(findingCodes(one.chart)).toEqual([]);
  });

  it('holds for the gateway', () => {
    const chart = newChart();
    new Telemetry(chart, 'traces', { gateway: edgeGateway(chart, plane.dataPlane), tracing: { provider: 'tempo', ...HALF } });
    expect(spec(chart, 'Telemetry', 'gateway', 'edge')).toMatchObject({
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'gateway' }],
      tracing: [{ randomSamplingPercentage: 50 }],
    });
  });

  it('is one object for one target, whoever speaks of it and in whichever order', () => {
    const objects = [
      ['a', 'b'],
      ['b', 'a'],
    ].map((order) => {
      const one = shop(plane);
      const said = { a: { tracing: HALF }, b: { accessLogs: [{}] } };
      for (const id of order) new Telemetry(one.chart, id, { service: one.cart, ...said[id as 'a' | 'b'] });
      return manifests(one.chart).filter(({ kind }) => kind === 'Telemetry');
    });
    expect(objects[0]).toHaveLength(1);
    expect(objects[0][0].spec).toHaveProperty('tracing');
    expect(objects[0][0].spec).toHaveProperty('accessLogging');
    expect(objects[1]).toEqual(objects[0]);
  });
});

describe('a Telemetry of a service', () => {
  it('is for all pods of all its versions with sidecars', () => {
    const one = shop(sidecar);
    canary(one.cart);
    new Telemetry(one.chart, 'traces', {
      service: one.cart,
      tracing: { customTags: { customer: TraceTag.header('x-customer') } },
      metrics: [{ metric: IstioMetric.REQUEST_COUNT, tags: { method: 'request.method' } }],
    });
    expect(spec(one.chart, 'Telemetry', 'cart', 'shop')).toMatchObject({
      selector: { matchLabels: { app: 'cart' } },
      tracing: [{ customTags: { customer: { header: { name: 'x-customer' } } } }],
    });
  });

  it('asks for a waypoint in ambient mode, and is for each Service that it stands before', () => {
    const one = shop(ambient);
    new Telemetry(one.chart, 'traces', { service: one.cart, tracing: HALF });
    expect(telemetries(one.chart)).toEqual(['shop/cart-waypoint']);
    expect(spec(one.chart, 'Telemetry', 'cart-waypoint')).toMatchObject({ targetRefs: [{ group: '', kind: 'Service', name: 'cart' }] });
    expect(names(one.chart, 'Gateway')).toEqual(['shop/waypoint']);
    canary(one.cart);
    expect(spec(one.chart, 'Telemetry', 'cart-waypoint').targetRefs).toHaveLength(3);
  });

  it('stops synth where there may be no waypoint, and names the line', () => {
    const one = shop({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.NEVER }) });
    new Telemetry(one.chart, 'traces', { service: one.cart, tracing: HALF });
    expect(() => manifests(one.chart)).toThrow(/the telemetry of cart/);
  });

  it('tells of a service without an address, which no waypoint stands before', () => {
    const one = shop(ambient);
    new Telemetry(one.chart, 'traces', { service: one.cart, tracing: HALF });
    ApiObject.of(one.cart.service).addJsonPatch(JsonPatch.add('/spec/clusterIP', 'None'));
    expect(findingCodes(one.chart)).toEqual(['MESH117']);
  });

  it('is two objects while pods are of both planes', () => {
    const one = shop({ dataPlane: DataPlane.ambient({ migration: Migration.wave(1) }) });
    new Telemetry(one.chart, 'traces', { service: one.cart, tracing: HALF });
    expect(telemetries(one.chart)).toEqual(['shop/cart', 'shop/cart-waypoint']);
  });
});

describe('a Telemetry of a waypoint', () => {
  it('is for its Gateway, and brings it', () => {
    const one = shop(ambient);
    new Telemetry(one.chart, 'logs', { waypointOf: one.shop, accessLogs: [{ filter: 'response.code >= 500' }] });
    expect(spec(one.chart, 'Telemetry', 'waypoint', 'shop')).toMatchObject({
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'waypoint' }],
    });
    expect(names(one.chart, 'Gateway')).toEqual(['shop/waypoint']);
  });
});

describe('a Telemetry of the way out', () => {
  function leaving(dataPlane: DataPlane) {
    const one = shop({ dataPlane });
    const egress = new ZeroTrustNamespace(one.chart, 'egress', { dataPlane });
    const through = new EgressGateway(egress, 'way-out');
    new Telemetry(one.chart, 'logs', { gateway: through, accessLogs: [{}] });
    const leave = () => {
      one.cart.calls(new ExternalService(egress, 'cards', { host: 'api.example.com', port: ExternalPort.https(), through }));
    };
    return { ...one, egress, leave };
  }
  const toGateways = (...all: string[]) => all.map((name) => ({ group: 'gateway.networking.k8s.io', kind: 'Gateway', name }));

  it('is for its Gateway with sidecars, as soon as somebody leaves through it', () => {
    const { chart, leave } = leaving(DataPlane.sidecar());
    expect(telemetries(chart)).toEqual([]);
    leave();
    expect(spec(chart, 'Telemetry', 'way-out', 'egress')).toMatchObject({ targetRefs: toGateways('way-out') });
  });

  it('is for the waypoint of its namespace in ambient mode, as one with what is said of that', () => {
    const { chart, leave, egress } = leaving(DataPlane.ambient());
    leave();
    new Telemetry(chart, 'traces', { waypointOf: egress, tracing: HALF });
    expect(telemetries(chart)).toEqual(['egress/waypoint']);
    expect(spec(chart, 'Telemetry', 'waypoint', 'egress')).toMatchObject({
      targetRefs: toGateways('waypoint'),
      accessLogging: [{}],
      tracing: [{}],
    });
  });

  it('is for both while its namespace moves', () => {
    const { chart, leave } = leaving(DataPlane.ambient({ migration: Migration.wave(1) }));
    leave();
    expect(spec(chart, 'Telemetry', 'way-out', 'egress')).toMatchObject({ targetRefs: toGateways('way-out', 'waypoint') });
  });
});

it.each<[string, Partial<IngressGatewayAttributes>, object]>([
  ['by its name', {}, { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'public' }] }],
  ['by its pods', { istioPods: IstioGatewayPods.helmRelease('door') }, { selector: { matchLabels: { istio: 'door' } } }],
])('finds a gateway of another program %s, in its namespace', (_, known, attachment) => {
  const chart = newChart();
  const gateway = IngressGateway.fromAttributes(chart, 'public', { namespaceName: 'edge', ...known });
  new Telemetry(chart, 'logs', { gateway, accessLogs: [{}] });
  expect(spec(chart, 'Telemetry', 'public', 'edge')).toMatchObject(attachment);
  expect(findingCodes(chart)).toEqual([]);
});

it('finds the waypoint of a namespace of another program', () => {
  const chart = newChart();
  const dataPlane = DataPlane.ambient({ waypoint: Waypoint.ALWAYS });
  const waypointOf = MeshNamespace.fromName(chart, 'platform', { name: 'platform', dataPlane, waypoint: 'shared' });
  new Telemetry(chart, 'logs', { waypointOf, accessLogs: [{}] });
  expect(spec(chart, 'Telemetry', 'shared', 'platform')).toMatchObject({ targetRefs: [{ kind: 'Gateway', name: 'shared' }] });
});

it('finds a gateway that others installed by its pods', () => {
  const chart = newChart();
  const edge = new MeshNamespace(chart, 'edge', sidecar);
  const pods = IstioGatewayPods.helmRelease('door');
  const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'cert', istioPods: pods });
  new Telemetry(chart, 'logs', { gateway, accessLogs: [{}] });
  expect(spec(chart, 'Telemetry', 'gateway')).toMatchObject({ selector: { matchLabels: { istio: 'door' } } });
});
