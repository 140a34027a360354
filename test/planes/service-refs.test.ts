import { serviceRefs } from '../../lib/planes/service-refs';
import { service } from '../rules/model-builder';

const names = (guardedNames?: string[]) => serviceRefs(service('cart', { guardedNames }));

describe('what a waypoint’s policy is for', () => {
  it('is the Service, and every other Service over the same pods, which would be a way round', () => {
    expect(names(['cart', 'cart-v1', 'cart-v2'])).toEqual(
      ['cart', 'cart-v1', 'cart-v2'].map((name) => ({ group: '', kind: 'Service', name })),
    );
  });

  it('is the Service alone where nothing else is known', () => {
    expect(names()).toEqual([{ group: '', kind: 'Service', name: 'cart' }]);
  });
});
