import { ApiObject } from 'cdk8s';
import {
  DataPlane,
  MergedMetrics,
  MeshedDaemonSet,
  MeshedService,
  MeshedStatefulSet,
  MeshPort,
  MeshNamespace,
  VolumeClaim,
} from 'istio-constructs';
import { canary, findingCodes, manifest, newChart, service } from '../../../builders';

const WORDS = { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9101', 'prometheus.io/path': '/metrics' };

interface Workload {
  readonly spec: { readonly template: { readonly metadata: { readonly annotations?: Readonly<Record<string, string>> } } };
}

function shopIn(dataPlane = DataPlane.sidecar()) {
  const chart = newChart();
  const shop = new MeshNamespace(chart, 'shop', { dataPlane });
  const annotationsOf = (kind: string, name: string) =>
    (manifest(chart, kind, name) as unknown as Workload).spec.template.metadata.annotations;
  return { chart, shop, annotationsOf };
}

const ports = [MeshPort.http(8080), MeshPort.http(9100, { targetPort: 9101, suffix: 'metrics' })];

describe('merged metrics', () => {
  it('are named on the pods of all versions, by the port of the pods', () => {
    const { chart, shop, annotationsOf } = shopIn();
    const cart = service(shop, 'cart', { ports });
    canary(cart);
    new MergedMetrics(shop, 'metrics', { service: cart, port: 9100 });
    expect(annotationsOf('Deployment', 'cart-v1')).toMatchObject(WORDS);
    expect(annotationsOf('Deployment', 'cart-v2')).toMatchObject(WORDS);
    expect(findingCodes(chart)).toEqual([]);
  });

  it('may be on a port that the service does not have, and on a path of their own', () => {
    const { shop, annotationsOf } = shopIn();
    new MergedMetrics(shop, 'metrics', { service: service(shop, 'cart'), port: 9999, path: '/jvm' });
    expect(annotationsOf('Deployment', 'cart-v1')).toMatchObject({ 'prometheus.io/port': '9999', 'prometheus.io/path': '/jvm' });
  });

  it('may be in several places of one service', () => {
    const { shop, annotationsOf } = shopIn();
    const cart = service(shop, 'cart');
    new MergedMetrics(shop, 'jvm', { service: cart, port: 9999, path: '/jvm' });
    new MergedMetrics(shop, 'metrics', { service: cart, port: 9101 });
    expect(annotationsOf('Deployment', 'cart-v1')).toMatchObject({
      ...WORDS,
      'prometheus.istio.io/scrape-targets': '9101:/metrics,9999:/jvm',
    });
  });

  it('are named on whatever makes the pods', () => {
    const { chart, shop, annotationsOf } = shopIn();
    const image = 'ghcr.io/acme/ledger:1.0.0';
    const volumeClaims: VolumeClaim[] = [{ name: 'data', path: '/data', sizeGibibytes: 1 }];
    const ledger = new MeshedStatefulSet(shop, 'ledger', { image, ports, volumeClaims, fileGroup: 1000 });
    const agent = new MeshedDaemonSet(shop, 'agent', { image, ports });
    const metadata = { name: 'old-v1', namespace: 'shop' };
    const template = {
      metadata: { labels: { app: 'old', version: 'v1' } },
      spec: { containers: [{ name: 'main', image, ports: [{ containerPort: 8080 }] }] },
    };
    const spec = { selector: { matchLabels: { app: 'old' } }, template };
    const workload = new ApiObject(chart, 'old', { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec });
    const old = MeshedService.fromWorkload(shop, 'old', workload, { ports: [MeshPort.http(8080)] });
    for (const [id, one] of Object.entries({ ledger, agent, old })) new MergedMetrics(shop, `${id}-metrics`, { service: one, port: 9101 });
    expect(annotationsOf('StatefulSet', 'ledger')).toMatchObject(WORDS);
    expect(annotationsOf('DaemonSet', 'agent')).toMatchObject(WORDS);
    expect(annotationsOf('Deployment', 'old-v1')).toMatchObject(WORDS);
  });

  it('are told of in ambient mode, where nobody merges them', () => {
    const { chart, shop } = shopIn(DataPlane.ambient());
    new MergedMetrics(shop, 'metrics', { service: service(shop, 'cart'), port: 9101 });
    expect(findingCodes(chart)).toEqual(['MESH503']);
  });

  it('fail on a port of the proxy', () => {
    const { shop } = shopIn();
    const cart = service(shop, 'cart');
    expect(() => new MergedMetrics(shop, 'metrics', { service: cart, port: 15020 })).toThrow('MESH900');
    expect(() => new MergedMetrics(shop, 'bad', { service: cart, port: 9101, path: 'metrics' })).toThrow('MESH006');
  });
});
