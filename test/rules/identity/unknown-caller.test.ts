import { unknownCaller } from '../../../lib/rules/identity/unknown-caller';
import { call, findings, identity, namespace, raw, service } from '../model-builder';

const namespaces = [namespace('shop', 'sidecar'), namespace('elsewhere', 'sidecar', { owned: false })];
const account = (name: string) => raw(`{ apiVersion: v1, kind: ServiceAccount, metadata: { name: ${name}, namespace: shop } }`);
const calledBy = (namespaceName: string, name: string) => [call(identity(namespaceName, name), service('cart'))];

const policy = (source: string) =>
  raw(`
    apiVersion: security.istio.io/v1
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec: { rules: [{ from: [{ source: { ${source} } }] }] }`);

describe(unknownCaller.title, () => {
  it('takes an account of a namespace that somebody else makes', () => {
    expect(findings(unknownCaller, { namespaces, calls: [...calledBy('elsewhere', 'web'), ...calledBy('nowhere', 'web')] })).toEqual([]);
  });

  it('takes accounts that the program makes, names, or lets istiod make', () => {
    const gateway = raw(
      '{ apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: edge, namespace: shop }, spec: { gatewayClassName: istio } }',
    );
    const calls = ['web', 'product', 'edge-istio', 'default'].flatMap((name) => calledBy('shop', name));
    expect(
      findings(unknownCaller, { namespaces, calls, objects: [...account('web'), ...gateway], services: [service('product')] }),
    ).toEqual([]);
  });

  it('fails an account that an own namespace does not have', () => {
    expect(findings(unknownCaller, { namespaces, calls: calledBy('shop', 'wbe'), objects: account('web') })).toMatchObject([
      { got: 'shop/wbe' },
    ]);
  });

  it.each(['principals: [cluster.local/ns/shop/sa/wbe]', 'serviceAccounts: [wbe]', 'serviceAccounts: [shop/wbe, shop/wbe]'])(
    'fails a raw policy with %s',
    (source) => {
      expect(findings(unknownCaller, { namespaces, objects: [...account('web'), ...policy(source)] })).toMatchObject([
        { on: { path: 'raw/authorizationpolicy/cart' }, got: 'shop/wbe' },
      ]);
    },
  );

  it.each([
    'principals: ["*"]',
    'principals: ["cluster.local/ns/shop/*"]',
    'principals: [other.example/ns/shop/sa/wbe]',
    'serviceAccounts: [web]',
  ])('takes a raw policy with %s', (source) => {
    expect(findings(unknownCaller, { namespaces, objects: [...account('web'), ...policy(source)] })).toEqual([]);
  });
});
