import { type Attempt, CART, fromOutside, type Kind, type Line, toService } from '../attempt';

const worker = { workload: 'shop/worker-v1' };
const READ: Line = { path: '/products/1' };

const spoofed = (what: string, headers: Record<string, string>): Attempt => ({
  what: `somebody without a grant ${what}`,
  request: toService({ identity: { namespace: 'elsewhere', serviceAccount: 'stranger', proxy: 'ztunnel' } }, 'shop/product', {
    ...READ,
    headers,
  }),
});

const astray = (what: string, headers: Record<string, string>): Attempt => ({
  what: `the cart with a path that it may not use ${what}`,
  request: toService(CART, 'shop/product', { path: '/admin', headers }),
});

const XFCC = 'By=spiffe://cluster.local/ns/shop/sa/product;Hash=00;URI=spiffe://cluster.local/ns/shop/sa/cart';

/** Headers that say what only a certificate or a proxy may say. */
export const HEADERS: Kind = {
  isParsed: true,
  title: 'Headers that claim something',
  attempts: [
    spoofed('says in x-forwarded-client-cert that it is the cart', { 'x-forwarded-client-cert': XFCC }),
    spoofed('says in x-forwarded-for that it comes from a pod of the cart', { 'x-forwarded-for': '10.244.0.5' }),
    spoofed('says in x-forwarded-for that it comes from loopback', { 'x-forwarded-for': '127.0.0.1' }),
    spoofed('says in x-envoy-external-address that it is inside', { 'x-envoy-external-address': '10.0.0.1' }),
    spoofed('says in x-envoy-internal that it is inside', { 'x-envoy-internal': 'true' }),
    spoofed('writes the peer’s metadata itself', { 'x-envoy-peer-metadata-id': 'sidecar~10.244.0.5~cart-v1.shop~shop.svc.cluster.local' }),
    spoofed('calls itself a service account in a header', { 'x-serviceaccount': 'cluster.local/ns/shop/sa/cart' }),
    spoofed('brings somebody’s basic password', { authorization: 'Basic YWRtaW46YWRtaW4=' }),
    astray('says what the path was in x-envoy-original-path', { 'x-envoy-original-path': '/products/1' }),
    astray('says what the path is in x-original-url', { 'x-original-url': '/products/1' }),
    astray('says what the path is in x-rewrite-url', { 'x-rewrite-url': '/products/1' }),
    astray('asks to go over to WebSocket', { connection: 'Upgrade', upgrade: 'websocket' }),
    astray('asks to go over to HTTP/2', { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABkAAQAAP__' }),
    astray('says that it is gRPC', { 'content-type': 'application/grpc' }),
    {
      what: 'somebody next door names another service in x-forwarded-host',
      request: toService(worker, 'shop/product', { ...READ, headers: { 'x-forwarded-host': 'cart.shop.svc.cluster.local' } }),
    },
  ],
};

const outside = (what: string, host: string, path: string, port = 443, line: Line = {}): Attempt => ({
  what: `${what}: \`${line.method ?? 'GET'} ${port === 443 ? 'https' : 'http'}://${host}${path}\``,
  request: fromOutside(host, path, port, line),
});

/** What the gateway of the shop is asked that it does not offer. */
export const OUTSIDE: Kind = {
  isParsed: true,
  title: 'From outside, through the gateway',
  attempts: [
    outside('a path that is not exposed', 'shop.example.com', '/'),
    outside('another path', 'shop.example.com', '/admin'),
    outside('a path that begins alike', 'shop.example.com', '/cartoons'),
    outside('a path that goes on after a parameter', 'shop.example.com', '/cart;x'),
    outside('a path that goes on after a dash', 'shop.example.com', '/cart-admin'),
    outside('capitals', 'shop.example.com', '/Cart'),
    outside('two slashes', 'shop.example.com', '//cart'),
    outside('up and out', 'shop.example.com', '/cart/../admin'),
    outside('up and out, encoded', 'shop.example.com', '/cart/%2e%2e/admin'),
    outside('up and out with backslashes', 'shop.example.com', '/cart\\..\\admin'),
    outside('an encoded letter', 'shop.example.com', '/%61dmin'),
    outside('the path of the products, which are not exposed', 'shop.example.com', '/products/1'),
    outside('the path of payments', 'shop.example.com', '/payments', 443, { method: 'POST' }),
    outside('a host that is not exposed', 'admin.example.com', '/cart'),
    outside('a host below', 'evil.shop.example.com', '/cart'),
    outside('a host above', 'example.com', '/cart'),
    outside('a host that ends alike', 'myshop.example.com', '/cart'),
    outside('a host that goes on', 'shop.example.com.evil.example', '/cart'),
    outside('the cluster’s own name of the cart', 'cart.shop.svc.cluster.local', '/cart'),
    outside('the cluster’s own name of the products', 'product.shop.svc.cluster.local', '/products/1'),
    outside('the short name of payments', 'payment.payments', '/payments', 443, { method: 'POST' }),
    outside('an address in the place of a host', '10.96.0.10', '/cart'),
    outside('the address of the cloud’s metadata', '169.254.169.254', '/latest/meta-data/'),
  ],
};
