import { openEgress } from '../../../lib/rules/outside/open-egress';
import { call, findings, other, service } from '../model-builder';

describe(openEgress.title, () => {
  it('takes calls inside the cluster', () => {
    expect(findings(openEgress, { calls: [call(service('cart'), service('product'))] })).toEqual([]);
  });

  it('reports a call to an external host', () => {
    const cards = other('external', 'card-network', { host: 'api.cards.example.com' });
    const calls = [call(service('payment'), cards)];
    expect(findings(openEgress, { calls })).toMatchObject([
      { on: { path: 'shop/payment' }, message: expect.stringContaining('api.cards.example.com') },
    ]);
  });
});
