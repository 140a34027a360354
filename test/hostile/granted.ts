import { type Attempt, CART, fromOutside, PAYMENT, toService } from './attempt';
import { TOKEN } from './fortress';
import type { Caller } from '../../lib/verdict/requests/request';

const PROMETHEUS: Caller = { identity: { namespace: 'monitoring', serviceAccount: 'prometheus', proxy: 'ztunnel' } };

const AUDITOR: Caller = { identity: { namespace: 'audit', serviceAccount: 'anne', proxy: 'ztunnel' } };

/** Every call that the fortress grants, beside the attempts on it. */
export const GRANTED: readonly Attempt[] = [
  { what: 'the cart reads a product', request: toService(CART, 'shop/product', { path: '/products/1' }) },
  { what: 'the cart reads all products', request: toService(CART, 'shop/product', { path: '/products' }) },
  { what: 'the cart reads a product with a query', request: toService(CART, 'shop/product', { path: '/products/1?currency=EUR' }) },
  { what: 'the cart reads a picture', request: toService(CART, 'shop/product', { path: '/pictures/1.png' }) },
  { what: 'the cart reads prices', request: toService(CART, 'shop/product', { path: '/books/prices' }) },
  { what: 'the cart reads a count', request: toService(CART, 'shop/product', { path: '/stock/north/hall/7/count' }) },
  { what: 'the cart posts a review', request: toService(CART, 'shop/product', { method: 'POST', path: '/products/1/reviews' }) },
  { what: 'the cart posts a payment', request: toService(CART, 'payments/payment', { method: 'POST', path: '/payments' }) },
  {
    what: 'the cart refunds for a clerk',
    request: toService(CART, 'payments/payment', { method: 'POST', path: '/refunds/1', token: TOKEN }),
  },
  { what: 'payments send bytes to the ledger', request: toService(PAYMENT, 'payments/ledger', {}, 5432) },
  { what: 'an auditor reads the ledger', request: toService(AUDITOR, 'payments/ledger', {}, 5432) },
  {
    what: 'the cart reads for a tenant',
    request: toService(CART, 'shop/product', { path: '/tenants', headers: { 'x-tenant': 'acme' } }),
  },
  { what: 'payments ask the bank', request: { from: PAYMENT, to: { host: 'api.bank.example.com', port: 443 } } },
  { what: 'Prometheus reads metrics', request: toService(PROMETHEUS, 'shop/product', { path: '/metrics' }, 9090) },
  { what: 'somebody outside opens the cart', request: fromOutside('shop.example.com', '/cart/1') },
  { what: 'a clerk outside opens the desk', request: fromOutside('shop.example.com', '/cart/desk/1', 443, { token: TOKEN }) },
];
