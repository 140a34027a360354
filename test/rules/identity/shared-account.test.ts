import { sharedAccount } from '../../../lib/rules/identity/shared-account';
import { call, findings, hop, identity, namespace, namespaceState, other, service, waypointOf } from '../model-builder';

const product = service('product');
const cart = service('cart', { serviceAccountName: 'shop' });
const web = service('web', { serviceAccountName: 'shop' });

describe(sharedAccount.title, () => {
  it('takes a caller with an account of its own', () => {
    expect(findings(sharedAccount, { services: [product, service('cart')], calls: [call(service('cart'), product)] })).toEqual([]);
  });

  it('fails an account of two services once, however often it calls', () => {
    const calls = [call(web, product), call(cart, product)];
    expect(findings(sharedAccount, { services: [product, cart, web], calls })).toMatchObject([
      { on: { path: 'shop/cart' }, message: expect.stringContaining('cart and web'), got: 'shop/shop' },
    ]);
  });

  it('takes a shared account that calls nobody, or nobody who asks for it', () => {
    const db = other('unmeshed', 'db');
    expect(findings(sharedAccount, { services: [product, cart, web], calls: [call(cart, db, { hops: [hop(cart, db)] })] })).toEqual([]);
  });

  it('fails the default account, of a service or by name', () => {
    const plain = service('plain', { serviceAccountName: 'default' });
    const calls = [call(plain, product), call(identity('elsewhere', 'default'), product)];
    expect(
      findings(sharedAccount, { services: [product, plain], calls })
        .map(({ got }) => got)
        .sort(),
    ).toEqual(['elsewhere/default', 'shop/default']);
  });

  it('takes a refusal: it may well mean all of them', () => {
    expect(findings(sharedAccount, { services: [cart, web], calls: [call(web, product, { action: 'DENY' })] })).toEqual([]);
  });

  it('fails a service under the account of a waypoint or a gateway, whomever it calls', () => {
    const services = [service('waypoint'), service('edge', { serviceAccountName: 'gateway-istio' }), product];
    const others = [other('gateway', 'gateway', { serviceAccountName: 'gateway-istio' })];
    const namespaces = [namespace('shop', 'ambient', { waypoint: waypointOf('shop') })];
    expect(findings(sharedAccount, { services, others, namespaces })).toMatchObject([
      { on: { path: 'shop/edge' }, got: 'shop/gateway-istio', message: expect.stringContaining('gateway gateway') },
      { on: { path: 'shop/waypoint' }, got: 'shop/waypoint', fix: expect.stringContaining('another name') },
    ]);
  });

  it('fails a service under the account of an egress gateway, which is there in sidecar mode alone', () => {
    const found = (mode: 'sidecar' | 'ambient') => {
      const at = namespaceState('egress', mode);
      const others = [other('egress', 'out', { serviceAccountName: 'out-istio', namespaceName: 'egress', namespace: at })];
      return findings(sharedAccount, { services: [service('out-istio', { namespace: at })], others });
    };
    expect(found('sidecar')).toMatchObject([{ got: 'egress/out-istio', message: expect.stringContaining('egress gateway out') }]);
    expect(found('ambient')).toEqual([]);
  });

  it('takes a service named waypoint where there is none', () => {
    expect(findings(sharedAccount, { services: [service('waypoint')], namespaces: [namespace('shop', 'ambient')] })).toEqual([]);
  });

  it('fails a service under the account of a waypoint that takes a share of the connections', () => {
    const canary = { ...waypointOf('shop'), name: 'next' };
    const shop = namespace('shop', 'ambient', { waypoint: { ...waypointOf('shop'), canary } });
    const next = service('next', { serviceAccountName: 'next' });
    expect(findings(sharedAccount, { namespaces: [shop], services: [next] })).toMatchObject([
      { message: expect.stringContaining('waypoint next') },
    ]);
  });
});
