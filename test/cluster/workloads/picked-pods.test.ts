import { pickedPods } from '../../../lib/cluster/workloads/picked-pods';
import { clusterFrom } from '../../manifests';

const cluster = clusterFrom(
  '{apiVersion: apps/v1, kind: Deployment, metadata: {name: cart, namespace: shop}, spec: {template: {metadata: {labels: {app: cart}}}}}',
  '{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: edge, namespace: shop}, spec: {gatewayClassName: istio}}',
  '{apiVersion: apps/v1, kind: Deployment, metadata: {name: cart, namespace: bank}, spec: {template: {metadata: {labels: {app: cart}}}}}',
);
const picked = (labels: Readonly<Record<string, string>>) => pickedPods(cluster, 'shop', labels).map(({ key }) => key);

describe('pods that labels pick', () => {
  it('are those of workloads, and those that istiod makes for a Gateway', () => {
    expect(picked({ app: 'cart' })).toEqual(['shop/cart']);
    expect(picked({ 'gateway.networking.k8s.io/gateway-name': 'edge' })).toEqual(['shop/edge']);
    expect(picked({ app: 'kart' })).toEqual([]);
  });

  it('are all of the namespace where no label is asked for', () => {
    expect(picked({})).toEqual(['shop/cart', 'shop/edge']);
  });
});
