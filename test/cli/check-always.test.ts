import { read } from '../architecture/sources';
import { folderWith, SHOP } from './run';

const GATEWAY = `---
apiVersion: v1
kind: Namespace
metadata: { name: edge, labels: { istio-injection: enabled } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gateway, namespace: edge }
spec:
  gatewayClassName: istio
  listeners: [{ name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: All } } }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: product, namespace: shop }
spec:
  parentRefs: [{ name: gateway, namespace: edge }]
  hostnames: [shop.example.com]
  rules: [{ backendRefs: [{ name: product, port: 8080 }] }]
`;
const TOKENS = `---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: users, namespace: edge }
spec: { jwtRules: [{ issuer: 'https://id.example.com', jwksUri: 'https://id.example.com/keys' }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: users, namespace: edge }
spec: { rules: [{ from: [{ source: { requestPrincipals: ['*'] } }] }] }
`;
// Its pods are those of Istio's own installation.
const UNSEEN = `---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: web, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec: { hosts: [shop.example.com], gateways: [web], http: [{ route: [{ destination: { host: product, port: { number: 8080 } } }] }] }
`;
const OPEN = SHOP.replace(/---\napiVersion: security[\s\S]*$/, '');
const STRICT = `---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
`;
const [, RULES] = /```yaml\n(rules:\n[^`]*onlyFrom[\s\S]*?)```/.exec(read('docs/command-line.md'))!;

const rule = (text: string): string => `rules:\n  - { to: product, ${text} }\n`;
const cli = folderWith({
  'closed/shop.yaml': SHOP,
  'open/shop.yaml': OPEN,
  'strict/shop.yaml': OPEN + STRICT,
  'edge/shop.yaml': OPEN + STRICT + GATEWAY,
  'tokens/shop.yaml': OPEN + STRICT + GATEWAY + TOKENS,
  'unseen/shop.yaml': OPEN + STRICT + UNSEEN,
  'page.yaml': RULES,
  'only.yaml': rule('onlyFrom: [cart]'),
  'nobody.yaml': rule('name: for nobody, onlyFrom: []'),
  'outside.yaml': rule('neverFrom: outside'),
  'never.yaml': rule("neverFrom: [cart, 'pod:shop']"),
  'token.yaml': rule('gateways: token-only'),
  'mtls.yaml': rule('connections: mtls-only'),
  'both.yaml': rule('onlyFrom: [cart], connections: mtls-only'),
  'host.yaml': 'rules:\n  - { to: elsewhere.example.com:443, connections: mtls-only }\n  - { to: product, onlyFrom: [cart] }\n',
});

describe('istio-constructs check, of all requests to a service', () => {
  it('holds the rules of its page', () => {
    expect(cli('check page.yaml -f closed')).toEqual({ code: 0, out: 'nothing found\n4 of 4 rules hold\n', err: '' });
  });

  it('names who else gets in, one of their requests, who decides, and what closes it', () => {
    expect(cli('check only.yaml -f closed')).toMatchObject({ code: 0 });
    expect(cli('check nobody.yaml -f closed')).toEqual({
      code: 1,
      out: [
        'nobody.yaml:2:5: error check: for nobody: shop/cart gets in: GET, any path, to 8080, as in GET /',
        '  decided by AuthorizationPolicy shop/product (closed/shop.yaml:24)',
        '  closed by fewer callers in AuthorizationPolicy shop/product',
        '1 error',
        '0 of 1 rules hold\n',
      ].join('\n'),
      err: '',
    });
    const { code, out } = cli('check only.yaml -f open');
    expect(code).toBe(1);
    expect(out).toMatch(/only from cart: shop\/product, pod:shop[^\n]* get in: any method, any path, to 8080, as in GET \/\n/);
    expect(out).toContain('  decided by nothing: no policy is in the way\n  closed by an AuthorizationPolicy in namespace shop');
  });

  it('names who gets in and never should', () => {
    const { code, out } = cli('check never.yaml -f closed');
    expect(code).toBe(1);
    expect(out).toMatch(/^never.yaml:2:5: error check: to product never from cart, pod:shop: shop\/cart gets in: GET, /);
  });

  it('knows the ways from outside the cluster', () => {
    expect(cli('check outside.yaml -f open')).toMatchObject({ code: 0 });
    const { code, out } = cli('check outside.yaml -f edge');
    expect(code).toBe(1);
    expect(out).toContain('edge/gateway gets in at shop.example.com:80: any method, any path, to 80, as in GET /\n');
    expect(out).toContain('  closed by no route for shop.example.com:80 there, or an AuthorizationPolicy at Gateway edge/gateway\n');
  });

  it('asks at gateways for a token', () => {
    expect(cli('check token.yaml -f tokens')).toMatchObject({ code: 0, out: 'nothing found\n1 of 1 rules hold\n' });
    const { code, out } = cli('check token.yaml -f edge');
    expect(code).toBe(1);
    expect(out).toContain('edge/gateway gets in without a token at shop.example.com:80: any method, any path, to 80, as in GET /\n');
    expect(out).toContain(
      '  closed by a RequestAuthentication, and an AuthorizationPolicy that asks for requestPrincipals, at Gateway edge/gateway\n',
    );
  });

  it('cannot tell of a gateway whose pods nobody sees, and says so', () => {
    for (const file of ['outside.yaml', 'token.yaml']) {
      const { code, out } = cli(`check ${file} -f unseen`);
      expect(code).toBe(2);
      expect(out).toMatch(/nobody can tell whether shop\/web gets in[^\n]*, for no manifest has the pods of Gateway shop\/web/);
    }
  });

  it('tells of connections without mutual TLS', () => {
    expect(cli('check mtls.yaml -f strict')).toMatchObject({ code: 0 });
    const { code, out } = cli('check mtls.yaml -f open');
    expect(code).toBe(1);
    expect(out).toContain('anybody outside the mesh gets in without mutual TLS: any method, any path, to 8080, as in GET /\n');
    expect(out).toContain('  closed by mutual TLS that is STRICT, by a PeerAuthentication of namespace shop\n');
  });

  it('takes several of these words in one rule', () => {
    const { out } = cli('check both.yaml -f open');
    expect(out).toMatch(/to product only from cart, connections mtls-only: shop\/product, /);
    expect(out).toMatch(/to product only from cart, connections mtls-only: anybody outside the mesh gets in without mutual TLS/);
  });

  it('judges the other rules where one is asked of what is no Service', () => {
    const { code, out } = cli('check host.yaml -f closed');
    expect(code).toBe(2);
    expect(out).toMatch(/^host.yaml:2:5: error check: to elsewhere.example.com:443 connections mtls-only: it is asked of a Service or a/);
    expect(out).toMatch(/\n1 of 2 rules hold\n$/);
  });

  it('writes JUnit, JSON, Markdown and annotations', () => {
    const asked = (format: string) => cli(`check nobody.yaml -f closed --format ${format}`).out;
    expect(asked('junit')).toContain(
      '<testcase classname="nobody.yaml" name="for nobody">\n      <failure message="for nobody: shop/cart gets in: GET, any path',
    );
    expect(JSON.parse(asked('json'))).toMatchObject({
      rules: [
        {
          wrong: ['shop/cart gets in: GET, any path, to 8080, as in GET /'],
          counterexamples: [
            { callers: ['shop/cart'], callee: 'product', example: 'GET /', decidedBy: [{ file: 'closed/shop.yaml', line: 24 }] },
          ],
        },
      ],
    });
    expect(asked('markdown')).toMatch(
      /\| error \| check \| nobody.yaml:2:5 \| for nobody: shop\/cart gets in: GET, .*closed by fewer callers/,
    );
    expect(asked('github')).toMatch(/^::error file=nobody.yaml,line=2,col=5,title=check::for nobody: shop\/cart gets in/);
  });
});
