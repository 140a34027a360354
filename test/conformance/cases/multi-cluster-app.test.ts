import { App } from 'cdk8s';
import { Region, type RegionProps } from '../../../apps/multi-cluster/multi-cluster';
import { forEachPlane } from '../../for-each-plane';
import { installedBeside, withinNetwork } from '../installations';
import { meshFrom, meshOf, type MeshUnderTest } from '../mesh-under-test';
import { letsOut } from '../network-layer';
import { expectOnly } from '../who-calls-whom';

const GATEWAYS = { east: '203.0.113.10', west: '203.0.113.20' };

describe('the app multi-cluster', () => {
  forEachPlane(({ name: plane, of }) => {
    describe.each<RegionProps['cluster']>(['east', 'west'])('in the %s', (cluster) => {
      let mesh: MeshUnderTest;

      beforeAll(() => {
        const region = new Region(new App(), 'multi-cluster', { cluster, plane });
        const beside = installedBeside(`multi-cluster/multi-cluster-${plane}-${cluster}.k8s.yaml`);
        mesh = meshFrom(withinNetwork([...meshOf(region).manifests, ...beside]));
      });

      it('lets the shop ask for products, and nobody else', async () => {
        await expectOnly(mesh, [{ from: 'shop/web', to: 'shop/products', port: 8080, only: ['GET /products/1'] }]);
      });

      it('lets in invoices of the west, by their identity', async () => {
        const proxy = of({ sidecar: 'sidecar', ambient: 'ztunnel' } as const);
        const to = { host: 'products.shop.svc.cluster.local', port: 8080 };
        const asked = (serviceAccount: string) => ({ from: { identity: { namespace: 'billing', serviceAccount, proxy } }, to, path: '/' });
        const answers = await mesh.answers([asked('invoices'), asked('reports')]);
        expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
      });

      it('lets the shop out to the gateway of the other network alone', () => {
        const port = of({ sidecar: 15443, ambient: 15008 });
        const reached = Object.entries(GATEWAYS).filter(([, address]) => letsOut(mesh, 'shop/web-v1', address, port));
        expect(reached.map(([name]) => name)).toEqual([cluster === 'east' ? 'west' : 'east']);
        expect(letsOut(mesh, 'shop/products-v1', GATEWAYS.east, port) || letsOut(mesh, 'shop/products-v1', GATEWAYS.west, port)).toBe(
          false,
        );
      });
    });
  });
});
