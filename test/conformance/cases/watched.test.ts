import { Duration } from 'cdk8s';
import {
  DataPlane,
  MergedMetrics,
  MeshDashboard,
  MeshPort,
  MetricsDiscovery,
  MetricsScraping,
  ProxyMonitors,
  ReleaseDashboard,
  RequestCounter,
  ServiceDashboard,
  ServiceIdentity,
} from 'istio-constructs';
import { canary, manifests, service, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { meshOf, type MeshUnderTest } from '../mesh-under-test';
import { call } from '../requests';
import { expectOnly } from '../who-calls-whom';

const complaints = async (mesh: MeshUnderTest): Promise<unknown[]> => (await mesh.findings()).filter(({ level }) => level !== 'info');

describe('a mesh that is watched', () => {
  forEachPlane((plane) => {
    it('stays as closed as it was beside dashboards', async () => {
      const one = shop(plane);
      one.product.calls(one.cart);
      canary(one.cart);
      new ServiceDashboard(one.chart, 'cart', {
        service: one.cart,
        namespaceName: 'grafana',
        labels: { grafana_dashboard: 'mesh' },
        datasource: 'prometheus',
        countedBy: plane.of({ sidecar: RequestCounter.PODS, ambient: RequestCounter.CALLERS }),
      });
      new ReleaseDashboard(one.chart, 'release', { service: one.cart, countedBy: RequestCounter.CALLERS });
      new MeshDashboard(one.chart, 'mesh', { namespaceName: 'grafana', labels: { grafana_dashboard: 'mesh' }, datasource: 'prometheus' });
      const mesh = meshOf(one.chart);
      expect(await complaints(mesh)).toEqual([]);
      expect(manifests(one.chart).filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.namespace === 'grafana')).toHaveLength(2);
      await expectOnly(mesh, [{ from: 'shop/product', to: 'shop/cart' }]);
    });

    it.each([MetricsDiscovery.PODS, MetricsDiscovery.SERVICE])(
      'lets in who scrapes and nobody else, however often and by whichever path, found by %s',
      async (discovery) => {
        const one = shop(plane);
        const ports = [MeshPort.http(8080), MeshPort.http(9100, { suffix: 'metrics' })];
        const ledger = service(one.shop, 'ledger', { ports });
        new MetricsScraping(one.chart, 'metrics', {
          service: ledger,
          port: 9100,
          path: '/prometheus',
          discovery,
          scraper: ServiceIdentity.of('monitoring', 'prometheus', { dataPlane: plane.dataPlane }),
          scrapeClass: plane.of<string | undefined>({ sidecar: 'istio-mtls', ambient: undefined }),
          interval: Duration.seconds(15),
          labels: { release: 'prometheus' },
        });
        new ProxyMonitors(one.chart, 'monitors', {
          namespaceName: 'watch',
          interval: Duration.seconds(15),
          labels: { release: 'prometheus' },
        });
        const mesh = meshOf(one.chart);
        expect(await complaints(mesh)).toEqual([]);
        expect((await mesh.answer(call(one.product, ledger))).allowed).toBe(false);
      },
    );
  });

  it('has the metrics of applications merged into those of their sidecars, and nobody new let in', async () => {
    const one = shop({ dataPlane: DataPlane.sidecar() }, { ports: [MeshPort.http(8080)] });
    new MergedMetrics(one.chart, 'metrics', { service: one.cart, port: 8080, path: '/prometheus' });
    const mesh = meshOf(one.chart);
    expect(await complaints(mesh)).toEqual([]);
    await expectOnly(mesh, []);
  });
});
