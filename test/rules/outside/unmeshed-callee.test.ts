import { unmeshedCallee } from '../../../lib/rules/outside/unmeshed-callee';
import { call, findings, hop, other, service } from '../model-builder';

const db = other('unmeshed', 'orders-db', { path: 'payments/orders-db' });

describe(unmeshedCallee.title, () => {
  it('takes callees of the mesh', () => {
    expect(findings(unmeshedCallee, { calls: [call(service('cart'), service('product'))] })).toEqual([]);
  });

  it('reports an unmeshed callee once, with all its callers', () => {
    const calls = [service('payment'), service('cart')].map((caller) => call(caller, db, { hops: [hop(caller, db)] }));
    expect(findings(unmeshedCallee, { calls })).toMatchObject([
      { on: { path: 'payments/orders-db' }, got: 'called by shop/cart, shop/payment' },
    ]);
  });
});
