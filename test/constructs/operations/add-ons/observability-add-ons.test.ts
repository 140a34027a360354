import type { Chart } from 'cdk8s';
import {
  AddOn,
  type AddOnOptions,
  DataPlane,
  IngressGateway,
  IstioGatewayPods,
  JwtIssuer,
  Mesh,
  MeshNamespace,
  MeshPort,
  MeshReport,
  ObservabilityAddOns,
  ServiceIdentity,
  UnmeshedService,
  ZeroTrustNamespace,
} from 'istio-constructs';
import {
  edgeGateway,
  findingCodes,
  gatewayPods,
  grant,
  names,
  newChart,
  pods,
  principal,
  rule,
  service,
  spec,
  tcp,
} from '../../../builders';
import { forEachPlane } from '../../../for-each-plane';
import { expectRefusal } from '../../../support/refusal';

const labels = (name: string) => ({ 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': name });
const inObs = (name: string) => pods('obs', name === 'jaeger' ? { app: 'jaeger' } : labels(name));
const PAGE = { host: 'kiali.example.com', reason: 'those on call look at the mesh' };

function watched(chart: Chart, options: AddOnOptions = {}) {
  const where = { namespaceName: 'obs', ...options };
  const all = {
    kiali: AddOn.kiali(where),
    grafana: AddOn.grafana(where),
    prometheus: AddOn.prometheus(where),
    jaeger: AddOn.jaeger(where),
    tempo: AddOn.tempo(where),
  };
  return { ...all, addOns: new ObservabilityAddOns(chart, 'add-ons', { addOns: Object.values(all) }) };
}

describe('add-ons outside the mesh', () => {
  it('let in each other at the ports that they need, and nobody else', () => {
    const chart = newChart();
    watched(chart);
    expect(names(chart, 'NetworkPolicy')).toEqual(['obs/kiali', 'obs/grafana', 'obs/prometheus', 'obs/tracing', 'obs/tempo']);
    expect(spec(chart, 'NetworkPolicy', 'prometheus')).toEqual({
      podSelector: { matchLabels: labels('prometheus') },
      policyTypes: ['Ingress'],
      ingress: ['grafana', 'kiali'].map((name) => ({ from: [inObs(name)], ports: tcp(9090) })),
    });
    expect(spec(chart, 'NetworkPolicy', 'kiali')).toEqual({
      podSelector: { matchLabels: labels('kiali') },
      policyTypes: ['Ingress'],
      ingress: [{ from: [inObs('prometheus')], ports: tcp(9090) }],
    });
    expect(names(chart, 'AuthorizationPolicy')).toEqual([]);
  });

  it('take spans from every pod where they keep traces, and answer those alone who show them', () => {
    const chart = newChart();
    watched(chart);
    expect(spec(chart, 'NetworkPolicy', 'tracing')).toMatchObject({
      podSelector: { matchLabels: { app: 'jaeger' } },
      ingress: [
        { from: [inObs('grafana')], ports: tcp(16686) },
        { from: [inObs('kiali')], ports: tcp(16685) },
        { from: [inObs('kiali')], ports: tcp(16686) },
        { from: [inObs('prometheus')], ports: tcp(8888) },
        { from: [{ namespaceSelector: {} }], ports: tcp(4317, 4318, 9411) },
      ],
    });
    expect(MeshReport.of(chart).openings).toMatchObject([
      { where: 'obs/tempo', what: expect.stringContaining('any pod may connect to port 4317'), reason: expect.stringContaining('spans') },
      { where: 'obs/tracing', what: expect.stringContaining('any pod may connect to port 4317') },
    ]);
  });

  it('are closed where nobody is named', () => {
    const chart = newChart();
    new ObservabilityAddOns(chart, 'add-ons', { addOns: [AddOn.kiali()] });
    expect(spec(chart, 'NetworkPolicy', 'kiali')).toEqual({ podSelector: { matchLabels: labels('kiali') }, policyTypes: ['Ingress'] });
  });

  it('are known by the names of other charts', () => {
    const chart = newChart();
    const port = MeshPort.http(80, { targetPort: 3000 });
    const grafana = AddOn.grafana({ namespaceName: 'obs', serviceName: 'stack-grafana', podLabels: { app: 'grafana' }, port });
    new ObservabilityAddOns(chart, 'add-ons', { addOns: [grafana, AddOn.kiali({ namespaceName: 'obs' })] });
    expect(spec(chart, 'NetworkPolicy', 'stack-grafana')).toMatchObject({
      podSelector: { matchLabels: { app: 'grafana' } },
      ingress: [{ from: [inObs('kiali')], ports: tcp(3000) }],
    });
  });

  it('say that nobody checks identities there', () => {
    const chart = newChart();
    watched(chart);
    expect(findingCodes(chart)).toEqual(Array.from({ length: 5 }, () => 'MESH210'));
    const [{ text }] = MeshReport.of(chart).findings;
    expect(text).toContain('the network layer lets in these callers alone');
  });

  it('send what they need in a closed namespace, and whatever they like in an open one', () => {
    const chart = newChart();
    const { addOns, grafana } = watched(chart);
    const ports = [MeshPort.http(3100)];
    addOns.calls(grafana, new UnmeshedService(chart, 'loki', { host: 'loki.logs.svc.cluster.local', ports }));
    expect(spec(chart, 'NetworkPolicy', 'kiali')).not.toHaveProperty('egress');
    new ZeroTrustNamespace(chart, 'obs', { dataPlane: DataPlane.sidecar() });
    expect(spec(chart, 'NetworkPolicy', 'kiali')).toMatchObject({
      policyTypes: ['Ingress', 'Egress'],
      egress: expect.arrayContaining([
        { to: [pods('istio-system', { app: 'istiod' })], ports: tcp(15014) },
        { to: [inObs('prometheus')], ports: tcp(9090) },
      ]),
    });
    expect(spec(chart, 'NetworkPolicy', 'grafana').egress).toContainEqual({ to: [pods('logs')], ports: tcp(3100) });
    const anyPod = { to: [{ namespaceSelector: {} }], ports: [{ protocol: 'TCP' }] };
    expect(spec(chart, 'NetworkPolicy', 'prometheus').egress).toContainEqual(anyPod);
  });

  it('are told of where ztunnel takes their traffic all the same', () => {
    const chart = newChart();
    new MeshNamespace(chart, 'obs', { dataPlane: DataPlane.ambient() });
    new ObservabilityAddOns(chart, 'add-ons', { addOns: [AddOn.kiali({ namespaceName: 'obs' })] });
    expect(findingCodes(chart)).toEqual(['MESH504']);
  });
});

forEachPlane((plane) => {
  describe('add-ons in the mesh', () => {
    it('let in each other by identity, and nobody else, in an open namespace too', () => {
      const chart = newChart();
      new MeshNamespace(chart, 'obs', { dataPlane: plane.dataPlane });
      watched(chart, { dataPlane: plane.dataPlane });
      expect(names(chart, 'NetworkPolicy')).toEqual([]);
      expect(grant(chart, 'prometheus')).toEqual({
        selector: { matchLabels: labels('prometheus') },
        action: 'ALLOW',
        rules: ['grafana', 'kiali'].map((name) => rule(principal('obs', name), { ports: ['9090'] })),
      });
      expect(grant(chart, 'tempo')).toMatchObject({ rules: expect.arrayContaining([rule('*', { ports: ['4317', '4318', '9411'] })]) });
      expect(findingCodes(chart)).toEqual([]);
    });

    it('are closed where nobody is named, or only spans are taken', () => {
      const chart = newChart();
      const where = { namespaceName: 'obs', dataPlane: plane.dataPlane };
      new MeshNamespace(chart, 'obs', { dataPlane: plane.dataPlane });
      new ObservabilityAddOns(chart, 'some', { addOns: [AddOn.kiali(where)] });
      new ObservabilityAddOns(chart, 'others', { addOns: [AddOn.tempo(where)] });
      expect(grant(chart, 'kiali')).toMatchObject({ selector: { matchLabels: labels('kiali') }, rules: [] });
      expect(grant(chart, 'tempo')).toMatchObject({ rules: [rule('*', { ports: ['4317', '4318', '9411'] })] });
    });

    it('have a NetworkPolicy besides in a closed namespace, wherever that is declared', () => {
      const chart = newChart();
      watched(chart, { dataPlane: plane.dataPlane });
      new ZeroTrustNamespace(chart, 'obs', { dataPlane: plane.dataPlane });
      const podPort = plane.of({ sidecar: 9090, ambient: 15008 });
      expect(spec(chart, 'NetworkPolicy', 'prometheus').ingress).toContainEqual({ from: [inObs('kiali')], ports: tcp(podPort) });
      expect(spec(chart, 'NetworkPolicy', 'kiali').egress).toContainEqual({ to: [inObs('prometheus')], ports: tcp(podPort) });
      expect(findingCodes(chart)).toEqual([]);
    });

    it('keep the spans of proxies that are closed in', () => {
      const chart = newChart();
      const tempo = AddOn.tempo({ namespaceName: 'obs' });
      new Mesh(chart, 'mesh', { providers: [tempo.tracing()], tracing: { provider: 'tempo' } });
      service(new ZeroTrustNamespace(chart, 'shop', { dataPlane: plane.dataPlane }), 'cart');
      new ObservabilityAddOns(chart, 'add-ons', { addOns: [tempo] });
      const out = { to: [pods('obs')], ports: tcp(4317) };
      const { egress } = spec(chart, 'NetworkPolicy', 'infrastructure');
      expect(egress).toEqual(plane.of({ sidecar: expect.arrayContaining([out]), ambient: expect.not.arrayContaining([out]) }));
    });
  });

  describe('the page of an add-on', () => {
    it('is shown at the gateway that is named, with its reason in the report', () => {
      const chart = newChart();
      const { addOns, kiali } = watched(chart);
      expect(names(chart, 'HTTPRoute')).toEqual([]);
      addOns.page(kiali, edgeGateway(chart, plane.dataPlane), PAGE);
      expect(spec(chart, 'HTTPRoute', 'kiali-gateway')).toMatchObject({
        hostnames: ['kiali.example.com'],
        rules: [{ backendRefs: [{ name: 'kiali', port: 20001 }] }],
      });
      expect(spec(chart, 'NetworkPolicy', 'kiali').ingress).toContainEqual({ from: [gatewayPods('edge', 'gateway')], ports: tcp(20001) });
      expect(MeshReport.of(chart).openings).toContainEqual(
        expect.objectContaining({
          where: 'obs/kiali',
          what: 'reached from outside as kiali.example.com/ at edge/gateway, on port 20001',
          reason: PAGE.reason,
        }),
      );
    });

    it('lets the gateway in by identity where the add-on is in the mesh', () => {
      const chart = newChart();
      const { addOns, kiali } = watched(chart, { dataPlane: plane.dataPlane });
      addOns.page(kiali, edgeGateway(chart, plane.dataPlane), PAGE);
      const { rules } = grant(chart, 'kiali');
      expect(rules).toContainEqual(rule(principal('edge', 'gateway-istio'), { ports: ['20001'] }));
      expect(findingCodes(chart)).toEqual([]);
    });

    it('is that of its own port, whatever its pods offer besides', () => {
      const chart = newChart();
      const kiali = AddOn.kiali({ port: MeshPort.http(80, { targetPort: 20001 }), metricsPort: 9091 });
      const addOns = new ObservabilityAddOns(chart, 'add-ons', { addOns: [kiali] });
      addOns.page(kiali, edgeGateway(chart, plane.dataPlane), PAGE);
      expect(spec(chart, 'HTTPRoute', 'kiali-gateway')).toMatchObject({ rules: [{ backendRefs: [{ port: 80 }] }] });
    });

    it('is shown at a gateway of Istio’s own API too', () => {
      const chart = newChart();
      const { addOns, grafana } = watched(chart);
      const edge = new MeshNamespace(chart, 'edge', { dataPlane: plane.dataPlane });
      const istioPods = IstioGatewayPods.helmRelease('istio-ingressgateway', { namespaceName: 'istio-ingress' });
      const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'edge-cert', istioPods });
      addOns.page(grafana, gateway, { host: 'grafana.example.com', reason: PAGE.reason });
      expect(spec(chart, 'VirtualService', 'gateway-https-grafana-example-com')).toMatchObject({ hosts: ['grafana.example.com'] });
      const { ingress } = spec(chart, 'NetworkPolicy', 'grafana');
      expect(JSON.stringify(ingress)).toContain('istio-ingress');
    });

    it('fails where a token is to be looked at by nobody', () => {
      const chart = newChart();
      const { addOns, kiali } = watched(chart);
      const issuer = JwtIssuer.of({ issuer: 'https://id.example.com', audiences: ['kiali'] });
      const gateway = edgeGateway(chart, plane.dataPlane);
      addOns.page(kiali, gateway, { ...PAGE, usersAtGateway: [{ issuer }] });
      expect(findingCodes(chart)).not.toContain('MESH201');
      addOns.page(kiali, gateway, { ...PAGE, host: 'other.example.com', routeName: 'other', user: { issuer } });
      expect(findingCodes(chart)).toContain('MESH201');
    });
  });
});

describe('who else calls', () => {
  it('is let in at the page’s port, unless something else is said', () => {
    const chart = newChart();
    const { addOns, prometheus } = watched(chart, { dataPlane: DataPlane.ambient() });
    addOns.allow(prometheus, ServiceIdentity.of('keda', 'keda-operator'));
    expect(grant(chart, 'prometheus').rules).toContainEqual(rule(principal('keda', 'keda-operator'), { ports: ['9090'] }));
  });

  it('fails where one has no proxy to prove who it is, and the other asks for it', () => {
    const chart = newChart();
    const addOns = [AddOn.kiali(), AddOn.prometheus({ dataPlane: DataPlane.ambient() })];
    new ObservabilityAddOns(chart, 'add-ons', { addOns });
    expect(findingCodes(chart)).toContain('MESH505');
  });

  it('reads metrics where it can be let in: not without a proxy, nor with a sidecar by ztunnel', () => {
    const metrics = (own: DataPlane | undefined, dataPlane: DataPlane) => {
      const chart = newChart();
      const addOns = [AddOn.prometheus({ dataPlane: own }), AddOn.jaeger({ dataPlane })];
      new ObservabilityAddOns(chart, 'add-ons', { addOns });
      return JSON.stringify(grant(chart, 'tracing').rules).includes('8888');
    };
    const [sidecar, ambient] = [DataPlane.sidecar(), DataPlane.ambient()];
    expect([metrics(undefined, ambient), metrics(sidecar, ambient), metrics(undefined, sidecar)]).toEqual([false, false, false]);
    expect([metrics(ambient, ambient), metrics(ambient, sidecar), metrics(sidecar, sidecar)]).toEqual([true, true, true]);
  });
});

describe('what is refused', () => {
  const at = () => new ObservabilityAddOns(newChart(), 'add-ons', { addOns: [AddOn.kiali()] });

  it('fails an add-on that is named twice, here or elsewhere in the App', () => {
    const refusal = { code: 'MESH903', path: 'test/add-ons', fix: 'drop one', got: 'a second istio-system/kiali' };
    const addOns = [AddOn.kiali(), AddOn.kiali()];
    expectRefusal(() => new ObservabilityAddOns(newChart(), 'add-ons', { addOns }), refusal);
    const chart = newChart();
    new ObservabilityAddOns(chart, 'some', { addOns: [AddOn.kiali()] });
    expectRefusal(() => new ObservabilityAddOns(chart, 'add-ons', { addOns: [AddOn.kiali()] }), refusal);
  });

  it('fails words about an add-on that is not one of them', () => {
    const addOns = at();
    const refusal = { code: 'MESH904', path: 'test/add-ons', fix: 'add it to addOns', got: 'istio-system/grafana' };
    expectRefusal(() => addOns.calls(AddOn.grafana(), UNUSED), refusal);
    expectRefusal(() => addOns.allow(AddOn.grafana(), ServiceIdentity.of('a', 'b')), refusal);
  });

  it.each([undefined, '', ' '])('fails a page with the reason %j', (reason) => {
    const addOns = at();
    const gateway = edgeGateway(addOns.node.scope as Chart, DataPlane.ambient());
    const act = () => addOns.page(AddOn.kiali(), gateway, { host: 'kiali.example.com', reason });
    expectRefusal(act, { code: 'MESH905', path: 'test/add-ons', fix: 'reason: ', got: 'the page of kiali' });
  });

  it('fails labels that pick all pods of a namespace', () => {
    const chart = newChart();
    new ObservabilityAddOns(chart, 'add-ons', { addOns: [AddOn.kiali({ podLabels: {} })] });
    expect(findingCodes(chart)).toEqual(['MESH506']);
  });
});

const UNUSED = { host: 'a.b.svc.cluster.local' };
