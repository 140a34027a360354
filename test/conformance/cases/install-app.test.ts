import { App } from 'cdk8s';
import { Platform } from '../../../apps/install/install';
import { forEachPlane } from '../../for-each-plane';
import { INSTALLATIONS, installedBeside } from '../installations';
import { meshFrom, meshOf, type MeshUnderTest } from '../mesh-under-test';
import { enter } from '../requests';
import { expectOnly } from '../who-calls-whom';

describe('the app install', () => {
  forEachPlane(({ name, of, dataPlane }) => {
    let mesh: MeshUnderTest;

    beforeAll(() => {
      const platform = new Platform(new App(), 'install', { dataPlane });
      const beside = installedBeside(`install/install-${name}.k8s.yaml`);
      mesh = meshFrom([...meshOf(platform).manifests, ...beside], INSTALLATIONS.install);
    });

    it('serves the shop by the gateway of the installation, and nobody else', async () => {
      const ends = async (url: string) => {
        const { allowed, ways } = await mesh.answer({ ...enter(url), from: { gateway: 'edge/front' } });
        return allowed ? ways[0].workload : undefined;
      };
      expect(await ends('https://shop.example.com/')).toBe('shop/web-v1');
      expect(await ends('https://other.example.com/')).toBeUndefined();
      await expectOnly(mesh, [{ from: 'shop/web', to: 'shop/orders', port: 8080, only: ['GET /orders/1', 'POST /orders'] }]);
    });

    it('leaves by what is declared alone, where a sidecar has the word', async () => {
      const leave = (host: string) => ({ from: { workload: 'shop/orders-v1' }, to: { host, port: 443 }, path: '/' });
      const answers = await mesh.answers(['api.cards.example.com', 'example.net'].map(leave));
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, of({ sidecar: false, ambient: true })]);
    });

    it('tells Tempo of one request in ten', async () => {
      const told = JSON.stringify(await mesh.observed(of({ sidecar: 'shop/web-v1', ambient: 'shop/waypoint' })));
      expect(told).toContain('outbound|4317||tempo.monitoring.svc.cluster.local');
      expect(told).toContain('"randomSampling":{"value":10}');
    });
  });
});
