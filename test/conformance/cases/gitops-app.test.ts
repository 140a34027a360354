import { App } from 'cdk8s';
import { CLUSTERS, Delivered } from '../../../apps/gitops/gitops';
import { forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import { expectOnly } from '../who-calls-whom';

describe('the app gitops', () => {
  forEachPlane(({ dataPlane }) => {
    it.each(CLUSTERS.map((cluster) => [cluster.clusterName, cluster] as const))(
      'brings %s a shop in which nobody asks for more',
      async (_, cluster) => {
        const mesh = await judged(new Delivered(new App(), 'gitops', { dataPlane, cluster }));
        await expectOnly(mesh, [{ from: 'shop/web', to: 'shop/orders', port: 8080, only: ['GET /orders/1', 'POST /orders'] }]);
      },
    );
  });
});
