import { callersIn } from '../../lib/asking/callers-in';
import * as made from '../verdict/fixtures';

describe('callers in a cluster', () => {
  it('are workloads, pods that nobody has yet with a proxy and without one, accounts that a policy names, and pods of namespaces elsewhere in both ways', () => {
    const named = made.policy('p', 'rules: [{from: [{source: {principals: [cluster.local/ns/web/sa/batch]}}]}]');
    expect(callersIn(made.cluster(made.namespace('shop', made.SIDECAR), made.deployment('cart-v1', 'cart', 'v1'), named))).toEqual([
      'shop/cart-v1',
      'pod:elsewhere',
      'pod:shop',
      'pod:web',
      'pod:web/batch',
      'plain:shop',
      'meshed:elsewhere',
      'meshed:web',
      'meshed:web/batch',
    ]);
  });

  it('are none without a proxy where nobody has one', () => {
    expect(callersIn(made.cluster(made.namespace('shop', 'a: b')))).toEqual(['pod:elsewhere', 'pod:shop']);
  });
});
