import {
  destinationsOf,
  httpRoutesOf,
  isExportedTo,
  virtualServices,
  virtualServicesFor,
} from '../../../lib/cluster/routes/virtual-services';
import { clusterFrom } from '../../manifests';

const virtual = (name: string, spec: string) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: shop}
spec: {${spec}}`;
const only = (spec: string) => virtualServices(clusterFrom(virtual('a', spec)))[0];
const routesOf = (spec: string) => {
  const cluster = clusterFrom(virtual('a', spec));
  return httpRoutesOf(cluster, virtualServices(cluster)[0]);
};

describe('a VirtualService', () => {
  it('is found by where it is bound and by its hosts, the closest first', () => {
    const cluster = clusterFrom(
      virtual('wide', 'hosts: ["*.shop.svc.cluster.local"]'),
      virtual('cart', 'hosts: [Cart, web], gateways: [mesh, door]'),
      virtual('edge', 'hosts: [cart], gateways: [edge/door]'),
    );
    const found = (gateway: string) =>
      virtualServicesFor(cluster, gateway, 'cart.shop.svc.cluster.local').map((equals) => equals.map(({ object }) => object.name));
    expect(found('mesh')).toEqual([['cart'], ['wide']]);
    expect(found('shop/door')).toEqual([['cart']]);
    expect(found('edge/door')).toEqual([['edge']]);
    expect(found('none')).toEqual([]);
  });

  it('has full hosts, letter for letter', () => {
    const route = 'http: [{route: [{destination: {host: CART, subset: v1, port: {number: 80}}, weight: 9}]}]';
    expect(only(`hosts: [Cart], ${route}`).hosts).toEqual(['Cart.shop.svc.cluster.local']);
    expect(routesOf(`hosts: [Cart], ${route}`)).toMatchObject([
      { destinations: [{ host: 'CART.shop.svc.cluster.local', subset: 'v1', port: 80, weight: 9 }] },
    ]);
  });

  it('is told to all namespaces, or to those that it lists', () => {
    expect(['shop', 'bank'].map((name) => isExportedTo(only('hosts: [cart]'), name))).toEqual([true, true]);
    expect(['shop', 'bank'].map((name) => isExportedTo(only('exportTo: ["."]'), name))).toEqual([true, false]);
  });

  it('names everywhere that it sends anything', () => {
    const http = '{route: [{destination: {host: a}}], mirror: {host: b}, mirrors: [{destination: {host: c}}]}';
    const bytes = '[{route: [{destination: {host: d.example.com, port: {number: 443}}}]}]';
    const one = `http: [${http}, {route: [{destination: {}}]}], tls: ${bytes}, tcp: ${bytes}`;
    const cluster = clusterFrom(virtual('a', one));
    expect(destinationsOf(cluster, virtualServices(cluster)[0]).map(({ host, port }) => [host.split('.')[0], port])).toEqual([
      ['a', undefined],
      ['c', undefined],
      ['b', undefined],
      ['d', 443],
      ['d', 443],
    ]);
    expect(only(one)).toMatchObject({ routesTls: true, routesTcp: true });
  });

  it('says what holds on a route', () => {
    const route = (spec: string) => routesOf(`http: [{${spec}}]`)[0];
    expect(route('timeout: 3s, retries: {attempts: 2, perTryTimeout: 1s, retryOn: reset}, name: all')).toMatchObject({
      name: 'all',
      timeout: '3s',
      retries: { attempts: 2, perTryTimeout: '1s', retryOn: 'reset' },
      delegate: undefined,
    });
    expect(route('fault: {}, delegate: {name: b}')).toMatchObject({ retries: undefined, delegate: 'shop/b' });
    expect(route('delegate: {name: b, namespace: bank}').delegate).toBe('bank/b');
    expect(route('match: []').matches).toBeUndefined();
  });

  it('is read whatever stands in it', () => {
    const spec = 'hosts: cart, gateways: {}, http: [null, {route: text, match: [1], retries: 2, timeout: 3}]';
    expect(only(spec)).toMatchObject({ hosts: [], gateways: ['mesh'] });
    expect(routesOf(spec)).toMatchObject([{ destinations: [] }, { destinations: [], timeout: undefined, retries: { attempts: 0 } }]);
  });
});
