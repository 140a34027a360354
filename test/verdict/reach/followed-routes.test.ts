import { followed, hostsFrom } from '../../../lib/verdict/reach/followed-routes';
import { clusterFrom } from '../../manifests';
import * as made from '../fixtures';

const SHOP = [made.namespace('shop', made.SIDECAR), made.CART, made.CART_VERSIONS];
const TO = { host: 'Cart.shop.svc.cluster.local', port: 8080 };
const short = (hosts: readonly string[]) => hosts.map((host) => host.replace('.shop.svc.cluster.local', ''));

describe('routes that may be followed', () => {
  it('are those of a host, and of the hosts that they lead to', () => {
    const first = made.virtualService('a', 'hosts: [cart], http: [{route: [{destination: {host: cart-v1}}]}]');
    const second = made.virtualService('b', 'hosts: ["cart-v1*"], http: []').replace('"cart-v1*"', '"*-v1.shop.svc.cluster.local"');
    const { hosts, virtual } = followed(clusterFrom(...SHOP, first, second, made.virtualService('c', 'hosts: [web], http: []')), {
      to: TO,
    });
    expect([short(hosts), virtual.map(({ object }) => object.name)]).toEqual([
      ['cart', 'cart-v1'],
      ['a', 'b'],
    ]);
  });

  it('are those of connections, too', () => {
    const bytes = made.virtualService('a', 'hosts: [cart], tcp: [{route: [{destination: {host: cart-v2}}]}]');
    expect(short(hostsFrom(clusterFrom(...SHOP, bytes), TO))).toEqual(['cart', 'cart-v2']);
  });

  it('are those of a gateway for who comes in there alone', () => {
    const cluster = clusterFrom(...SHOP, made.GATEWAY, made.EXPOSED, made.httpRoute('mesh', made.TO_CART, made.NINETY_TEN));
    const to = { host: 'cart.example.com', port: 443 };
    const names = (from?: { gateway: string }, at = to) => followed(cluster, { from, to: at }).http.map(({ object }) => object.name);
    expect([names({ gateway: 'edge/gateway' }), names(), names(undefined, TO)]).toEqual([['edge', 'mesh'], [], ['mesh']]);
  });
});
