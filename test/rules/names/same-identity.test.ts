import { sameIdentity } from '../../../lib/rules/names/same-identity';
import { findings, made, raw } from '../model-builder';

const virtualService = (version: string, name = 'cart', namespaceName = 'shop') =>
  `{ apiVersion: networking.istio.io/${version}, kind: VirtualService, metadata: { name: ${name}, namespace: ${namespaceName} } }`;

describe(sameIdentity.title, () => {
  it('takes objects that differ in kind, name or namespace', () => {
    const objects = [
      ...raw(virtualService('v1')),
      ...raw(virtualService('v1', 'product')),
      ...raw(virtualService('v1', 'cart', 'payments')),
      ...raw('{ apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: { name: cart, namespace: shop } }'),
    ];
    expect(findings(sameIdentity, { objects })).toEqual([]);
  });

  it('fails a raw object that is one of ours, in another version as well', () => {
    const objects = [...raw(virtualService('v1beta1')), ...made(virtualService('v1'))];
    expect(findings(sameIdentity, { objects })).toMatchObject([
      {
        on: { path: 'raw/virtualservice/cart' },
        message: expect.stringContaining('made/virtualservice/cart and at raw/virtualservice/cart'),
      },
    ]);
  });

  it.each([
    ['Deployment', 'fromWorkload, which meshes it'],
    ['Service', 'leave this one out, by a value of its Helm chart'],
    ['Namespace', 'MeshNamespace.fromName'],
    ['ConfigMap', 'rename this one'],
  ])('says how to adopt a %s that is there already', (kind, cure) => {
    const object = `{ apiVersion: v1, kind: ${kind}, metadata: { name: cart, namespace: shop } }`;
    expect(findings(sameIdentity, { objects: [...raw(object), ...made(object)] })).toMatchObject([{ fix: expect.stringContaining(cure) }]);
  });

  it('fails once for each object too many', () => {
    const objects = ['a', 'b', 'c'].flatMap((path) => raw(virtualService('v1')).map((object) => ({ ...object, path })));
    expect(findings(sameIdentity, { objects }).map(({ on }) => on.path)).toEqual(['b', 'c']);
  });
});
