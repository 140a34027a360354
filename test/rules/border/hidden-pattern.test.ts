import { DataPlane } from 'istio-constructs';
import { hiddenPattern } from '../../../lib/rules/border/hidden-pattern';
import { edgeGateway, findingCodes, shop } from '../../builders';
import { findings, raw } from '../model-builder';

const route = (name: string, path: string, more = '', parent = 'gateway', host = 'shop.example.com') => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ${name}, namespace: shop }
spec:
  parentRefs: [{ name: ${parent} }]
  hostnames: [${host}]
  rules: [{ matches: [{ path: ${path}${more} }], backendRefs: [{ name: ${name}, port: 80 }] }]
`;

const pattern = (value: string) => `{ type: RegularExpression, value: '${value}' }`;
const prefix = (value: string) => `{ type: PathPrefix, value: ${value} }`;
const PRODUCT = route('product', pattern('/items/[0-9]+'));

const find = (...manifests: string[]) => findings(hiddenPattern, { objects: manifests.flatMap(raw) });

describe(hiddenPattern.title, () => {
  it.each([
    ['a pattern alone', [PRODUCT]],
    ['a prefix that takes other paths', [PRODUCT, route('cart', prefix('/cart'))]],
    ['a prefix that begins alike and ends within a part', [route('product', pattern('/items-[0-9]+')), route('cart', prefix('/items'))]],
    ['a prefix for some of the paths alone', [PRODUCT, route('cart', prefix('/items/7'))]],
    ['a prefix with a header', [PRODUCT, route('cart', prefix('/'), ', headers: [{ name: x-new, value: yes }]')]],
    ['a prefix with a method', [PRODUCT, route('cart', prefix('/'), ', method: POST')]],
    ['an exact path', [PRODUCT, route('cart', '{ type: Exact, value: /items/1 }')]],
    ['a prefix at another gateway', [PRODUCT, route('cart', prefix('/'), '', 'other')]],
    ['a prefix at another host', [PRODUCT, route('cart', prefix('/'), '', 'gateway', 'cart.example.com')]],
    ['a choice that begins elsewhere', [route('product', pattern('/items/a|/b')), route('cart', prefix('/items'))]],
    [
      'both to the same service',
      [route('cart', pattern('/items/[0-9]+')), route('cart', prefix('/')).replace('name: cart,', 'name: rest,')],
    ],
  ])('takes %s', (_, manifests) => {
    expect(find(...manifests)).toEqual([]);
  });

  it.each([
    ['every path', '/'],
    ['all below its first part', '/items'],
    ['the same with a slash', '/items/'],
  ])('tells of a prefix for %s', (_, path) => {
    expect(find(PRODUCT, route('cart', prefix(path)))).toMatchObject([
      { got: `/items/[0-9]+ beside ${path} at shop.example.com`, message: expect.stringContaining('HTTPRoute shop/product sends nothing') },
    ]);
  });

  it('tells of what constructs expose', () => {
    const { chart, cart, product } = shop({ dataPlane: DataPlane.sidecar() });
    const gateway = edgeGateway(chart, DataPlane.sidecar());
    gateway.expose(cart, { host: 'shop.example.com' });
    gateway.expose(product, { host: 'shop.example.com', pathPattern: '/[a-z]+/items' });
    expect(findingCodes(chart)).toContain('MESH435');
  });
});
