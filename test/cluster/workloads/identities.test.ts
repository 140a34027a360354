import { accountOfPrincipal, principalOf } from '../../../lib/cluster/workloads/identities';

const TRUST = { trustDomain: 'example.org' };

describe('an identity', () => {
  it('is made of the trust domain, the namespace and the account', () => {
    expect(principalOf(TRUST, 'shop', 'cart')).toBe('example.org/ns/shop/sa/cart');
  });

  it.each([
    ['example.org/ns/shop/sa/cart', 'shop/cart'],
    ['*/ns/shop/sa/cart', 'shop/cart'],
    ['cluster.local/ns/shop/sa/cart', 'shop/cart'],
    ['elsewhere.org/ns/shop/sa/cart', undefined],
    ['example.org/ns/shop/sa/*', undefined],
    ['*', undefined],
    ['', undefined],
  ])('tells its account: %s', (principal, expected) => {
    expect(accountOfPrincipal(TRUST, principal)).toBe(expected);
  });

  it('tells its account under an alias of the trust domain', () => {
    expect(accountOfPrincipal({ ...TRUST, trustDomainAliases: ['older.org'] }, 'older.org/ns/shop/sa/cart')).toBe('shop/cart');
  });
});
