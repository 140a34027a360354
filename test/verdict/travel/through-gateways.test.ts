import { decide } from '../../../lib/verdict/decide';
import type { Caller, Request } from '../../../lib/verdict/requests/request';
import { split } from '../../../lib/verdict/split';
import {
  AMBIENT,
  CART,
  cluster,
  deployment,
  GATEWAY,
  httpRoute,
  namespace,
  objects,
  pod,
  policy,
  serviceEntry,
  SIDECAR,
  STRICT,
  TO_GATEWAY,
  virtualService,
} from '../fixtures';

const PODS = deployment('ingress', 'ingress', 'v1', 'edge').replace(
  'metadata: {labels: {app: ingress, version: v1}}',
  'metadata: {labels: {app: ingress, sidecar.istio.io/inject: "true"}, annotations: {inject.istio.io/templates: gateway}}',
);
const SERVICE = `
apiVersion: v1
kind: Service
metadata: {name: ingress, namespace: edge}
spec: {selector: {app: ingress}, ports: [{name: http, port: 80}, {name: https, port: 443}, {name: http-shut, port: 8081}, {name: tcp, port: 9000}, {name: status, port: 15021}]}
---`;
const servers = (...said: string[]) => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec: {selector: {app: ingress}, servers: [${said.join(', ')}]}
---`;
const plain = (hosts: string, more = '') => `{port: {number: 80, name: http, protocol: HTTP}, hosts: [${hosts}]${more}}`;
const tls = (mode: string, hosts = '"*"') =>
  `{port: {number: 443, name: https, protocol: HTTPS}, hosts: [${hosts}], tls: {mode: ${mode}, credentialName: cert}}`;
const bound = (hosts: string, name = 'in', more = '') =>
  virtualService(
    name,
    `hosts: [${hosts}], gateways: [shop/public]${more}, http: [{route: [{destination: {host: cart, port: {number: 8080}}}]}]`,
  );
const EDGE = namespace('edge', '') + namespace('shop', SIDECAR) + PODS + SERVICE + CART;

const HOST = 'ingress.edge.svc.cluster.local';
const ask = (port = 80, more: Partial<Request> = {}): Request => ({ from: pod('web', 'sidecar'), to: { host: HOST, port }, ...more });
const callers: [string, Caller][] = (['sidecar', 'ztunnel', 'none'] as const).map((proxy) => [proxy, pod('web', proxy)]);

describe('a call to the Service of a gateway', () => {
  describe.each(callers)('by a pod with %s', (_, from) => {
    it('goes on to where the route of the gateway leads, and ends there', () => {
      const open = cluster(EDGE, servers(plain('"*"')), bound('"*"'));
      expect(decide(open, ask(80, { from }))).toMatchObject({ allowed: true, workload: 'shop/cart-v1' });
      expect(split(open, ask(80, { from })).shares.map(({ workload }) => workload)).toEqual(['shop/cart-v1', 'shop/cart-v2']);
    });

    it('is refused where nothing listens, and by pods that no Gateway picks', () => {
      const open = cluster(EDGE, servers(plain('"*"')), bound('"*"'));
      const refused = { allowed: false, layer: 'routing' };
      expect(decide(open, ask(8081, { from }))).toMatchObject({ ...refused, why: 'nothing listens on port 8081 of' });
      expect(decide(cluster(EDGE), ask(80, { from }))).toMatchObject({ ...refused, why: 'nothing listens on port 80 of' });
    });

    it('is refused where no route is for the host, after the policies of the gateway', () => {
      const elsewhere = [EDGE, servers(plain('"*"')), bound('shop.example.com')];
      expect(decide(cluster(...elsewhere), ask(80, { from }))).toMatchObject({ allowed: false, layer: 'routing' });
      const closed = policy('closed', '', 'edge');
      expect(decide(cluster(...elsewhere, closed), ask(80, { from }))).toMatchObject({
        allowed: false,
        layer: 'authorization',
        by: 'AuthorizationPolicy edge/closed',
      });
      expect(decide(cluster(EDGE, servers(plain('"*"')), bound('"*"'), closed), ask(80, { from })).allowed).toBe(false);
    });

    it('is refused behind the gateway by who sees the gateway there', () => {
      const mine = policy('mine', 'rules: [{from: [{source: {principals: ["cluster.local/ns/edge/sa/ingress"]}}]}]');
      const webs = policy('webs', 'rules: [{from: [{source: {principals: ["cluster.local/ns/shop/sa/web"]}}]}]');
      const open = [EDGE, servers(plain('"*"')), bound('"*"'), STRICT];
      expect(decide(cluster(...open, mine), ask(80, { from })).allowed).toBe(true);
      expect(decide(cluster(...open, webs), ask(80, { from }))).toMatchObject({ allowed: false, by: 'AuthorizationPolicy shop/webs' });
    });

    it('proves nothing to the gateway', () => {
      const webs = policy('webs', 'rules: [{from: [{source: {principals: ["*"]}}]}]', 'edge');
      const open = cluster(EDGE, servers(plain('"*"')), bound('"*"'), webs);
      expect(decide(open, ask(80, { from }))).toMatchObject({ allowed: false, by: 'AuthorizationPolicy edge/webs' });
    });

    it.each([
      ['the same TLS', 'SIMPLE', true],
      ['a certificate', 'MUTUAL', false],
      ['one of the mesh', 'ISTIO_MUTUAL', false],
    ])('is TLS on a port that is named so, where the gateway asks for %s', (_, mode, allowed) => {
      const open = cluster(EDGE, servers(tls(mode)), bound('"*"'));
      expect(decide(open, ask(443, { from }))).toMatchObject({ allowed, layer: allowed ? 'network' : 'mtls' });
    });

    it('is not read where it is plain HTTP and TLS is wanted, nor the other way round', () => {
      const named = EDGE.replace('{name: http, port: 80}', '{name: http, port: 80, targetPort: 443}');
      expect(decide(cluster(named, servers(tls('SIMPLE')), bound('"*"')), ask(80, { from }))).toMatchObject({
        allowed: false,
        layer: 'routing',
        why: 'TLS alone is read on port 443 of',
      });
      const swapped = EDGE.replace('{name: https, port: 443}', '{name: https, port: 443, targetPort: 80}');
      expect(decide(cluster(swapped, servers(plain('"*"')), bound('"*"')), ask(443, { from })).why).toBe(
        'HTTP alone is read on port 80 of',
      );
    });

    it('goes by the server that TLS names', () => {
      const open = cluster(EDGE, servers(tls('SIMPLE', 'shop.example.com')), bound('"*"'));
      expect(decide(open, ask(443, { from })).why).toBe(`no server for ${HOST} is on port 443 of`);
    });

    it('reaches the pods by their address in the same way', () => {
      const to = { podOf: 'edge/ingress', port: 80 };
      expect(decide(cluster(EDGE, servers(plain('"*"')), bound('"*"')), ask(80, { from, to })).workload).toBe('shop/cart-v1');
      expect(decide(cluster(EDGE, servers(plain('"*"')), bound(HOST)), ask(80, { from, to }))).toMatchObject({ allowed: false });
      expect(decide(cluster(EDGE, servers(plain('"*"')), bound('"*"')), ask(80, { from, to: { ...to, port: 443 } })).allowed).toBe(false);
    });
  });

  it('hands on bytes on a port for bytes', () => {
    const server = '{port: {number: 9000, name: tcp, protocol: TCP}, hosts: ["*"]}';
    const route = 'hosts: ["*"], gateways: [shop/public], tcp: [{route: [{destination: {host: cart, port: {number: 8080}}}]}]';
    expect(decide(cluster(EDGE, servers(server), virtualService('in', route)), ask(9000)).workload).toBe('shop/cart-v1');
    expect(decide(cluster(EDGE, servers(server)), ask(9000))).toMatchObject({ allowed: false, layer: 'routing' });
  });

  it('hears what a server says by itself', () => {
    const open = cluster(EDGE, servers(plain('"*"', ', tls: {httpsRedirect: true}')), bound('"*"'));
    expect(decide(open, ask(80, { path: '/a' })).answer).toEqual({ status: 301, location: `https://${HOST}/a` });
  });

  it('reaches the port of the proxy itself', () => {
    expect(decide(cluster(EDGE), ask(15021))).toMatchObject({ allowed: true, workload: 'edge/ingress' });
  });

  it('is noted as coming from the pod', () => {
    const from: Caller = { pod: { namespace: 'shop', proxy: 'sidecar', address: '10.99.0.7' } };
    const noted = (block: string) => policy('noted', `rules: [{from: [{source: {remoteIpBlocks: ["${block}"]}}]}]`);
    const open = (block: string) => decide(cluster(EDGE, servers(plain('"*"')), bound('"*"'), noted(block)), ask(80, { from })).allowed;
    expect([open('10.99.0.7'), open('10.99.0.8')]).toEqual([true, false]);
  });

  it('is not known where it goes round', () => {
    const round = virtualService(
      'in',
      `hosts: ["*"], gateways: [shop/public], http: [{route: [{destination: {host: ${HOST}, port: {number: 80}}}]}]`,
    );
    expect(decide(cluster(EDGE, servers(plain('"*"')), round), ask()).unknown).toBe('requests go round by Gateway edge/ingress');
  });

  it('meets all Gateways that pick the pods, as if they were one', () => {
    const more = servers(plain('"*"')).replace('name: public', 'name: more');
    const both = bound('"*"').replace('[shop/public]', '[shop/more]');
    expect(decide(cluster(EDGE, servers(plain('shop.example.com')), more, both), ask()).workload).toBe('shop/cart-v1');
    const tcp = servers('{port: {number: 80, name: tcp, protocol: TCP}, hosts: ["*"]}').replace('name: public', 'name: more');
    expect(decide(cluster(EDGE, servers(plain('"*"')), tcp, bound('"*"')), ask()).unknown).toContain('each reads port 80 in another way');
  });

  it('is taken for a gateway where a Gateway picks pods of which nobody says what they run', () => {
    const unsaid = EDGE.replace('sidecar.istio.io/inject: "true"', 'tier: edge');
    expect(decide(cluster(unsaid, servers(plain('"*"'))), ask())).toMatchObject({ allowed: false, layer: 'routing' });
    expect(decide(cluster(unsaid), ask())).toMatchObject({ allowed: true, workload: 'edge/ingress' });
  });
});

describe('a gateway that istiod deploys', () => {
  const made = (protocol: string, more = '') =>
    GATEWAY.replace('port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}', `port: 8080, protocol: ${protocol}${more}`);
  const SHOP = namespace('shop', AMBIENT) + CART;
  const route = (hosts = '') => httpRoute('in', TO_GATEWAY, '{backendRefs: [{name: cart, port: 8080}]}', hosts);
  const to = (port: number) => ({ host: 'gateway-istio.edge.svc.cluster.local', port });

  it.each(['HTTPRoute', 'GRPCRoute', 'TCPRoute'])('is found behind a Service of the mesh by the %s to its Service', (kind) => {
    const port = kind === 'TCPRoute' ? '{port: 9000, name: tcp}' : '{port: 8080, name: http}';
    const from = `{apiVersion: v1, kind: Service, metadata: {name: door, namespace: edge}, spec: {selector: {app: none}, ports: [${port}]}}\n---\n`;
    const parents = '{name: door, kind: Service, group: ""}';
    const rules = '{backendRefs: [{name: gateway-istio, port: 8080}]}';
    const there = `\n{apiVersion: gateway.networking.k8s.io/v1alpha2, kind: ${kind}, metadata: {name: out, namespace: edge}, spec: {parentRefs: [${parents}], rules: [${rules}]}}\n---\n`;
    const to = { host: 'door.edge.svc.cluster.local', port: kind === 'TCPRoute' ? 9000 : 8080 };
    expect(decide(cluster(SHOP, made('HTTP'), route(), from, there), ask(0, { to })).workload).toBe('shop/cart-v1');
  });

  it('has a Service that leads through it', () => {
    expect(decide(cluster(SHOP, made('HTTP'), route()), ask(0, { to: to(8080) })).workload).toBe('shop/cart-v1');
    const refused = { allowed: false, layer: 'routing' };
    expect(decide(cluster(SHOP, made('HTTP'), route(', hostnames: [cart.example.com]')), ask(0, { to: to(8080) }))).toMatchObject(refused);
    expect(decide(cluster(SHOP, made('HTTP'), route()), ask(0, { to: to(80) }))).toMatchObject(refused);
    expect(decide(cluster(SHOP, made('HTTP'), route(), policy('closed', '', 'edge')), ask(0, { to: to(8080) })).by).toBe(
      'AuthorizationPolicy edge/closed',
    );
  });

  it('reads TLS on a port for it, by which clients know to speak it', () => {
    const secure = made('HTTPS', ', tls: {certificateRefs: [{name: cert}]}');
    expect(decide(cluster(SHOP, secure, route()), ask(0, { to: to(8080) })).workload).toBe('shop/cart-v1');
  });
});

describe('an egress gateway', () => {
  const OUT = 'www.company.com';
  const out = (sni: string, mode = 'ISTIO_MUTUAL') =>
    objects(`
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: out, namespace: shop}
spec: {host: ${HOST}, subsets: [{name: out, trafficPolicy: {portLevelSettings: [{port: {number: 443}, tls: {mode: ${mode}${sni}}}]}}]}`)[0];
  const route = virtualService(
    'out',
    `hosts: [${OUT}], gateways: [mesh, shop/public], http: [
      {match: [{gateways: [mesh], port: 80}], route: [{destination: {host: ${HOST}, subset: out, port: {number: 443}}}]},
      {match: [{gateways: [shop/public]}], route: [{destination: {host: cart, port: {number: 8080}}}]}]`,
  );
  const entry = serviceEntry('', '{number: 80, name: http, protocol: HTTP}').replace('api.cards.example.com', OUT);
  const mesh = (rule: object, ...more: string[]) =>
    cluster(EDGE, servers(tls('ISTIO_MUTUAL', OUT)), route, entry, JSON.stringify(rule), ...more);
  const asked = ask(80, { to: { host: OUT, port: 80 } });

  it('sees who calls where a DestinationRule has him speak mutual TLS', () => {
    const webs = policy('webs', 'rules: [{from: [{source: {principals: ["cluster.local/ns/shop/sa/web"]}}]}]', 'edge');
    expect(decide(mesh(out(`, sni: ${OUT}`), webs), asked)).toMatchObject({ allowed: true, by: 'AuthorizationPolicy edge/webs' });
    expect(decide(mesh(out(`, sni: ${OUT}`), webs), { ...asked, from: pod('other', 'sidecar') }).allowed).toBe(false);
  });

  it('is not reached by a name that no server has, nor in plaintext', () => {
    expect(decide(mesh(out('')), asked).why).toContain('no server for outbound_.443_.out_.');
    expect(decide(mesh(out('', 'DISABLE')), asked).why).toBe('TLS alone is read on port 443 of');
    expect(decide(mesh(out('', 'SIMPLE')), asked).unknown).toContain('sets TLS, which is not read here');
  });
});
