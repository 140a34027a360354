import { marksTo } from '../../lib/asking/alike';
import { clusterFrom } from '../manifests';
import * as made from '../verdict/fixtures';

const SHOP = [made.namespace('shop', made.SIDECAR), made.CART, made.CART_VERSIONS, made.deployment('web', 'web', 'v1')];
const HOST = { host: 'cart.shop.svc.cluster.local', port: 8080 };
const POD = { podOf: 'shop/cart-v1', port: 8080 };
const FROM_WEB = 'rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}]}]';

describe('marks of callers', () => {
  it('are the same of those who fare alike at all ends', () => {
    const markOf = marksTo(clusterFrom(...SHOP, made.policy('a', FROM_WEB)), [HOST]);
    expect(markOf('shop/cart-v1')).toBe(markOf('shop/cart-v2'));
    expect(markOf('shop/web')).not.toBe(markOf('shop/cart-v2'));
  });

  it('are of each end that is asked about', () => {
    const markOf = marksTo(clusterFrom(...SHOP), [HOST, POD]);
    expect(markOf('shop/web')).toBe(markOf('shop/cart-v2'));
    expect(markOf('shop/cart-v1')).not.toBe(markOf('shop/cart-v2'));
  });

  it('are of nobody else for who is not among the callers', () => {
    const markOf = marksTo(clusterFrom(...SHOP), [HOST]);
    expect(markOf('outside')).not.toBe(markOf('edge/gateway'));
  });
});
