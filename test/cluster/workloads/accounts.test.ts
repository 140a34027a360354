import { knownAccounts } from '../../../lib/cluster/workloads/accounts';
import { clusterFrom } from '../../manifests';

describe('accounts', () => {
  it('are those that are written, and those that istiod makes for Gateways', () => {
    const account = '{apiVersion: v1, kind: ServiceAccount, metadata: {name: cart, namespace: shop}}';
    const gateway =
      '{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: edge, namespace: shop}, spec: {gatewayClassName: istio}}';
    expect([...knownAccounts(clusterFrom(account, gateway))]).toEqual(['shop/cart', 'shop/edge-istio']);
  });
});
