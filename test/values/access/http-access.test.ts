import { DataPlane, HttpAccess } from 'istio-constructs';
import { principal, rule, shop, spec } from '../../builders';
import { expectRefusal } from '../../support/refusal';

function operationsOf(...http: HttpAccess[]): object {
  const { chart, cart, product } = shop({ dataPlane: DataPlane.sidecar() });
  cart.calls(product, { http });
  return spec(chart, 'AuthorizationPolicy', 'product', 'shop').rules as object;
}

describe('HttpAccess', () => {
  it.each([
    ['get', HttpAccess.get('/a', '/b/*'), { methods: ['GET'], paths: ['/a', '/b/*'] }],
    ['post', HttpAccess.post('/a'), { methods: ['POST'], paths: ['/a'] }],
    ['put', HttpAccess.put('/a'), { methods: ['PUT'], paths: ['/a'] }],
    ['patch', HttpAccess.patch('/a'), { methods: ['PATCH'], paths: ['/a'] }],
    ['delete', HttpAccess.delete('/a'), { methods: ['DELETE'], paths: ['/a'] }],
    ['head', HttpAccess.head('/a'), { methods: ['HEAD'], paths: ['/a'] }],
    ['options', HttpAccess.options('/a'), { methods: ['OPTIONS'], paths: ['/a'] }],
    ['anyMethod', HttpAccess.anyMethod('/a'), { paths: ['/a'] }],
    ['a method without paths', HttpAccess.get(), { methods: ['GET'] }],
    [
      'of methods and paths',
      HttpAccess.of({ methods: ['PUT', 'GET'], paths: ['/b', '/a'] }),
      { methods: ['GET', 'PUT'], paths: ['/a', '/b'] },
    ],
    ['of methods alone', HttpAccess.of({ methods: ['DELETE'] }), { methods: ['DELETE'] }],
  ])('limits a call to %s', (_, access, operation) => {
    expect(operationsOf(access)).toEqual([rule(principal('shop', 'cart'), { ...operation, ports: ['8080'] })]);
  });

  it('gives several kinds of request one operation each, in one order', () => {
    const [get, post] = [HttpAccess.get('/a'), HttpAccess.post('/b')];
    const operations = [
      { methods: ['GET'], paths: ['/a'], ports: ['8080'] },
      { methods: ['POST'], paths: ['/b'], ports: ['8080'] },
    ];
    expect(operationsOf(get, post)).toEqual([rule(principal('shop', 'cart'), ...operations)]);
    expect(operationsOf(post, get)).toEqual(operationsOf(get, post));
  });

  it.each([
    '/',
    '/cart',
    '/cart/',
    '/cart/*',
    '/cart*',
    '/.well-known/*',
    '/.*',
    '/a/..*',
    '*.png',
    '*/health',
    '*..',
    '*',
    '/*',
    '/%C3%BC',
    "/-_~!$&'()+,;=:@",
    '/a/{*}/b',
    '/a/{*}/',
    '/a/{**}',
    '/{*}/x/{*}',
    '/shop.Cart/Add',
  ])('takes the path %s', (path) => {
    expect(operationsOf(HttpAccess.get(path))).toEqual([
      rule(principal('shop', 'cart'), { methods: ['GET'], paths: [path], ports: ['8080'] }),
    ]);
  });

  it.each(['get', 'Get', 'GET ', '', '*'])('fails for the method %p', (method) => {
    expectRefusal(() => HttpAccess.of({ methods: [method] }), {
      code: 'MESH004',
      path: 'HttpAccess',
      fix: 'write',
      got: method === 'GET ' ? "'GET '" : method,
    });
  });

  it.each([
    '',
    'cart',
    '/a/*/b',
    '/a*b',
    '/a/{*}/b*',
    '/{*}*',
    '/items/{id}',
    '/a{*}',
    '/{**}/x/{*}',
    '**',
    '/**',
    '*admin*',
    '*/admin/*',
    '*a*b',
    '{*}',
    '/a/{**}*',
  ])('fails for the path %p', (path) => {
    expectRefusal(() => HttpAccess.get(path), { code: 'MESH005', path: 'HttpAccess', fix: '/cart/*', got: path });
  });

  it.each([
    '/admin?x=1',
    '/admin#f',
    '/my cart',
    '/admin ',
    '/a/../b',
    '/a/..',
    '/./a',
    '//admin',
    '/a//b',
    '/a//*',
    '*//a',
    '*/../a',
    '/caf\u00e9',
    '*.pn\u0121',
    '/a/{*}/b c',
    '/a/{*}/../b',
    '/a/{*}//b',
    '/a/[b]',
    '/{*}/[b]',
    '/a%',
    '/a%2*',
    '/a\\b',
  ])('fails for the path %p, which no request has', (path) => {
    const refusal = { code: 'MESH071', path: 'HttpAccess', fix: 'as requests carry it', got: path === path.trim() ? path : `'${path}'` };
    expectRefusal(() => HttpAccess.get(path), refusal);
    expectRefusal(() => HttpAccess.of({ paths: ['/', path] }), refusal);
  });

  it('fails for an empty list of requests', () => {
    const { cart, product } = shop({ dataPlane: DataPlane.sidecar() });
    const refusal = { code: 'MESH010', fix: 'leave `http` out', got: 'http: []' };
    expectRefusal(() => cart.calls(product, { http: [] }), { ...refusal, path: 'test/shop/cart' });
    expectRefusal(() => product.access.allow(cart, { http: [] }), { ...refusal, path: 'test/shop/product' });
  });
});
