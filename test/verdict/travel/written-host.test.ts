import { speakerOf } from '../../../lib/verdict/requests/callers';
import { writtenBeside } from '../../../lib/verdict/travel/written-host';
import { servicesOf } from '../../../lib/cluster/services/services';
import type { Caller } from '../../../lib/verdict/requests/request';
import { clusterFrom } from '../../manifests';
import * as made from '../fixtures';

const OTHER =
  '---\napiVersion: v1\nkind: Service\nmetadata: { name: other, namespace: shop }\nspec: { selector: { app: other }, ports: [{ name: http, port: 8080 }] }\n';
const cluster = clusterFrom(made.namespace('shop', made.SIDECAR), made.CART, OTHER);
const CART = servicesOf(cluster).find(({ key }) => key === 'shop/cart')!;
const to = { host: CART.hosts[0], port: 8080 };

function written(host: string, namespace = 'shop', proxy: 'sidecar' | 'ztunnel' = 'sidecar') {
  const from: Caller = { pod: { namespace, proxy } };
  const request = { from, to, addressed: { scheme: 'http', host } };
  const found = writtenBeside(cluster, speakerOf(cluster, from), request, { service: CART, port: 8080 });
  return found && (found.service?.key ?? 'nobody');
}

describe('the host that a client of a sidecar writes', () => {
  it.each(['cart', 'cart:80', 'cart.shop', 'cart.shop.svc', 'cart.shop.svc.cluster.local', 'cart.shop.svc.cluster.local.'])(
    'is that of the Service that it calls: %s',
    (host) => {
      expect(written(host)).toBeUndefined();
    },
  );

  it('is one that nobody has, also where a name is short for a Service of another namespace, or ends with a dot and is not whole', () => {
    expect([written('magic.com'), written('cart.shop.'), written('cart', 'elsewhere')]).toEqual(['nobody', 'nobody', 'nobody']);
  });

  it('is that of another Service', () => {
    expect([written('other'), written('other.shop', 'elsewhere')]).toEqual(['shop/other', 'shop/other']);
  });

  it('is nothing that anybody reads who has no sidecar', () => {
    expect(written('magic.com', 'shop', 'ztunnel')).toBeUndefined();
  });
});
