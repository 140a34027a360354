import { podsOfGateway, tryIstioGateway } from '../../../lib/cluster/routes/istio-gateways';
import { clusterFrom } from '../../manifests';

describe("a Gateway of Istio's own API", () => {
  const cluster = clusterFrom(
    `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: door, namespace: shop}
spec: {selector: {istio: ingressgateway}, servers: [{port: {number: 80}, hosts: [shop/a.example.com, "*"]}, odd]}`,
    `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress, namespace: istio-ingress}
spec: {template: {metadata: {labels: {istio: ingressgateway}}}}`,
  );
  const door = tryIstioGateway(cluster, 'shop/door')!;

  it('opens ports for hosts', () => {
    expect(door.servers).toEqual([
      { port: 80, hosts: ['a.example.com', '*'] },
      { port: undefined, hosts: [] },
    ]);
    expect(tryIstioGateway(cluster, 'shop/none')).toBeUndefined();
  });

  it('is the pods that it picks, in whatever namespace', () => {
    expect(podsOfGateway(cluster, door)?.key).toBe('istio-ingress/ingress');
    expect(podsOfGateway(cluster, { ...door, selector: { istio: 'other' } })).toBeUndefined();
  });
});
