import { callersNamed, targetNamed } from '../../lib/asking/names';
import { CART, cluster, deployment, namespace, SIDECAR } from '../verdict/fixtures';

const GATEWAY = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: door, namespace: shop}
spec: {gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP}]}
---`;
const ENTRY = `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: api, namespace: shop}
spec: {hosts: [api.example.com], ports: [{number: 443, name: tls, protocol: TLS}], resolution: DNS}
---`;
const known = cluster(
  namespace('shop', SIDECAR),
  deployment('web', 'web', 'v1'),
  CART,
  GATEWAY,
  ENTRY,
  deployment('twin', 'twin', 'v1'),
  deployment('twin', 'twin', 'v1', 'other'),
);

describe('callers by their names', () => {
  it.each<[string, object[]]>([
    ['web', [{ workload: 'shop/web' }]],
    ['shop/web', [{ workload: 'shop/web' }]],
    ['cart', [{ workload: 'shop/cart-v1' }, { workload: 'shop/cart-v2' }]],
    ['shop/door', [{ gateway: 'shop/door', showsCertificate: true }]],
    ['pod:shop', [{ pod: { namespace: 'shop', serviceAccount: undefined, proxy: 'sidecar' } }]],
    ['pod:elsewhere/web', [{ pod: { namespace: 'elsewhere', serviceAccount: 'web', proxy: undefined } }]],
  ])('are found: %s', (name, callers) => {
    expect(callersNamed(known, name)).toEqual(callers);
  });

  it.each<[string, RegExp]>([
    ['wbe', /MESH895 .*\n {2}got: wbe\n {2}fix: did you mean shop\/web\?/],
    ['shop/nobody', /MESH895 .*\n {2}got: shop\/nobody/],
    ['shop/api', /MESH895/],
    ['twin', /MESH896 .*\n {2}got: twin, which are other\/twin and shop\/twin\n/],
  ])('fail for %s', (name, error) => {
    expect(() => callersNamed(known, name)).toThrow(error);
  });
});

describe('ends of requests by their names', () => {
  const CART_HOST = 'cart.shop.svc.cluster.local';

  it.each<[string, object]>([
    ['cart', { host: CART_HOST, port: 8080 }],
    ['shop/cart:8080', { host: CART_HOST, port: 8080 }],
    ['cart.shop', { host: CART_HOST, port: 8080 }],
    ['cart.shop.svc:9090', { host: CART_HOST, port: 9090 }],
    [CART_HOST, { host: CART_HOST, port: 8080 }],
    ['api', { host: 'api.example.com', port: 443 }],
    ['api.example.com', { host: 'api.example.com', port: 443 }],
    ['shop.example.com:80', { host: 'shop.example.com', port: 80 }],
    ['10.0.0.1:5432', { address: '10.0.0.1', port: 5432 }],
    ['pod:cart-v1:8080', { podOf: 'shop/cart-v1', port: 8080 }],
  ])('are found: %s', (name, target) => {
    expect(targetNamed(known, name)).toEqual(target);
  });

  it.each<[string, RegExp]>([
    ['crat', /MESH895 .*\n {2}got: crat\n {2}fix: did you mean shop\/cart\?/],
    ['pod:cart:8080', /MESH895/],
    ['pod:cart-v1', /MESH897/],
    ['shop.example.com', /MESH897 .*\n {2}got: shop.example.com\n {2}fix: write for example shop.example.com:8080/],
    ['10.0.0.1', /MESH897/],
  ])('fail for %s', (name, error) => {
    expect(() => targetNamed(known, name)).toThrow(error);
  });
});
