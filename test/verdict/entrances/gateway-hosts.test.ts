import { hostsAtGateways } from '../../../lib/verdict/entrances/gateway-hosts';
import * as made from '../fixtures';

const gateway = (listeners: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gateway, namespace: edge}
spec: {gatewayClassName: istio, listeners: [${listeners}]}
---`;

const route = (hostnames: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: cart, namespace: shop}
spec: {parentRefs: [{name: gateway, namespace: edge}], hostnames: [${hostnames}], rules: [{backendRefs: [{name: cart, port: 8080}]}]}
---`;

const ISTIO = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec: {selector: {app: ingress}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['shop/*.example.com']}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec: {hosts: [cart.example.com, cart.example.org], gateways: [public], http: [{route: [{destination: {host: cart}}]}]}
---`;

const hostsOf = (...pieces: string[]) =>
  hostsAtGateways(made.cluster(...pieces)).map(({ gateway: key, host, port }) => `${key} ${host}:${port}`);

describe('hosts at gateways', () => {
  it('are those that listeners, routes and policies tell apart, on each port that is open for them', () => {
    const open = gateway("{name: a, port: 80, protocol: HTTP}, {name: b, port: 443, protocol: HTTPS, hostname: '*.example.com'}");
    expect(hostsOf(open, route('cart.example.com, cart.example.org'))).toEqual([
      'edge/gateway any-host.example:80',
      'edge/gateway any-host.example.com:443',
      'edge/gateway cart.example.com:443',
      'edge/gateway cart.example.com:80',
      'edge/gateway cart.example.org:80',
    ]);
    expect(
      hostsOf(
        gateway('{name: a, port: 80, protocol: HTTP}'),
        made.policy('p', 'rules: [{to: [{operation: {hosts: ["admin.example.com:*", "a.example.com"]}}]}]'),
      ),
    ).toEqual(['edge/gateway a.example.com:80', 'edge/gateway any-host.example:80']);
  });

  it('of an Istio Gateway are those of its servers, where it has pods', () => {
    expect(hostsOf(ISTIO, made.deployment('ingress', 'ingress', 'v1'))).toEqual([
      'shop/public any-host.example.com:80',
      'shop/public cart.example.com:80',
    ]);
    expect(hostsOf(ISTIO)).toEqual([]);
  });
});
