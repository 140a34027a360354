import { App } from 'cdk8s';
import type { Mesh } from 'istio-constructs';
import { BoxOffice, PLANES } from '../../../apps/observability/observability';
import { forEachPlane } from '../../for-each-plane';
import { installedBeside } from '../installations';
import { meshFrom, meshOf, type MeshUnderTest, withNetwork } from '../mesh-under-test';
import { connectsTo } from '../network-layer';
import { enter } from '../requests';
import { expectOnly } from '../who-calls-whom';

const OFFICE = { issuer: 'https://id.example.com', subject: 'ann', audiences: ['office'] };
const GRANTED = [
  { from: 'tickets/web', to: 'tickets/shows', port: 8080, only: ['GET /shows/1'] },
  { from: 'tickets/web', to: 'tickets/orders', port: 8080, only: ['POST /orders', 'GET /orders/1'] },
  { from: 'tickets/orders', to: 'tickets/payments', port: 8080, only: ['POST /payments'] },
];

describe('the box office', () => {
  forEachPlane((plane) => {
    let mesh: MeshUnderTest;
    let office: BoxOffice;

    beforeAll(async () => {
      office = new BoxOffice(new App(), 'observability', PLANES[plane.name]);
      const { extensionProviders } = office.node.findChild('mesh') as Mesh;
      const installed = installedBeside(`observability/observability-${plane.name}.k8s.yaml`);
      mesh = meshFrom([...installed, ...meshOf(office).manifests], { providers: extensionProviders });
    });

    const enters = async (url: string, token?: typeof OFFICE) => (await mesh.answer(enter(url, { token }))).allowed;

    it('sells tickets, and lets in nobody else', async () => {
      expect(await enters('https://tickets.example.com/')).toBe(true);
      const alone = meshOf(office);
      await expectOnly(alone, GRANTED);
      await expectOnly(withNetwork(alone), GRANTED);
    });

    it('shows Kiali and Grafana to whoever has a token of the office', async () => {
      for (const page of ['https://kiali.example.com/kiali', 'https://grafana.example.com/'])
        expect([await enters(page, OFFICE), await enters(page), await enters(page, { ...OFFICE, audiences: ['shop'] })]).toEqual([
          true,
          false,
          false,
        ]);
      expect(await enters('https://prometheus.example.com/', OFFICE)).toBe(false);
    });

    it('tells Tempo of one request in ten, and of all to the payments', async () => {
      const [all, some] = plane.of({
        sidecar: ['tickets/payments-v1', 'tickets/web-v1'],
        ambient: ['tickets/waypoint', 'edge/gateway'],
      });
      expect(JSON.stringify(await mesh.observed(all))).toContain('"randomSampling":{"value":100}');
      const told = JSON.stringify(await mesh.observed(some));
      expect(told).toContain('"randomSampling":{"value":10}');
      expect(told).toContain('outbound|4317||tempo.monitoring.svc.cluster.local');
    });

    it('lets its proxies send that', () => {
      const sender = plane.of({ sidecar: 'tickets/web-v1', ambient: 'tickets/waypoint' });
      const port = plane.of({ sidecar: 4317, ambient: 15008 });
      expect(connectsTo(mesh, sender, 'monitoring/tempo', port)).toBe(true);
    });
  });
});
