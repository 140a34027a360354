import { firstGrant } from '../../../lib/rules/access/first-grant';
import { ANYONE, call, findings, GET_ITEMS, namespaceState, service } from '../model-builder';

const product = service('product');

describe(firstGrant.title, () => {
  it('takes a grant in a namespace that is closed from the start', () => {
    const closed = service('product', { namespace: namespaceState('shop', 'sidecar', { zeroTrust: true }) });
    expect(findings(firstGrant, { calls: [call(service('cart'), closed)] })).toEqual([]);
  });

  it('fails once for each callee, and names who may still call', () => {
    const calls = [call(service('web'), product), call(service('cart'), product)];
    expect(findings(firstGrant, { calls })).toMatchObject([{ on: { path: 'shop/product' }, got: 'allowed: shop/cart, shop/web' }]);
  });

  it('takes a service that anyone may still call', () => {
    expect(findings(firstGrant, { calls: [call(ANYONE, product), call(service('cart'), product)] })).toEqual([]);
  });

  it('fails where anyone may send only some of the requests', () => {
    const calls = [call(ANYONE, product, { http: [GET_ITEMS] })];
    expect(findings(firstGrant, { calls })).toHaveLength(1);
  });

  it('takes refusals, and services that somebody else makes', () => {
    const calls = [call(service('cart'), product, { action: 'DENY' }), call(service('cart'), service('payment', { owned: false }))];
    expect(findings(firstGrant, { calls })).toEqual([]);
  });
});
