import { decide } from '../../../lib/verdict/decide';
import { CART, cluster, deployment, namespace, SIDECAR, virtualService } from '../fixtures';

const servers = (hosts: string, more = '') => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gateway, namespace: edge}
spec: {selector: {app: ingress}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [${hosts}]}${more}]}
---`;
const EDGE = namespace('edge', SIDECAR) + deployment('ingress', 'ingress', 'v1', 'edge') + CART;
const answering = (name: string, hosts: string, status: number, match = '') =>
  virtualService(name, `hosts: [${hosts}], gateways: [edge/gateway], http: [{${match}directResponse: {status: ${status}}}]`);
const ask = (host: string) => ({ from: { gateway: 'edge/gateway' }, to: { host, port: 80 } });

describe('VirtualServices at a server', () => {
  const all = answering('all', '"*"', 503);
  const below = answering('below', '"*.example.com"', 502);
  const shop = answering('shop', 'shop.example.com', 501);

  it('are followed by who names the host most closely', () => {
    const open = cluster(EDGE, servers('"*"'), all, below, shop);
    const status = (host: string) => decide(open, ask(host)).answer?.status;
    expect(['shop.example.com', 'bank.example.com', 'example.org'].map(status)).toEqual([501, 502, 503]);
  });

  it('are strung together under the name of a server that is closer than theirs', () => {
    const open = cluster(EDGE, servers('shop.example.com'), all, below);
    expect(decide(open, ask('shop.example.com')).unknown).toMatch(
      /^shop.example.com has two owners: VirtualService shop\/(all|below) and /,
    );
    expect(decide(open, ask('bank.example.com'))).toMatchObject({ allowed: false, layer: 'routing', by: 'Gateway edge/gateway' });
  });

  it('are nobody where nothing in them is for the server', () => {
    const other = answering('shop', 'shop.example.com', 501, 'match: [{port: 8080}], ');
    expect(decide(cluster(EDGE, servers('"*"'), below, other), ask('shop.example.com')).answer?.status).toBe(502);
  });

  it('come after the redirect of any server that has the name', () => {
    const redirecting = ', {port: {number: 80, name: http-2, protocol: HTTP}, hosts: ["*.example.com"], tls: {httpsRedirect: true}}';
    const open = cluster(EDGE, servers('shop.example.com, example.org', redirecting), shop, answering('org', 'example.org', 500));
    expect(decide(open, ask('shop.example.com')).answer?.status).toBe(301);
    expect(decide(open, ask('example.org')).answer?.status).toBe(500);
  });
});
