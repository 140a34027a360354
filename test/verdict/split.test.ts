import { split } from '../../lib/verdict/split';
import {
  CART,
  CART_VERSIONS,
  NINETY_TEN,
  SIDECAR,
  TO_CART,
  cluster,
  get,
  httpRoute,
  namespace,
  service,
  sidecarWeb,
  toService,
} from './fixtures';

const SHOP = [namespace('shop', SIDECAR), CART, CART_VERSIONS];

describe('the way of requests', () => {
  it('is shared out in percent, by the order of where they end', () => {
    const mesh = cluster(...SHOP, httpRoute('cart', TO_CART, NINETY_TEN.replace('90', '2').replace('10', '1')));
    expect(split(mesh, get({ from: sidecarWeb })).shares).toEqual([
      { workload: 'shop/cart-v1', host: 'cart-v1.shop.svc.cluster.local', subset: undefined, weight: 66.67 },
      { workload: 'shop/cart-v2', host: 'cart-v2.shop.svc.cluster.local', subset: undefined, weight: 33.33 },
    ]);
  });

  it('is open where nobody can tell a part of it', () => {
    const mesh = cluster(...SHOP, service('db', ''));
    expect(split(mesh, get({ from: sidecarWeb, to: toService('db') })).unknown).toBe('Service shop/db has endpoints that somebody writes');
    expect(split(mesh, get({ from: sidecarWeb })).unknown).toBeUndefined();
  });
});
