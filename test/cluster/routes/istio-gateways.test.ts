import { istioGateways, podsOfGateway, sharePods, tryIstioGateway } from '../../../lib/cluster/routes/istio-gateways';
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
    expect(door.servers).toMatchObject([
      { port: 80, hosts: ['a.example.com', '*'], scopedHosts: ['shop/a.example.com', '*/*'] },
      { port: undefined, hosts: [] },
    ]);
    expect(tryIstioGateway(cluster, 'shop/none')).toBeUndefined();
  });

  it('says of each port how clients speak, and what it shows them', () => {
    const [, own] = istioGateways(
      clusterFrom(
        'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: a}',
        `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: own, namespace: shop}
spec:
  servers:
    - {port: {number: 443, protocol: HTTPS}, hosts: [./a.example.com], bind: 10.0.0.1, tls: {mode: SIMPLE, credentialName: shop-tls, minProtocolVersion: TLSV1_2, cipherSuites: [A]}}
    - {port: {number: 80, protocol: HTTP}, hosts: [a.example.com], tls: {httpsRedirect: true}}`,
      ),
    );
    expect(own.servers).toMatchObject([
      {
        scopedHosts: ['shop/a.example.com'],
        protocol: 'HTTPS',
        bind: '10.0.0.1',
        isTls: true,
        certificates: ['shop-tls'],
        minProtocolVersion: 'TLSV1_2',
        cipherSuites: ['A'],
      },
      { scopedHosts: ['*/a.example.com'], protocol: 'HTTP', bind: '', isTls: false, certificates: [] },
    ]);
  });

  it('is the pods that it picks, in whatever namespace', () => {
    expect(podsOfGateway(cluster, door)?.key).toBe('istio-ingress/ingress');
    expect(podsOfGateway(cluster, { ...door, selector: { istio: 'other' } })).toBeUndefined();
  });

  it('shares pods with one that picks by some of its labels', () => {
    expect(sharePods(door, { selector: { istio: 'ingressgateway', tier: 'web' } })).toBe(true);
    expect(sharePods(door, { selector: { istio: 'other' } })).toBe(false);
  });
});
