import { assemble } from '../../lib/assembly/assemble';
import { doorsOf } from '../../lib/inquiry/doors';
import { clusterOf } from '../../lib/rules/cluster-of';
import { canary, shop } from '../builders';
import { forEachPlane } from '../for-each-plane';

describe('the ways to the pods of a service', () => {
  forEachPlane((plane) => {
    it('are its name, those of its versions, and the addresses of its pods', () => {
      const { chart, cart, product } = shop(plane);
      product.calls(cart);
      canary(cart);
      const model = assemble(chart);
      const doors = doorsOf(
        clusterOf(model),
        model.services.find(({ name }) => name === 'cart')!,
      );
      const versions = ['cart-v1.shop.svc.cluster.local:8080', 'cart-v2.shop.svc.cluster.local:8080'];
      expect(doors.map(({ name }) => name).sort()).toEqual([
        ...plane.of({ sidecar: [], ambient: versions }),
        'cart.shop.svc.cluster.local:8080',
        'port 8080 of the pods of Deployment shop/cart-v1',
        'port 8080 of the pods of Deployment shop/cart-v2',
      ]);
      expect(doors.every(({ isHttp, podPort }) => isHttp && podPort === 8080)).toBe(true);
    });
  });
});
