import { serviceHosts } from '../../../lib/render/observability/service-hosts';

const cart = { name: 'cart', host: 'cart.shop.svc.cluster.local' };

describe('the hosts of a service', () => {
  it('are its own, those that callers are sent to, and those of all Services over its pods', () => {
    expect(serviceHosts(cart)).toEqual(['cart.shop.svc.cluster.local']);
    const meshHosts = ['cart.shop.svc.cluster.local', 'basket.shop.svc.cluster.local'];
    expect(serviceHosts({ ...cart, meshHosts, serviceNames: ['cart', 'cart-v2'] })).toEqual([
      ...meshHosts,
      'cart-v2.shop.svc.cluster.local',
    ]);
  });

  it('are no others where it has a name of another kind', () => {
    expect(serviceHosts({ ...cart, host: 'api.example.com', serviceNames: ['cart'] })).toEqual(['api.example.com']);
  });
});
