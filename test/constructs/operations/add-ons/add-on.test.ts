import { AddOn, DataPlane, Mesh, MeshPort } from 'istio-constructs';
import { newChart } from '../../../builders';
import { expectRefusal } from '../../../support/refusal';

const provider = (addOn: AddOn, name?: string) => new Mesh(newChart(), 'mesh', { providers: [addOn.tracing(name)] }).extensionProviders;

describe('an add-on', () => {
  it('is where and what Istio’s samples make of it, unless somebody says otherwise', () => {
    const [kiali, jaeger] = [AddOn.kiali(), AddOn.jaeger()];
    expect(kiali).toMatchObject({ namespaceName: 'istio-system', serviceName: 'kiali', serviceAccountName: 'kiali', dataPlane: undefined });
    expect(jaeger).toMatchObject({ namespaceName: 'istio-system', serviceName: 'tracing', serviceAccountName: 'default' });
    const other = AddOn.prometheus({
      namespaceName: 'monitoring',
      serviceName: 'prometheus-server',
      serviceAccountName: 'prometheus-server',
    });
    expect(other).toMatchObject({ namespaceName: 'monitoring', serviceName: 'prometheus-server', serviceAccountName: 'prometheus-server' });
  });

  it('is known by its account to those who let it in', () => {
    const dataPlane = DataPlane.ambient();
    expect(AddOn.prometheus({ namespaceName: 'monitoring', dataPlane, podLabels: { app: 'prometheus' } }).identity).toMatchObject({
      namespaceName: 'monitoring',
      serviceAccountName: 'prometheus',
      dataPlane,
      podLabels: { app: 'prometheus' },
    });
  });

  it('takes the spans of proxies where it keeps traces', () => {
    const [jaeger, tempo] = ['jaeger-collector.istio-system', 'tempo.istio-system'].map((host) => `${host}.svc.cluster.local`);
    expect(provider(AddOn.jaeger())).toEqual([{ name: 'jaeger', opentelemetry: { service: jaeger, port: 4317 } }]);
    expect(provider(AddOn.tempo())).toEqual([{ name: 'tempo', opentelemetry: { service: tempo, port: 4317 } }]);
    const moved = AddOn.tempo({ namespaceName: 'obs', serviceName: 'traces', spanPorts: [14317], clusterDomain: 'corp.local' });
    expect(provider(moved, 'ours')).toEqual([{ name: 'ours', opentelemetry: { service: 'traces.obs.svc.corp.local', port: 14317 } }]);
    const collected = AddOn.tempo({ collectorName: 'tempo-distributor' });
    expect(provider(collected)).toMatchObject([{ opentelemetry: { service: 'tempo-distributor.istio-system.svc.cluster.local' } }]);
  });

  it.each([AddOn.kiali(), AddOn.jaeger({ spanPorts: [] })])('fails to take spans where it has no ports for them', (addOn) => {
    expectRefusal(() => addOn.tracing(), { code: 'MESH906', path: 'AddOn', fix: 'AddOn.jaeger()', got: `tracing of ${addOn._facts.kind}` });
  });

  it.each([
    ['MESH002', () => AddOn.kiali({ metricsPort: 0 })],
    ['MESH002', () => AddOn.jaeger({ queryPort: 70_000 })],
    ['MESH002', () => AddOn.tempo({ spanPorts: [0] })],
    ['MESH820', () => AddOn.grafana({ podLabels: { 'no label': 'x' } })],
    ['MESH001', () => AddOn.grafana({ serviceName: 'Grafana' })],
    ['MESH068', () => AddOn.grafana({ port: 3000 as unknown as MeshPort })],
  ])('fails with %s where a word cannot be right', (code, act) => {
    expect(act).toThrow(code);
  });
});
