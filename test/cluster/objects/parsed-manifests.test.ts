import { objectsIn } from '../../../lib/cluster/objects/parsed-manifests';
import { readYaml } from '../../manifests';

const TEXT = `# a comment
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: List
items:
  - apiVersion: apps/v1
    kind: Deployment
    metadata: {name: cart, namespace: shop}
  - {apiVersion: v1, kind: ServiceList, items: [{apiVersion: v1, kind: Service, metadata: {name: cart}}]}
---
`;

describe('parsed manifests', () => {
  it('are objects, with the place where each begins', () => {
    const objects = readYaml(TEXT, 'shop.yaml').map(({ path, position }) => [path, position?.file, position?.line, position?.column]);
    expect(objects).toEqual([
      ['Namespace shop', 'shop.yaml', 2, 1],
      ['Deployment shop/cart', 'shop.yaml', 9, 5],
      ['Service cart', 'shop.yaml', 12, 49],
    ]);
  });

  it('are told apart by kind, name and namespace without a look at the rest', () => {
    const [object] = objectsIn({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'cart', namespace: 'shop' } });
    expect(object).toMatchObject({ apiVersion: 'v1', kind: 'Service', name: 'cart', namespaceName: 'shop', made: false });
    expect(object.position).toBeUndefined();
  });

  it('have the path that their reader gives them', () => {
    const manifest = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'cart' } };
    expect(objectsIn(manifest, { path: ({ name }) => `chart/${name}` })[0].path).toBe('chart/cart');
  });

  it.each([[null], ['text'], [[]], [{}], [{ kind: 'Service' }], [{ apiVersion: 1, kind: 'Service' }]])(
    'are passed over where they are no object of Kubernetes: %j',
    (manifest) => {
      expect(objectsIn(manifest)).toEqual([]);
    },
  );

  it('may lack their name, and everything else', () => {
    expect(objectsIn({ apiVersion: 'v1', kind: 'Service', metadata: null })[0]).toMatchObject({ name: '', namespaceName: undefined });
  });
});
