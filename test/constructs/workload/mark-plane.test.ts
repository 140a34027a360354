import { ApiObject, Chart } from 'cdk8s';
import { DataPlane, MeshedService, MeshNamespace, MeshPort } from 'istio-constructs';
import { canary, type Manifest, manifest, manifests, newChart, service } from '../../builders';

const MARK = 'istio-constructs/data-plane';

const openShop = (chart: Chart, dataPlane: DataPlane) => new MeshNamespace(chart, 'shop', { dataPlane });

function templateOf({ spec }: Manifest): { readonly metadata: Manifest['metadata'] } {
  return spec!.template as { readonly metadata: Manifest['metadata'] };
}

const markOf = (workload: Manifest) => templateOf(workload).metadata.annotations?.[MARK];

/** The pods of a service and of its canary. */
function podsIn(dataPlane: DataPlane): Manifest[] {
  const chart = newChart();
  canary(service(openShop(chart, dataPlane), 'cart'));
  return manifests(chart).filter(({ kind }) => kind === 'Deployment');
}

/** A workload that somebody else wrote, in the namespace `shop`. */
function rawWorkload(chart: Chart, kind: string): ApiObject {
  const template = {
    metadata: { labels: { app: 'legacy' }, annotations: { team: 'buy' } },
    spec: { containers: [{ name: 'main', image: 'registry.example.com/legacy:1' }] },
  };
  const spec = { selector: { matchLabels: { app: 'legacy' } }, template };
  return new ApiObject(chart, 'workload', { apiVersion: 'apps/v1', kind, metadata: { name: 'legacy', namespace: 'shop' }, spec });
}

const ports = [MeshPort.http(8080)];

describe('pods in the mesh', () => {
  it.each<[string, DataPlane]>([
    ['sidecar', DataPlane.sidecar()],
    ['sidecar/stable', DataPlane.sidecar({ revision: 'stable' })],
    ['ambient', DataPlane.ambient()],
    ['ambient', DataPlane.ambient({ revision: 'stable' })],
  ])('say that they join as %s, those of a canary as well', (joinsAs, dataPlane) => {
    expect(podsIn(dataPlane).map(markOf)).toEqual([joinsAs, joinsAs]);
  });

  it('are the same in both planes in all else, so that nothing but the plane restarts them', () => {
    const unmarked = (dataPlane: DataPlane) =>
      podsIn(dataPlane).map((pods) => {
        const { annotations, ...metadata } = templateOf(pods).metadata;
        return { ...templateOf(pods), metadata, others: Object.keys(annotations!).filter((key) => key !== MARK) };
      });
    expect(unmarked(DataPlane.ambient())).toEqual(unmarked(DataPlane.sidecar()));
    expect(unmarked(DataPlane.sidecar({ revision: 'stable' }))).toEqual(unmarked(DataPlane.sidecar()));
    expect(unmarked(DataPlane.sidecar())[0].others).toEqual([]);
  });

  it.each(['Deployment', 'StatefulSet', 'DaemonSet'])('say so in a %s that somebody else wrote, beside its own annotations', (kind) => {
    const chart = newChart();
    MeshedService.fromWorkload(openShop(chart, DataPlane.ambient()), 'legacy', rawWorkload(chart, kind), { ports });
    expect(templateOf(manifest(chart, kind, 'legacy')).metadata.annotations).toEqual({ team: 'buy', [MARK]: 'ambient' });
  });

  it('say so in another chart of their namespace, which is declared after them', () => {
    const chart = newChart('shop', { namespace: 'shop' });
    service(chart, 'cart');
    openShop(new Chart(chart.node.root, 'platform'), DataPlane.ambient());
    expect(markOf(manifest(chart, 'Deployment', 'cart-v1'))).toBe('ambient');
  });

  it('say nothing where nobody puts their namespace into the mesh', () => {
    const chart = newChart();
    service(chart, 'cart');
    expect(templateOf(manifest(chart, 'Deployment', 'cart-v1')).metadata.annotations).toBeUndefined();
  });
});
