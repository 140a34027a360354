import { fullHost, hostMatches, hostOf, serviceNameOf } from '../../../lib/cluster/services/hosts';

const DOMAIN = { clusterDomain: 'cluster.local' };

describe('a host', () => {
  it('of a Service has its name, its namespace and the domain of the cluster', () => {
    expect(hostOf({ clusterDomain: 'example.org' }, 'cart', 'shop')).toBe('cart.shop.svc.example.org');
  });

  it.each([
    ['cart', 'cart.shop.svc.cluster.local'],
    ['CART', 'CART.shop.svc.cluster.local'],
    ['cart.bank', 'cart.bank'],
    ['API.example.com', 'API.example.com'],
    ['*', '*'],
    ['::1', '::1'],
    ['', ''],
  ])('is completed where it has no dot, and keeps its letters: %s', (host, expected) => {
    expect(fullHost(DOMAIN, host, 'shop')).toBe(expected);
  });

  it.each([
    ['cart.shop.svc.cluster.local', { name: 'cart', namespaceName: 'shop' }],
    ['cart.shop.svc.example.org', undefined],
    ['cart.shop', undefined],
    ['a.cart.shop.svc.cluster.local', undefined],
    ['shop.svc.cluster.local', undefined],
  ])('stands for a Service by its full name: %s', (host, expected) => {
    expect(serviceNameOf(DOMAIN, host)).toEqual(expected);
  });

  it.each([
    ['cart.shop', 'cart.shop', true],
    ['cart.shop', 'Cart.shop', false],
    ['*.example.com', 'api.example.com', true],
    ['*.example.com', 'example.com', false],
    ['*', 'anything', true],
  ])('is covered by a pattern: %s over %s', (pattern, host, expected) => {
    expect(hostMatches(pattern, host)).toBe(expected);
  });
});
