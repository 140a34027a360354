import {
  AddOn,
  DataPlane,
  Mesh,
  MeshNamespace,
  MeshPort,
  ObservabilityAddOns,
  ServiceIdentity,
  UnmeshedService,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { parseAllDocuments } from 'yaml';
import { decide } from '../../../lib/verdict/decide';
import type { Caller, Request } from '../../../lib/verdict/requests/request';
import { edgeGateway, newChart, service } from '../../builders';
import { forEachEnforcer } from '../../for-each-plane';
import { istioText } from '../istio-data/module';
import { judgedUnder } from '../judged';
import type { MeshUnderTest } from '../mesh-under-test';
import { rawAddOns } from '../raw-add-ons';
import { rawNamespace, rawService, rawWorkload } from '../raw-objects';
import { enter, PLAINTEXT, STRANGERS } from '../requests';

const NAMESPACE = 'observability';

const PLACES = ['outside the mesh', 'in the mesh', 'in a closed namespace of the mesh', 'outside the mesh, in a closed namespace'] as const;

/** All add-ons beside a shop, whose gateway shows the page of Kiali. */
async function watched(dataPlane: DataPlane, place: (typeof PLACES)[number]): Promise<MeshUnderTest> {
  const chart = newChart();
  const tempo = AddOn.tempo({ namespaceName: NAMESPACE, dataPlane: place.startsWith('outside') ? undefined : dataPlane });
  const { extensionProviders } = new Mesh(chart, 'mesh', { providers: [tempo.tracing()], tracing: { provider: 'tempo' } });
  const isInMesh = !place.startsWith('outside');
  const namespace = place.includes('closed')
    ? new ZeroTrustNamespace(chart, NAMESPACE, { dataPlane })
    : isInMesh
      ? new MeshNamespace(chart, NAMESPACE, { dataPlane })
      : rawNamespace(chart, NAMESPACE);
  rawAddOns(namespace, NAMESPACE, isInMesh);
  if (place.includes('closed')) service(namespace, 'notes');
  service(new ZeroTrustNamespace(chart, 'shop', { dataPlane }), 'cart');
  rawNamespace(chart, 'keda');

  const inMesh = isInMesh ? dataPlane : undefined;
  const where = { namespaceName: NAMESPACE, dataPlane: inMesh };
  const kiali = AddOn.kiali({
    namespaceName: NAMESPACE,
    dataPlane: inMesh,
    serviceName: 'kiali',
    serviceAccountName: 'kiali',
    podLabels: { 'app.kubernetes.io/name': 'kiali' },
    port: MeshPort.http(20001),
    metricsPort: 9090,
    clusterDomain: 'cluster.local',
  });
  const [grafana, prometheus] = [AddOn.grafana(where), AddOn.prometheus(where)];
  const jaeger = AddOn.jaeger({ ...where, collectorName: 'jaeger-collector', queryPort: 16685, spanPorts: [4317, 4318, 9411] });
  const addOns = new ObservabilityAddOns(chart, 'add-ons', { addOns: [kiali, grafana, prometheus, jaeger, tempo] });
  const gateway = edgeGateway(chart, dataPlane);
  addOns.page(kiali, gateway, { host: 'kiali.example.com', reason: 'those on call look at the mesh' });
  addOns.allow(prometheus, ServiceIdentity.of('keda', 'keda', { dataPlane: DataPlane.ambient() }));
  rawNamespace(chart, 'logs');
  rawWorkload(chart, { name: 'loki', namespace: 'logs', port: 3100 });
  rawService(chart, { name: 'loki', namespace: 'logs', portName: 'http', port: 3100 });
  const loki = new UnmeshedService(chart, 'loki', { host: 'loki.logs.svc.cluster.local', ports: [MeshPort.http(3100)] });
  addOns.calls(grafana, loki, { port: 3100 });
  return judgedUnder({ providers: extensionProviders }, chart);
}

const addOn = (name: string): Caller => ({ workload: `${NAMESPACE}/${name}` });
const to = (from: Caller, name: string, port: number): Request => ({ from, to: { host: `${name}.${NAMESPACE}.svc.cluster.local`, port } });
const toPods = (from: Caller, name: string, port: number): Request => ({ from, to: { podOf: `${NAMESPACE}/${name}`, port } });
const KEDA: Caller = { pod: { namespace: 'keda', serviceAccount: 'keda', proxy: 'ztunnel' } };
const CART: Caller = { workload: 'shop/cart-v1' };
const OTHERS: readonly Caller[] = [PLAINTEXT, STRANGERS.sidecar, STRANGERS.ambient, CART];

/** Whether it arrives by both layers; where the network layer does not say no, istiod says the same. */
async function arrives(mesh: MeshUnderTest, request: Request): Promise<boolean> {
  const { allowed, layer, unknown } = decide(mesh.cluster, request);
  expect({ request, unknown }).toEqual({ request, unknown: undefined });
  if (layer !== 'network') expect({ request, allowed }).toEqual({ request, allowed: (await mesh.answer(request)).allowed });
  return allowed;
}

async function refused(mesh: MeshUnderTest, requests: readonly Request[]): Promise<void> {
  for (const request of requests) expect({ request, arrives: await arrives(mesh, request) }).toEqual({ request, arrives: false });
}

describe.each(PLACES)('add-ons %s', (place) => {
  forEachEnforcer((plane) => {
    it('show the page that is named, at the gateway alone', async () => {
      const mesh = await watched(plane.dataPlane, place);
      const page = enter('https://kiali.example.com/kiali/console');
      expect(await arrives(mesh, page)).toBe(true);
      expect((await mesh.answer(page)).ways).toMatchObject([{ workload: `${NAMESPACE}/kiali` }]);
      await refused(
        mesh,
        OTHERS.map((caller) => to(caller, 'kiali', 20001)),
      );
      await refused(
        mesh,
        OTHERS.map((caller) => toPods(caller, 'kiali', 20001)),
      );
      await refused(mesh, [enter('https://grafana.example.com/')]);
    });

    it('are asked by each other as they need it, by whoever is named, and by nobody else', async () => {
      const mesh = await watched(plane.dataPlane, place);
      const asked = [
        to(addOn('kiali'), 'prometheus', 9090),
        to(addOn('kiali'), 'grafana', 3000),
        to(addOn('kiali'), 'tracing', 16685),
        to(addOn('kiali'), 'tempo', 3200),
        to(addOn('grafana'), 'prometheus', 9090),
        to(addOn('grafana'), 'tracing', 80),
        to(addOn('grafana'), 'tempo', 3200),
        to(KEDA, 'prometheus', 9090),
        { from: addOn('grafana'), to: { host: 'loki.logs.svc.cluster.local', port: 3100 } },
      ];
      for (const request of asked) expect({ request, arrives: await arrives(mesh, request) }).toEqual({ request, arrives: true });
      const pages = [
        ['grafana', 3000],
        ['prometheus', 9090],
        ['tracing', 80],
        ['tracing', 16685],
        ['tempo', 3200],
      ] as const;
      await refused(
        mesh,
        pages.flatMap(([name, port]) => OTHERS.map((caller) => to(caller, name, port))),
      );
      await refused(mesh, [
        to(addOn('grafana'), 'kiali', 20001),
        to(addOn('grafana'), 'tracing', 16685),
        to(addOn('jaeger'), 'prometheus', 9090),
        to(KEDA, 'grafana', 3000),
      ]);
    });

    it('take spans from everybody, and have their metrics read by Prometheus', async () => {
      const mesh = await watched(plane.dataPlane, place);
      const senders = place.startsWith('outside') ? OTHERS.slice(0, 3) : OTHERS.slice(1, 3);
      for (const sender of senders) {
        expect(await arrives(mesh, to(sender, 'jaeger-collector', 4317))).toBe(true);
        expect(await arrives(mesh, to(sender, 'zipkin', 9411))).toBe(true);
        expect(await arrives(mesh, to(sender, 'tempo', 4318))).toBe(true);
      }
      expect(JSON.stringify(await mesh.observed('edge/gateway'))).toContain(`tempo.${NAMESPACE}`);
      // The proxies of others send them, and what a sidecar may do its application may too.
      const sendsItself = plane.of({ sidecar: true, ztunnel: false, waypoint: false });
      expect(await arrives(mesh, to(CART, 'tempo', 4317))).toBe(sendsItself);
      const isBySidecar = plane.of({ sidecar: true, ztunnel: false, waypoint: false }) && !place.startsWith('outside');
      // A sidecar passes on what goes to addresses of pods in plaintext: such a Prometheus takes its certificates alone.
      if (!isBySidecar) expect(await arrives(mesh, toPods(addOn('prometheus'), 'kiali', 9090))).toBe(true);
      await refused(
        mesh,
        OTHERS.map((caller) => toPods(caller, 'kiali', 9090)),
      );
    });
  });
});

describe('what is usual', () => {
  it.each([AddOn.kiali(), AddOn.grafana(), AddOn.prometheus(), AddOn.jaeger()])('is what Istio’s samples install', (addOn) => {
    const { kind, podLabels, port, metricsPort, queryPort, otherNames } = addOn._facts;
    const objects = parseAllDocuments(istioText(`samples/addons/${kind}.yaml`)).flatMap(
      (document) => (document.toJS() as Sample | null) ?? [],
    );
    const named = (wanted: string, name: string) => objects.find((object) => object.kind === wanted && object.metadata.name === name);

    const { template } = named('Deployment', kind)!.spec;
    expect(template.metadata.labels).toMatchObject({ ...podLabels, 'sidecar.istio.io/inject': 'false' });
    expect(template.spec.serviceAccountName ?? 'default').toBe(addOn.serviceAccountName);
    const { ports, selector } = named('Service', addOn.serviceName)!.spec;
    expect(selector).toMatchObject(podLabels);
    expect(ports).toContainEqual(expect.objectContaining({ port: port.number }));
    if (queryPort !== undefined) expect(ports).toContainEqual(expect.objectContaining({ port: queryPort }));
    expect(otherNames.every((name) => named('Service', name))).toBe(true);
    const scraped = template.metadata.annotations?.['prometheus.io/port'];
    if (scraped !== undefined) expect(String(metricsPort)).toBe(scraped);
  });
});

interface Sample {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly labels: object; readonly annotations?: Readonly<Record<string, string>> };
      readonly spec: { readonly serviceAccountName?: string };
    };
    readonly selector: object;
    readonly ports: readonly object[];
  };
}
