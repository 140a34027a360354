import { entrancesTo } from '../../../lib/asking/doors/entrances';
import * as made from '../../verdict/fixtures';

const POD = made
  .deployment('cart-v1', 'cart', 'v1')
  .replace('containerPort: 8080}', 'containerPort: 8080}, {containerPort: 9090}, {containerPort: 53, protocol: UDP}');
const cluster = made.cluster(
  made.namespace('shop', made.SIDECAR),
  POD,
  made.service('cart', 'app: cart'),
  made.service('cart-v1', 'version: v1', { extra: ', clusterIP: None' }),
  made.service('cart-lb', 'app: cart', { port: '{name: http, port: 80, targetPort: main}', extra: ', type: LoadBalancer' }),
  made.service('other', 'app: other'),
);
const names = (callee: string) => {
  const { own, round, outer } = entrancesTo(cluster, callee);
  return [own, round, outer].map((some) => some.map(({ kind, callee: name }) => `${kind} ${name}`));
};

describe('entrances', () => {
  it('to a Service are its own name, other Services over its pods, their addresses, and what is open outside', () => {
    expect(names('cart')).toEqual([
      ['service shop/cart:8080'],
      [
        'other service shop/cart-lb:80',
        'headless service shop/cart-v1:8080',
        'pod address pod:shop/cart-v1:8080',
        'pod address pod:shop/cart-v1:9090',
      ],
      ['other service shop/cart-lb:80'],
    ]);
    expect(names('cart:8080')[1]).not.toContain('pod address pod:shop/cart-v1:9090');
  });

  it('to pods are their address first', () => {
    expect(names('pod:shop/cart-v1:8080')).toEqual([
      ['pod address pod:shop/cart-v1:8080'],
      ['other service shop/cart:8080', 'other service shop/cart-lb:80', 'headless service shop/cart-v1:8080'],
      ['other service shop/cart-lb:80'],
    ]);
  });

  it('to a Service without pods, or to a host outside, are its own name alone', () => {
    expect(names('other')).toEqual([['service shop/other:8080'], [], []]);
    expect(names('api.example.com:443')).toEqual([['service api.example.com:443'], [], []]);
  });
});
