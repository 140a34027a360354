import { decide } from '../../../lib/verdict/decide';
import { deployment, cluster, FROM_OUTSIDE, GATEWAY, httpRoute, namespace, policy, SIDECAR, TO_GATEWAY, virtualService } from '../fixtures';

const PODS = namespace('edge', SIDECAR) + deployment('ingress', 'ingress', 'v1', 'edge');
const servers = (more: string) => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gateway, namespace: edge}
spec: {selector: {app: ingress}, servers: [
  {port: {number: 80, name: http, protocol: HTTP}, hosts: [cart.example.com]${more}},
  {port: {number: 443, name: https, protocol: HTTPS}, hosts: [cart.example.com], tls: {mode: SIMPLE, credentialName: cert}}]}
---`;
const MOVED = virtualService(
  'moved',
  'hosts: [cart.example.com], gateways: [edge/gateway], http: [{match: [{uri: {prefix: /old/}}], redirect: {uri: /new}}, {directResponse: {status: 404}}]',
);
const ask = (path: string, port = 443) => ({ ...FROM_OUTSIDE, to: { host: 'cart.example.com', port }, path });

describe('a gateway that answers by itself', () => {
  it('says where clients shall go, by the scheme of the port', () => {
    const open = cluster(PODS, servers(''), MOVED);
    expect(decide(open, ask('/old/1'))).toMatchObject({
      allowed: false,
      layer: 'routing',
      by: 'VirtualService shop/moved',
      answer: { status: 301, location: 'https://cart.example.com/new' },
    });
    expect(decide(open, ask('/old/1', 80)).answer?.location).toBe('http://cart.example.com/new');
    expect(decide(open, ask('/')).answer).toEqual({ status: 404 });
  });

  it('sends plain requests on to HTTPS where its server says so, and no others', () => {
    const open = cluster(PODS, servers(', tls: {httpsRedirect: true}'), MOVED);
    expect(decide(open, ask('/a?b', 80))).toMatchObject({
      by: 'Gateway edge/gateway',
      answer: { status: 301, location: 'https://cart.example.com/a?b' },
    });
    expect(decide(open, ask('/old/1')).answer?.location).toBe('https://cart.example.com/new');
  });

  it('answers by an HTTPRoute at a Kubernetes Gateway, after its policies', () => {
    const rule =
      '{matches: [{path: {value: /old}}], filters: [{type: RequestRedirect, requestRedirect: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}}}]}';
    const moved = httpRoute('moved', TO_GATEWAY, rule, ', hostnames: [cart.example.com]');
    expect(decide(cluster(GATEWAY, moved), ask('/old/1'))).toMatchObject({
      allowed: false,
      by: 'HTTPRoute shop/moved',
      answer: { status: 302, location: 'https://cart.example.com/new/1' },
    });
    const closed = policy('closed', 'targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gateway}]', 'edge');
    expect(decide(cluster(GATEWAY, moved, closed), ask('/old/1'))).toMatchObject({
      by: 'AuthorizationPolicy edge/closed',
      layer: 'authorization',
    });
  });

  it('is not asked by the name of a Gateway of the other kind', () => {
    const moved = httpRoute('moved', TO_GATEWAY, '{filters: [{type: RequestRedirect, requestRedirect: {hostname: a.com}}]}');
    const both = cluster(GATEWAY, PODS, servers(', tls: {httpsRedirect: true}').replace('number: 80,', 'number: 443,'), moved);
    expect(decide(both, ask('/')).by).toBe('HTTPRoute shop/moved');
  });
});
