import { DataPlane, IngressGateway, IpBlocks, MeshNamespace } from 'istio-constructs';
import { manifests, shop } from '../builders';
import { clusterOf } from '../manifests';
import { CART, SIDECAR, STRICT, cluster, get, namespace, plaintext, pod, policy } from './fixtures';
import { decide } from '../../lib/verdict/decide';
import type { Request } from '../../lib/verdict/requests/request';

const SIDECARS = namespace('shop', SIDECAR) + CART;
const rules = (action: string, ...list: string[]) => `selector: {matchLabels: {app: cart}}, action: ${action}, rules: [${list.join(', ')}]`;
const from = (source: string) => `from: [{source: {${source}}}]`;

const inSidecar = (request: Partial<Request> = {}) => get({ from: pod('web', 'sidecar'), ...request });

describe('a token', () => {
  const issuer = `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: tokens, namespace: shop}
spec: {selector: {matchLabels: {app: cart}}, jwtRules: [{issuer: "https://id.example.com", audiences: [shop]}]}`;
  const clerk = policy(
    'p',
    rules(
      'ALLOW',
      `{${from('requestPrincipals: ["https://id.example.com/*"]')}, when: [{key: "request.auth.claims[role]", values: [clerk]}]}`,
    ),
  );
  const token = { issuer: 'https://id.example.com', subject: 'ann', audiences: ['shop'], claims: { role: ['clerk'] } };
  const withToken = (changed: object = {}) => decide(cluster(SIDECARS, issuer, clerk), inSidecar({ token: { ...token, ...changed } }));

  it('counts when its issuer is known, and its claims decide', () => {
    expect(withToken().allowed).toBe(true);
    expect(withToken({ claims: { role: ['guest'] } })).toMatchObject({ allowed: false, by: 'AuthorizationPolicy shop/p' });
  });

  it('of another issuer or for another audience is refused outright', () => {
    expect(withToken({ issuer: 'https://evil.example.com' }).by).toBe('RequestAuthentication shop/tokens');
    expect(withToken({ audiences: ['bank'] }).by).toBe('RequestAuthentication shop/tokens');
  });

  it('may be for several audiences, one of which is asked for', () => {
    expect(withToken({ audiences: ['bank', 'shop'] }).allowed).toBe(true);
    const forShop = policy('p', rules('ALLOW', '{when: [{key: request.auth.audiences, values: [shop]}]}'));
    const request = inSidecar({ token: { ...token, audiences: ['bank', 'shop'] } });
    expect(decide(cluster(SIDECARS, issuer, forShop), request).allowed).toBe(true);
  });

  it('may come from any of the issuers that are known', () => {
    const two = issuer.replace('jwtRules: [', 'jwtRules: [{issuer: "https://other.example.com"}, ');
    expect(decide(cluster(SIDECARS, two, clerk), inSidecar({ token })).allowed).toBe(true);
  });

  it('is worth nothing where nobody checks it, and a request without one has no principal', () => {
    expect(decide(cluster(SIDECARS, clerk), inSidecar({ token })).allowed).toBe(false);
    expect(decide(cluster(SIDECARS, issuer, clerk), inSidecar()).allowed).toBe(false);
  });
});

describe('mutual TLS', () => {
  const other = STRICT.replace('name: default', 'name: older').replace('mode: STRICT', 'mode: PERMISSIVE');

  it('is asked of plaintext alone, and open where two objects differ of which the oldest holds', () => {
    const both = cluster(SIDECARS, STRICT, other);
    expect(decide(cluster(SIDECARS, STRICT), get({ from: plaintext }))).toMatchObject({ allowed: false, layer: 'mtls' });
    expect(decide(both, get({ from: plaintext })).unknown).toContain('the oldest holds');
    expect(decide(both, inSidecar())).toMatchObject({ allowed: true });
  });
});

describe('the address of a caller', () => {
  const block = (field: string) => policy('p', rules('ALLOW', `{${from(`${field}: ["10.20.0.0/16"]`)}}`));
  const at = (address: string, proxy: 'sidecar' | 'ztunnel', headers = {}): Partial<Request> => ({
    from: { pod: { namespace: 'far', serviceAccount: 'web', proxy, address } },
    headers,
  });
  const told = (field: string, request: Partial<Request>) => decide(cluster(SIDECARS, block(field)), get(request)).allowed;

  it('is that of who connects', () => {
    expect(told('ipBlocks', at('10.20.0.7', 'sidecar'))).toBe(true);
    expect(told('ipBlocks', at('10.21.0.7', 'sidecar'))).toBe(false);
    expect(told('ipBlocks', at('10.21.0.7', 'sidecar', { 'x-forwarded-for': '10.20.0.7' }))).toBe(false);
  });

  it('is not told where a tunnel ends', () => {
    expect(told('ipBlocks', at('10.20.0.7', 'ztunnel'))).toBe(false);
  });

  it('of a client is what has been noted last, whoever wrote it', () => {
    expect(told('remoteIpBlocks', at('10.21.0.7', 'sidecar', { 'x-forwarded-for': '10.21.0.1, 10.20.0.7' }))).toBe(true);
    expect(told('remoteIpBlocks', at('10.20.0.7', 'sidecar', { 'x-forwarded-for': '10.20.0.7, 10.21.0.1' }))).toBe(false);
    expect(told('remoteIpBlocks', at('10.20.0.7', 'sidecar', { 'x-forwarded-for': 'nowhere' }))).toBe(true);
  });

  it('of a client is, to a gateway, what the first of the proxies that it trusts has noted', () => {
    const enters = (trustedProxies: number, noted: string): boolean => {
      const { chart, cart } = shop({ dataPlane: DataPlane.sidecar() });
      const edge = new MeshNamespace(chart, 'edge', { dataPlane: DataPlane.sidecar() });
      const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'cert', trustedProxies });
      gateway.expose(cart, { host: 'shop.example.com' });
      gateway.allowOnly(IpBlocks.ofClients('10.20.0.0/16'));
      const to = { host: 'shop.example.com', port: 443 };
      return decide(clusterOf(manifests(chart)), { from: { gateway: 'edge/gateway' }, to, headers: { 'x-forwarded-for': noted } }).allowed;
    };
    expect([enters(0, '10.20.0.7'), enters(1, '10.20.0.7'), enters(1, '10.20.0.7, 10.21.0.1')]).toEqual([false, true, false]);
    expect([enters(2, '10.20.0.7, 10.21.0.1'), enters(2, '10.20.0.7'), enters(2, 'nobody, 10.20.0.7')]).toEqual([true, false, false]);
  });
});
