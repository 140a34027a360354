import { unknownNamespace } from '../../../lib/rules/named/unknown-namespace';
import { findings, raw } from '../model-builder';

const find = (source: string) =>
  findings(unknownNamespace, {
    objects: raw(`
apiVersion: v1
kind: Namespace
metadata: { name: payments }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec: { rules: [{ from: [{ source: { ${source} } }] }] }
`),
  });

describe(unknownNamespace.title, () => {
  it.each(['namespaces: [payments, shop, somewhere-else, "pay*"]', 'principals: [cluster.local/ns/payments/sa/a, "*"]'])(
    'takes %s',
    (source) => {
      expect(find(source)).toEqual([]);
    },
  );

  it.each([
    ['namespaces: [shop, payment]', ['namespaces', 1]],
    ['notPrincipals: [cluster.local/ns/payment/sa/a]', ['notPrincipals', 0]],
  ])('tells of %s', (source, place) => {
    expect(find(source)).toMatchObject([
      { got: 'payment', fix: 'did you mean payments?', field: ['spec', 'rules', 0, 'from', 0, 'source', ...place] },
    ]);
  });
});
