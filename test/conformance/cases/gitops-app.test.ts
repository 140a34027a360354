import { App } from 'cdk8s';
import { CLUSTERS, Delivered, type Engine } from '../../../apps/gitops/gitops';
import { forEachPlane } from '../../for-each-plane';
import { acted } from '../controllers/acted';
import { meshFrom, meshOf } from '../mesh-under-test';
import { expectOnly } from '../who-calls-whom';

describe('the app gitops', () => {
  forEachPlane(({ dataPlane }) => {
    it.each<Engine>(['argo-cd', 'flux'])('has a shop that %s brings, and nobody asks for anything else', async (engine) => {
      for (const cluster of CLUSTERS) {
        const written = meshOf(new Delivered(new App(), 'gitops', { engine, dataPlane, cluster })).manifests;
        const mesh = meshFrom([...acted([...written])]);
        expect((await mesh.findings()).filter(({ level }) => level !== 'info')).toEqual([]);
        await expectOnly(mesh, [{ from: 'shop/web', to: 'shop/orders', port: 8080, only: ['GET /orders/1', 'POST /orders'] }]);
      }
    });
  });
});
