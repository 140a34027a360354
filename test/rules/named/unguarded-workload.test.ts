import { unguardedWorkload } from '../../../lib/rules/named/unguarded-workload';
import { findings, raw } from '../model-builder';
import { namespace, pod } from '../in-few-words';

const service = (name: string) => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${name} }, ports: [{ port: 8080 }] }
---`;

const CART = pod('shop') + service('cart');
const PRODUCT = CART.replaceAll('cart', 'product');
const SHOP = namespace('shop', 'istio-injection: enabled') + CART;

const policy = (spec: string, namespaceName = 'shop') => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: policy, namespace: ${namespaceName} }
spec: { ${spec} }
`;

const find = (text: string) => findings(unguardedWorkload, { objects: raw(SHOP + PRODUCT + text) });

describe(unguardedWorkload.title, () => {
  it.each([
    ['one for their namespace', policy('')],
    ['one for the mesh', policy('', 'istio-system')],
    ['one for a Gateway beside them', policy('targetRefs: [{ kind: Gateway, name: waypoint }]')],
    ['none in the whole mesh', `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }`],
    ['one that picks nobody', policy('selector: { matchLabels: { app: gone } }')],
  ])('takes %s', (_, text) => {
    expect(find(text)).toEqual([]);
  });

  it('takes pods to which no Service leads', () => {
    const text = SHOP + pod('shop').replaceAll('cart', 'worker') + policy('selector: { matchLabels: { app: cart } }');
    expect(findings(unguardedWorkload, { objects: raw(text) })).toEqual([]);
  });

  it.each(['selector: { matchLabels: { app: product } }', 'targetRefs: [{ kind: Service, name: product }]'])(
    'tells of pods beside those that a policy guards: %s',
    (spec) => {
      expect(find(policy(spec))).toMatchObject([
        { message: 'no AuthorizationPolicy guards the pods of Pod shop/cart: everybody may call them' },
      ]);
    },
  );
});
