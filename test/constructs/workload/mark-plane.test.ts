import { ApiObject, Chart } from 'cdk8s';
import { DataPlane, MeshedService, MeshNamespace, MeshPort } from 'istio-constructs';
import { canary, type Manifest, manifest, manifests, newChart, service } from '../../builders';

const INJECT = 'sidecar.istio.io/inject';
const REVISION = 'istio.io/rev';
const MODE = 'istio.io/dataplane-mode';

const openShop = (chart: Chart, dataPlane: DataPlane) => new MeshNamespace(chart, 'shop', { dataPlane });

function templateOf({ spec }: Manifest): { readonly metadata: Manifest['metadata'] } {
  return spec!.template as { readonly metadata: Manifest['metadata'] };
}

/** What pods say of how they join the mesh. */
function markOf(workload: Manifest): object {
  const { labels } = templateOf(workload).metadata;
  return Object.fromEntries(Object.entries(labels!).filter(([key]) => [INJECT, REVISION, MODE].includes(key)));
}

/** The pods of a service and of its canary. */
function podsIn(dataPlane: DataPlane): Manifest[] {
  const chart = newChart();
  canary(service(openShop(chart, dataPlane), 'cart'));
  return manifests(chart).filter(({ kind }) => kind === 'Deployment');
}

/** A workload that somebody else wrote, in the namespace `shop`. */
function rawWorkload(chart: Chart, kind: string, { labels, annotations }: Partial<Manifest['metadata']> = {}): ApiObject {
  const template = {
    metadata: { labels: { app: 'legacy', ...labels }, annotations },
    spec: { containers: [{ name: 'main', image: 'registry.example.com/legacy:1' }] },
  };
  const spec = { selector: { matchLabels: { app: 'legacy' } }, template };
  return new ApiObject(chart, 'workload', { apiVersion: 'apps/v1', kind, metadata: { name: 'legacy', namespace: 'shop' }, spec });
}

const ports = [MeshPort.http(8080)];

describe('pods in the mesh', () => {
  it.each<[object, DataPlane]>([
    [{ [INJECT]: 'true' }, DataPlane.sidecar()],
    [{ [INJECT]: 'true', [REVISION]: 'stable' }, DataPlane.sidecar({ revision: 'stable' })],
    [{ [MODE]: 'ambient' }, DataPlane.ambient()],
    [{ [MODE]: 'ambient' }, DataPlane.ambient({ revision: 'stable' })],
  ])('say themselves that they join by %j, those of a canary as well', (joining, dataPlane) => {
    expect(podsIn(dataPlane).map(markOf)).toEqual([joining, joining]);
  });

  it('are the same in both planes in all else, so that nothing but the plane restarts them', () => {
    const unmarked = (dataPlane: DataPlane) =>
      podsIn(dataPlane).map((pods) => {
        const { labels, ...metadata } = templateOf(pods).metadata;
        const others = Object.entries(labels!).filter(([key]) => !(key in markOf(pods)));
        return { ...templateOf(pods), metadata, others };
      });
    expect(unmarked(DataPlane.ambient())).toEqual(unmarked(DataPlane.sidecar()));
    expect(unmarked(DataPlane.sidecar({ revision: 'stable' }))).toEqual(unmarked(DataPlane.sidecar()));
  });

  it.each(['Deployment', 'StatefulSet', 'DaemonSet'])('say so in a %s that somebody else wrote', (kind) => {
    const chart = newChart();
    MeshedService.fromWorkload(openShop(chart, DataPlane.ambient()), 'legacy', rawWorkload(chart, kind), { ports });
    expect(markOf(manifest(chart, kind, 'legacy'))).toEqual({ [MODE]: 'ambient' });
  });

  it.each<[object, DataPlane]>([
    [{ labels: { [INJECT]: 'false' } }, DataPlane.sidecar()],
    [{ annotations: { [INJECT]: 'false' } }, DataPlane.sidecar()],
    [{ labels: { [MODE]: 'none' } }, DataPlane.ambient()],
  ])('keep their own word where they have one: %j', (metadata, dataPlane) => {
    const chart = newChart();
    const workload = rawWorkload(chart, 'Deployment', metadata);
    const before = JSON.stringify(markOf(workload.toJson() as Manifest));
    MeshedService.fromWorkload(openShop(chart, dataPlane), 'legacy', workload, { ports });
    expect(JSON.stringify(markOf(workload.toJson() as Manifest))).toBe(before);
  });

  it('say so in another chart of their namespace, which is declared after them', () => {
    const chart = newChart('shop', { namespace: 'shop' });
    service(chart, 'cart');
    openShop(new Chart(chart.node.root, 'platform'), DataPlane.ambient());
    expect(markOf(manifest(chart, 'Deployment', 'cart-v1'))).toEqual({ [MODE]: 'ambient' });
  });

  it('say nothing where nobody puts their namespace into the mesh', () => {
    const chart = newChart();
    service(chart, 'cart');
    expect(markOf(manifest(chart, 'Deployment', 'cart-v1'))).toEqual({});
  });
});
