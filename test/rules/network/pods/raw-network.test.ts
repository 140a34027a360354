import { everybodyIn, isGuardedByOurs, pickedBy, rawNetworkPolicies } from '../../../../lib/rules/network/pods/raw-network';
import { clusterOf } from '../../../../lib/rules/cluster-of';
import { emptyModel, made, raw } from '../../model-builder';

const PODS = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { template: { metadata: { labels: { app: cart, tier: back } }, spec: { containers: [{ name: app, image: app }] } } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [] }
`;
const policy = (name: string, spec: string): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec: { ${spec} }
`;

describe('raw NetworkPolicies', () => {
  const model = emptyModel({
    objects: [
      ...raw(PODS),
      ...raw(
        policy('back', 'podSelector: { matchLabels: { app: cart }, matchExpressions: [{ key: tier, operator: In, values: [back] }] }'),
      ),
      ...raw(policy('front', 'podSelector: { matchExpressions: [{ key: tier, operator: In, values: [front] }] }')),
      ...made(policy('cart', 'podSelector: {}, policyTypes: [Ingress]')),
    ],
  });

  it('are those of others, and pick pods by labels and expressions', () => {
    const policies = rawNetworkPolicies(model);
    expect(policies.map(({ title }) => title)).toEqual(['NetworkPolicy shop/back', 'NetworkPolicy shop/front']);
    expect(policies.map((one) => pickedBy(clusterOf(model), one).map(({ key }) => key))).toEqual([['shop/cart'], []]);
  });

  it('stand beside ours, which speak of the directions that they name', () => {
    const [cart, edge] = everybodyIn(clusterOf(model));
    expect([cart.key, edge.key]).toEqual(['shop/cart', 'shop/edge']);
    expect((['ingress', 'egress'] as const).map((direction) => isGuardedByOurs(clusterOf(model), cart, direction))).toEqual([true, false]);
  });
});
