import { type Attempt, CART, type Kind, type Line, PAYMENT, toPods, toService } from '../attempt';

const product = (what: string, line: Line): Attempt => ({
  what: `${what}: \`${line.method ?? 'GET'} ${line.path}\``,
  request: toService(CART, 'shop/product', line),
});
const payment = (what: string, line: Line): Attempt => ({
  what: `${what}: \`${line.method ?? 'GET'} ${line.path}\``,
  request: toService(CART, 'payments/payment', line),
});

/** Every method but the one that is granted on a path. */
export const METHODS: Kind = {
  isParsed: true,
  title: 'The right caller with a method that it may not use',
  attempts: [
    ...['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'get', 'GETS', 'GE'].map((method) =>
      product(`${method} where GET is granted`, { method, path: '/products/1' }),
    ),
    ...['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'post'].map((method) =>
      payment(`${method} where POST is granted`, { method, path: '/payments' }),
    ),
    product('a method that is granted on another path', { method: 'POST', path: '/products' }),
    product('a read of what may be posted alone', { path: '/refunds/1' }),
    product('a posted form that asks to be taken for a GET', { method: 'POST', path: '/products/1?_method=GET' }),
    {
      what: 'a POST with a header that asks to be taken for a GET: `POST /products/1`',
      request: toService(CART, 'shop/product', { method: 'POST', path: '/products/1', headers: { 'x-http-method-override': 'GET' } }),
    },
  ],
};

/** Paths that no grant means, however they are written. */
export const PATHS: Kind = {
  isParsed: true,
  title: 'The right caller with a path that it may not use',
  attempts: [
    product('the root', { path: '/' }),
    product('another path', { path: '/admin' }),
    product('a path that begins alike', { path: '/productsx' }),
    product('a path that goes on after a dash', { path: '/products-all' }),
    product('a path that goes on after a dot', { path: '/products.json' }),
    product('a path that goes on after a parameter', { path: '/products;v=1' }),
    product('the beginning of the path', { path: '/product' }),
    product('the path with something before it', { path: '/v1/products/1' }),
    product('capitals', { path: '/Products/1' }),
    product('all in capitals', { path: '/PRODUCTS' }),
    product('two slashes at the beginning', { path: '//products/1' }),
    product('two slashes and another path', { path: '//admin' }),
    product('a dot in front', { path: '/./admin' }),
    product('up and out', { path: '/products/../admin' }),
    product('up and out, twice', { path: '/products/1/../../admin' }),
    product('up and out by way of a part that is not there', { path: '/products/x/../../admin/users' }),
    product('up and out with encoded dots', { path: '/products/%2e%2e/admin' }),
    product('up and out with one encoded dot', { path: '/products/.%2e/admin' }),
    product('up and out with encoded dots in capitals', { path: '/products/%2E%2E/admin' }),
    product('up and out with backslashes', { path: '/products\\..\\admin' }),
    product('up and out with a backslash at the end', { path: '/products/..\\admin' }),
    product('up past the root', { path: '/../../admin' }),
    product('an encoded letter', { path: '/%61dmin' }),
    product('an encoded slash in the place of the first', { path: '/%2fproducts/1' }),
    product('a letter encoded twice', { path: '/%2561dmin' }),
    product('a byte too long for its letter', { path: '/%c0%afadmin' }),
    product('a byte of zero', { path: '/admin%00/products/1' }),
    product('a line end', { path: '/admin%0d%0a/products/1' }),
    product('a space', { path: '/%20products/1' }),
    product('a tab', { path: '/%09products/1' }),
    product('the path in a query', { path: '/admin?x=/products/1' }),
    product('the path in a query, encoded', { path: '/admin?x=%2Fproducts%2F1' }),
    product('a picture’s ending in a query', { path: '/admin?logo.png' }),
    product('a picture’s ending in capitals', { path: '/admin/logo.PNG' }),
    product('a picture’s ending that goes on', { path: '/admin/logo.pngx' }),
    product('a picture with a parameter', { path: '/admin/logo.png;x' }),
    product('a picture with a slash behind it', { path: '/admin/logo.png/' }),
    product('a part too many before the prices', { path: '/a/b/prices' }),
    product('no part before the prices', { path: '/prices' }),
    product('an empty part before the prices', { path: '//prices' }),
    product('something behind the prices', { path: '/a/prices/all' }),
    product('a slash behind the prices', { path: '/a/prices/' }),
    product('prices in capitals', { path: '/a/Prices' }),
    product('prices, and up again', { path: '/a/prices/../../admin' }),
    product('a count of nothing', { path: '/stock/count/x' }),
    product('a count that goes on', { path: '/stock/a/b/counter' }),
    product('stock without its count', { path: '/stock/a/b' }),
    product('a review of two products', { method: 'POST', path: '/products/1/2/reviews' }),
    product('a review of none', { method: 'POST', path: '/products/reviews' }),
    product('an answer to a review', { method: 'POST', path: '/products/1/reviews/7' }),
    product('a slash behind a review', { method: 'POST', path: '/products/1/reviews/' }),
    payment('one payment where all are meant', { method: 'POST', path: '/payments/1' }),
    payment('a slash behind what is granted exactly', { method: 'POST', path: '/payments/' }),
    payment('two slashes before it', { method: 'POST', path: '//payments' }),
    payment('a parameter behind it', { method: 'POST', path: '/payments;x' }),
    payment('capitals', { method: 'POST', path: '/Payments' }),
    payment('up and out', { method: 'POST', path: '/payments/../admin' }),
    payment('up and out of refunds, to where no token is asked for', { method: 'POST', path: '/refunds/../admin' }),
  ],
};

/** Paths of a refusal, which wins over a grant that takes them. */
export const REFUSED_PATHS: Kind = {
  isParsed: true,
  title: 'The right caller with a path that is granted and refused',
  attempts: [
    product('the path itself', { path: '/products/internal' }),
    product('what is below', { path: '/products/internal/keys' }),
    product('far below', { path: '/products/internal/keys/1/2/3' }),
    product('with a slash behind it', { path: '/products/internal/' }),
    product('with a query', { path: '/products/internal?x=1' }),
    product('with a query that ends as a picture', { path: '/products/internal/keys?x.png' }),
    product('as a picture', { path: '/products/internal/keys.png' }),
    product('by a dot', { path: '/products/./internal/keys' }),
    product('by an encoded dot', { path: '/products/%2e/internal/keys' }),
    product('by way of another', { path: '/products/1/../internal/keys' }),
    product('by way of another, encoded', { path: '/products/1/%2e%2e/internal/keys' }),
    product('with backslashes', { path: '/products\\internal\\keys' }),
    product('from below', { path: '/products/internal/keys/..' }),
    product('with two slashes', { path: '/products//internal/keys' }),
    product('with three slashes', { path: '/products///internal' }),
    product('with a parameter', { path: '/products/internal;x' }),
    product('with a parameter and what is below', { path: '/products/internal;x=1/keys' }),
    product('with an encoded semicolon', { path: '/products/internal%3bx' }),
    product('with an encoded letter', { path: '/products/%69nternal/keys' }),
    product('with all letters encoded', { path: '/products/%69%6e%74%65%72%6e%61%6c' }),
    product('with an encoded slash behind it', { path: '/products/internal%2Fkeys' }),
    product('with an encoded slash before it', { path: '/products/%2finternal/keys' }),
    product('with an encoded backslash behind it', { path: '/products/internal%5ckeys' }),
    product('with an empty part that has a parameter', { path: '/products/;x/internal/keys' }),
    product('by way of dots that have a parameter', { path: '/products/x/..;/internal/keys' }),
    {
      what: 'from a pod that is dialled by its address: `GET /products/internal/keys`',
      request: toPods(CART, 'shop/product', { path: '/products/internal/keys' }),
    },
  ],
};

/** Past the service’s own port and name. */
export const DOORS: Kind = {
  title: 'The right caller by another door',
  attempts: [
    {
      what: 'a right request, to a pod in the place of the service, of HTTP that is granted to nobody: `GET /admin`',
      request: toPods(CART, 'shop/product', { path: '/admin' }),
    },
    { what: 'a right method and path on the port of the metrics', request: toService(CART, 'shop/product', { path: '/products/1' }, 9090) },
    { what: 'the metrics at a pod', request: toPods(CART, 'shop/product', { path: '/metrics' }, 9090) },
    { what: 'a port that no Service has', request: toPods(CART, 'shop/product', { path: '/products/1' }, 8081) },
    { what: 'the port of a debugger', request: toPods(CART, 'shop/product', {}, 5005) },
    { what: 'bytes to a port of HTTP of payments’ pods', request: toPods(CART, 'payments/payment', {}, 8080) },
    {
      what: 'payments at a pod, with a path that needs a token',
      request: toPods(CART, 'payments/payment', { method: 'POST', path: '/refunds/1' }),
    },
    { what: 'a port of the ledger that it has not', request: toPods(PAYMENT, 'payments/ledger', {}, 5433) },
    { what: 'payments ask the cart back', request: toService(PAYMENT, 'shop/cart', { path: '/cart' }) },
    { what: 'the products ask the cart back', request: toService({ workload: 'shop/product-v1' }, 'shop/cart', { path: '/cart' }) },
  ],
};
