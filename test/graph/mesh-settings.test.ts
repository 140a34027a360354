import { hostOf, isOther, namesIn, principalOf } from '../../lib/graph/mesh-settings';

const ACME = { trustDomain: 'acme.org', clusterDomain: 'acme.local', rootNamespace: 'istio-config' };

describe('a name in the mesh', () => {
  // A certificate says spiffe://acme.org/ns/shop/sa/cart; policies write it without the scheme.
  it('is an identity in the trust domain', () => {
    expect(principalOf(ACME, 'shop', 'cart')).toBe('acme.org/ns/shop/sa/cart');
  });

  it('is the host of a Service in the cluster’s domain', () => {
    expect(hostOf(ACME, 'shop', 'cart')).toBe('cart.shop.svc.acme.local');
  });

  it('is another one in another domain, and no other in another environment', () => {
    expect(namesIn({ ...ACME, environment: 'production' })).toBe(namesIn(ACME));
    expect(namesIn({ ...ACME, trustDomain: 'acme.test' })).not.toBe(namesIn(ACME));
  });

  it('stays where the trust domain has aliases, which say other things of the cluster all the same', () => {
    const [one, same, other] = [['old.org'], ['old.org'], ['older.org']].map((trustDomainAliases) => ({ ...ACME, trustDomainAliases }));
    expect(namesIn(one)).toBe(namesIn(ACME));
    expect([same, other, ACME].map((each) => isOther(one, each))).toEqual([false, true, true]);
  });
});
