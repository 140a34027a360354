import { callersIn } from '../../lib/asking/callers-in';
import * as made from '../verdict/fixtures';

describe('callers in a cluster', () => {
  it('are workloads, pods that nobody has yet with a proxy and without one, and accounts that a policy names', () => {
    const named = made.policy('p', 'rules: [{from: [{source: {principals: [cluster.local/ns/web/sa/batch]}}]}]');
    expect(callersIn(made.cluster(made.namespace('shop', made.SIDECAR), made.deployment('cart-v1', 'cart', 'v1'), named))).toEqual([
      'shop/cart-v1',
      'pod:elsewhere',
      'pod:shop',
      'pod:web',
      'pod:web/batch',
      'plain:shop',
    ]);
  });

  it('are none without a proxy where nobody has one', () => {
    expect(callersIn(made.cluster(made.namespace('shop', 'a: b')))).toEqual(['pod:elsewhere', 'pod:shop']);
  });
});
