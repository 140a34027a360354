import {
  DataPlane,
  IstioInstallation,
  type MeshQuestion,
  MeshedService,
  MeshNamespace,
  MeshPort,
  OutboundPolicy,
  Verdicts,
} from 'istio-constructs';
import { canary, newChart, shop } from '../builders';
import { forEachPlane } from '../for-each-plane';
import { CART, deployment, namespace, policy, service, SIDECAR, STRICT } from '../verdict/fixtures';

const WEB = deployment('web', 'web', 'v1');
const MESH = namespace('shop', SIDECAR) + WEB + CART + STRICT;
const GRANT = policy(
  'cart',
  'selector: {matchLabels: {app: cart}}, rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}], to: [{operation: {methods: [GET]}}]}]',
);
const JWT = `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: users, namespace: shop}
spec: {jwtRules: [{issuer: "https://id.example.com", audiences: [shop]}]}
---`;
const CLERKS = policy('clerks', 'action: ALLOW, rules: [{when: [{key: "request.auth.claims[role]", values: [clerk]}]}]');

const ask = (text: string, question: Partial<MeshQuestion> = {}) =>
  Verdicts.ofYaml(text).ask({ caller: 'web', callee: 'cart', ...question });

describe('verdicts on a program that installs Istio', () => {
  forEachPlane((plane) => {
    it('have sidecars drop what nobody has declared, where the installation says so', () => {
      const answer = (outboundPolicy?: OutboundPolicy) => {
        const chart = newChart();
        new IstioInstallation(chart, 'istio', { outboundPolicy });
        const open = new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
        new MeshedService(open, 'product', { image: 'product:1', ports: [MeshPort.http(8080)] });
        return Verdicts.of(chart).ask({ caller: 'product', callee: 'unheard.example.com:443' }).allowed;
      };
      expect([undefined, OutboundPolicy.ALLOW_ANY].map(answer)).toEqual([true, true]);
      expect(answer(OutboundPolicy.REGISTRY_ONLY)).toBe(plane.of({ sidecar: false, ambient: true }));
    });
  });
});

describe('verdicts on manifests', () => {
  it('name what lets a request in, with its place', () => {
    const verdict = ask(MESH + GRANT);
    expect(verdict).toMatchObject({ allowed: true, layer: 'authorization', mtls: true, identity: 'cluster.local/ns/shop/sa/web' });
    expect(verdict.decidedBy).toMatchObject({
      kind: 'AuthorizationPolicy',
      name: 'cart',
      namespaceName: 'shop',
      file: 'manifests.yaml',
      column: 1,
    });
    expect(verdict.text).toBe(`allowed, by AuthorizationPolicy shop/cart (manifests.yaml:${verdict.decidedBy!.line}:1)`);
  });

  it('name what refuses it, and go no further', () => {
    const { allowed, layer, decidedBy, trail } = ask(MESH + GRANT, { method: 'POST' });
    expect({ allowed, layer, name: decidedBy?.name }).toEqual({ allowed: false, layer: 'authorization', name: 'cart' });
    expect(trail.map(({ at, layer: said, allowed: passed }) => `${at} ${said} ${passed}`)).toEqual([
      'sidecar shop/web routing true',
      'sidecar shop/cart-v1 network true',
      'sidecar shop/cart-v1 mtls true',
      'sidecar shop/cart-v1 authorization false',
    ]);
  });

  it('refuse plaintext where STRICT holds', () => {
    const { allowed, layer, mtls, identity, text } = ask(MESH, { caller: 'pod:elsewhere' });
    expect({ allowed, layer, mtls, identity }).toEqual({ allowed: false, layer: 'mtls', mtls: false, identity: undefined });
    expect(text).toMatch(/^refused \(mtls\), by PeerAuthentication shop\/default \(manifests.yaml:\d+:1\)$/);
  });

  it('tell what a policy notes that decides nothing, beside who decides', () => {
    const tried = policy('closed', '').replace('namespace: shop}', 'namespace: shop, annotations: {istio.io/dry-run: "true"}}');
    const looks = policy('looks', 'action: AUDIT, rules: [{}]');
    const { allowed, decidedBy, would } = ask(MESH + GRANT.replace('name: cart,', 'name: one,') + tried + looks);
    expect({ allowed, by: decidedBy?.name }).toEqual({ allowed: true, by: 'one' });
    expect(would.map(({ at, effect, policy: { name } }) => `${at}: ${effect} ${name}`)).toEqual(['sidecar shop/cart-v1: audit looks']);
    const [, closing] = ask(MESH + tried + looks).would;
    expect(closing).toMatchObject({ effect: 'deny', policy: { kind: 'AuthorizationPolicy', name: 'closed', column: 1 } });
    expect(closing.text).toMatch(/^would be refused by AuthorizationPolicy shop\/closed \(manifests.yaml:\d+:1\)$/);
  });

  it('tell faults, answers of proxies and routes that are not there', () => {
    const http = (routes: string) =>
      `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: cart, namespace: shop}\nspec: {hosts: [cart], http: [${routes}]}\n---\n`;
    const to = 'route: [{destination: {host: cart}}]';
    const asked = (routes: string) => ask(http(routes) + MESH);
    const owner = 'VirtualService shop/cart (manifests.yaml:1:1)';
    const all = asked(`{fault: {abort: {httpStatus: 500, percentage: {value: 100}}}, ${to}}`);
    expect(all).toMatchObject({
      allowed: false,
      layer: 'routing',
      answeredStatus: 500,
      text: `answered 500 by the fault of ${owner}`,
      faults: [],
    });
    const some = asked(`{fault: {abort: {grpcStatus: UNAVAILABLE, percentage: {value: 50}}}, ${to}}`);
    const told = `50 % are answered gRPC status UNAVAILABLE by the fault of ${owner}, at sidecar shop/web`;
    expect(some).toMatchObject({ allowed: true, faults: [told] });
    expect(some.text.endsWith(`; but ${told}`)).toBe(true);
    expect(asked(`{fault: {abort: {grpcStatus: UNAVAILABLE, percentage: {value: 100}}}, ${to}}`).answeredGrpcStatus).toBe('UNAVAILABLE');
    expect(asked('{redirect: {authority: a.com}}').text).toBe(`answered 301 with location http://a.com/, by ${owner}`);
    expect(asked(`{match: [{uri: {exact: /x}}], ${to}}`).text).toBe(`answered 404, as no route of ${owner} matches`);
  });

  it('say that nothing is in the way', () => {
    expect(ask(namespace('shop', SIDECAR) + WEB + CART).text).toBe('allowed, nothing in the way');
  });

  it('tell shares, timeout and retries', () => {
    const route = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec: {hosts: [cart], http: [{timeout: 5s, retries: {attempts: 1, perTryTimeout: 2s, retryOn: 5xx}, route: [{destination: {host: cart}}]}]}
---`;
    const { split, timeout, retries, trail } = ask(MESH + route);
    expect(split.map(({ workload, percent }) => `${workload} ${percent}`)).toEqual(['shop/cart-v1 50', 'shop/cart-v2 50']);
    expect({ timeout, retries }).toEqual({ timeout: '5s', retries: { attempts: 1, perTryTimeout: '2s', retryOn: '5xx' } });
    expect(trail[0].text).toMatch(/^routed by VirtualService shop\/cart \(manifests.yaml:\d+:1\)$/);
  });

  it('tell what a proxy answers by itself', () => {
    const route = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec: {hosts: [cart], http: [{redirect: {uri: /new}}]}
---`;
    expect(ask(MESH + route)).toMatchObject({
      allowed: false,
      layer: 'routing',
      answeredStatus: 301,
      answeredLocation: 'http://cart.shop.svc.cluster.local:8080/new',
    });
  });

  it('take claims of the only issuer, for whom its tokens are', () => {
    const text = MESH + JWT + CLERKS;
    expect(ask(text, { claims: { role: ['clerk'] } }).allowed).toBe(true);
    expect(ask(text, { claims: { role: ['guest'] } }).allowed).toBe(false);
    expect(ask(text, { claims: { role: ['clerk'] }, audiences: ['desk'] })).toMatchObject({
      allowed: false,
      decidedBy: { kind: 'RequestAuthentication' },
    });
    expect(ask(text, { issuer: 'https://elsewhere.example.com' }).allowed).toBe(false);
  });

  it('fail for claims of which nobody tells the issuer', () => {
    expect(() => ask(MESH, { claims: { role: ['clerk'] } })).toThrow('MESH898');
  });

  it('read headers by any spelling', () => {
    const tenant = policy('tenant', 'rules: [{when: [{key: "request.headers[x-tenant]", values: [acme]}]}]');
    expect(ask(MESH + tenant, { headers: { 'X-Tenant': 'acme' } }).allowed).toBe(true);
    expect(ask(MESH + tenant).allowed).toBe(false);
  });

  it('count a caller of several workloads as refused if one of them is', () => {
    const one = policy(
      'one',
      'selector: {matchLabels: {app: cart}}, action: DENY, rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/b]}}]}]',
    );
    const callers = deployment('a', 'a', 'v1') + deployment('b', 'b', 'v1').replace('app: b,', 'app: a,') + service('a', 'app: a');
    expect(ask(MESH + callers + one, { caller: 'shop/a' })).toMatchObject({ allowed: true });
    expect(Verdicts.ofYaml(MESH + callers + one).ask({ caller: 'shop/b', callee: 'cart' }).allowed).toBe(false);
  });

  it('say which objects on the way they do not read', () => {
    const filter = (name: string, selector: string) => `
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: ${name}, namespace: shop}
spec: {workloadSelector: {labels: {app: ${selector}}}, configPatches: []}
---`;
    const cilium = 'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: lock, namespace: shop}\n---';
    const { notRead } = ask(`${MESH}${filter('near', 'cart')}${filter('far', 'nobody')}\n${cilium}`);
    expect(notRead.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['EnvoyFilter near', 'CiliumNetworkPolicy lock']);
  });

  it('read several files', () => {
    const files = [
      { name: 'mesh.yaml', text: MESH },
      { name: 'grant.yaml', text: GRANT.trim() },
    ];
    expect(Verdicts.ofFiles(...files).ask({ caller: 'web', callee: 'cart' }).text).toBe(
      'allowed, by AuthorizationPolicy shop/cart (grant.yaml:1:1)',
    );
  });
});

describe('verdicts on an App', () => {
  forEachPlane((plane) => {
    it('are those on its manifests, and name constructs and lines of the program', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product);
      const verdicts = Verdicts.of(chart);
      expect(verdicts.ask({ caller: 'cart', callee: 'product', path: '/1' })).toMatchObject({ allowed: true, mtls: true });
      const { allowed, decidedBy } = verdicts.ask({ caller: 'product', callee: 'cart' });
      expect(allowed).toBe(false);
      expect(decidedBy?.declaredIn).toMatch(/^test\/shop/);
      expect(decidedBy?.declaredAt).toContain('builders.ts');
    });

    it('look again at what has been said since', () => {
      const { chart, cart, product } = shop(plane);
      expect(Verdicts.of(chart).ask({ caller: 'cart', callee: 'product' }).allowed).toBe(false);
      cart.calls(product);
      expect(Verdicts.of(chart).ask({ caller: 'cart', callee: 'product' }).allowed).toBe(true);
    });

    it('tell the shares of a canary', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product);
      canary(product, { weight: 10 });
      const { split } = Verdicts.of(chart).ask({ caller: 'cart', callee: 'product' });
      expect(split.map(({ workload, percent }) => `${workload} ${percent}`)).toEqual(['shop/product-v1 90', 'shop/product-v2 10']);
    });
  });

  it('fail for a question without a port where there are several', () => {
    const { chart, shop: scope } = shop({ dataPlane: DataPlane.sidecar() });
    new MeshedService(scope, 'two', { image: 'a:1', ports: [MeshPort.http(8080), MeshPort.http(9090, { suffix: 'admin' })] });
    expect(() => Verdicts.of(chart).ask({ caller: 'cart', callee: 'two' })).toThrow(
      /MESH897 .*\n {2}got: two\n {2}fix: write for example two:8080/,
    );
  });
});
