import type { Request } from '../../../lib/verdict/requests/request';
import * as made from '../../verdict/fixtures';
import { disagreement } from '../agreement';
import { meshFrom } from '../mesh-under-test';

const PODS = [
  made.namespace('shop', made.SIDECAR),
  made.deployment('a-v1', 'a', 'v1'),
  made.deployment('b-v1', 'b', 'v1'),
  made.service('a', 'app: a', { port: '{name: tcp, port: 8080}' }),
  made.service('b', 'app: b', { port: '{name: tcp, port: 8080}' }),
  made.policy('b', 'selector: {matchLabels: {app: b}}, action: DENY, rules: [{from: [{source: {principals: ["*/sa/gateway-istio"]}}]}]'),
];
const gateway = (listener: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gateway, namespace: shop}
spec: {gatewayClassName: istio, listeners: [{name: one, port: 443, allowedRoutes: {namespaces: {from: Same}}, ${listener}}]}
---`;
const ends = (words = '') =>
  gateway(`${words}protocol: TLS, tls: {mode: Terminate, certificateRefs: [{group: "", kind: Secret, name: cert}]}`);
const PASSES = gateway('protocol: TLS, tls: {mode: Passthrough}');
const route = (kind: string, to: string, hosts = '', parent = '') => `
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: {name: ${to}, namespace: shop}
spec:
  parentRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gateway${parent}}]
  ${hosts && `hostnames: [${hosts}]`}
  rules: [{backendRefs: [{group: "", kind: Service, name: ${to}, port: 8080, weight: 1}]}]
---`;
const only = (kind: string) =>
  ends().replace('namespaces: {from: Same}', `namespaces: {from: Same}, kinds: [{group: gateway.networking.k8s.io, kind: ${kind}}]`);

const CASES: Readonly<Record<string, readonly string[]>> = {
  'a TCPRoute where TLS ends': [ends(), route('TCPRoute', 'a')],
  'a TLSRoute where TLS ends': [ends(), route('TLSRoute', 'a', 'a.example.com')],
  'a TLSRoute for all hosts': [ends(), route('TLSRoute', 'a', '"*.example.com"')],
  'a TLSRoute at a listener with a host': [ends('hostname: a.example.com, '), route('TLSRoute', 'a', '"*.example.com"')],
  'a TLSRoute for another host': [ends('hostname: a.example.com, '), route('TLSRoute', 'a', 'b.example.com')],
  'a TLSRoute whose backend refuses': [ends(), route('TLSRoute', 'b', 'a.example.com')],
  'a TLSRoute beside one for another host': [
    ends('hostname: a.example.com, '),
    route('TLSRoute', 'a', 'a.example.com'),
    route('TLSRoute', 'b', 'b.example.com'),
  ],
  'TLSRoutes that are passed on': [PASSES, route('TLSRoute', 'a', 'a.example.com'), route('TLSRoute', 'b', '"*.example.com"')],
  'a TCPRoute where TLS is passed on': [PASSES, route('TCPRoute', 'a')],
  'a TLSRoute at plain TCP': [gateway('protocol: TCP'), route('TLSRoute', 'a', 'a.example.com')],
  'a TCPRoute where TLSRoutes alone are taken': [only('TLSRoute'), route('TCPRoute', 'a')],
  'a TLSRoute where TLSRoutes alone are taken': [only('TLSRoute'), route('TLSRoute', 'a', 'a.example.com')],
};

const REQUESTS: readonly Request[] = ['a.example.com', 'b.example.com', 'other.org'].map((host) => ({
  from: { gateway: 'shop/gateway' },
  to: { host, port: 443 },
}));

describe('bytes at a listener of TLS', () => {
  it.each(Object.keys(CASES))('go where istiod sends them: %s', async (name) => {
    const mesh = meshFrom(made.objects(...PODS, ...CASES[name]));
    const answers = await mesh.answers(REQUESTS);
    const said = REQUESTS.map((request, index) => disagreement(mesh.cluster, request, answers[index]));
    expect(said).toEqual(REQUESTS.map(() => undefined));
  });
});
