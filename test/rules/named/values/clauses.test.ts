import { valuesOf } from '../../../../lib/rules/named/values/clauses';
import { raw } from '../../model-builder';

const [policy] = raw(`
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  rules:
    - from: [{ source: { namespaces: [a, 1, b] } }]
    - from: [{ source: { notNamespaces: [c] } }, {}]
      to: [{ operation: { methods: GET } }]
`);

describe('values of a policy', () => {
  it('have their places, whatever stands between them', () => {
    expect(valuesOf(policy, 'from', ['namespaces', 'notNamespaces'])).toEqual([
      { value: 'a', field: ['spec', 'rules', 0, 'from', 0, 'source', 'namespaces', 0] },
      { value: 'b', field: ['spec', 'rules', 0, 'from', 0, 'source', 'namespaces', 2] },
      { value: 'c', field: ['spec', 'rules', 1, 'from', 0, 'source', 'notNamespaces', 0] },
    ]);
  });

  it('are none where no list stands', () => {
    expect(valuesOf(policy, 'to', ['methods', 'paths'])).toEqual([]);
  });
});
