import { AMBIENT, CART, SIDECAR, cluster, get, namespace, pod, policy, service, toService } from '../fixtures';
import { decide } from '../../../lib/verdict/decide';
import type { Request } from '../../../lib/verdict/requests/request';

const SIDECARS = namespace('shop', SIDECAR) + CART;
const ZTUNNELS = namespace('shop', AMBIENT) + CART;
const rules = (action: string, ...list: string[]) => `selector: {matchLabels: {app: cart}}, action: ${action}, rules: [${list.join(', ')}]`;
const from = (source: string) => `from: [{source: {${source}}}]`;
const to = (operation: string) => `to: [{operation: {${operation}}}]`;

const inSidecar = (request: Partial<Request> = {}) => get({ from: pod('web', 'sidecar'), ...request });

function allows(spec: string, request: Partial<Request> = {}): boolean {
  return decide(cluster(SIDECARS, policy('p', spec)), inSidecar(request)).allowed;
}

describe('a rule', () => {
  it.each([
    ['a principal', from('principals: [cluster.local/ns/shop/sa/web]'), true],
    ['another principal', from('principals: [cluster.local/ns/shop/sa/other]'), false],
    ['one of two principals', from('principals: [cluster.local/ns/shop/sa/other, cluster.local/ns/shop/sa/web]'), true],
    ['a principal by prefix', from('principals: ["cluster.local/ns/shop/*"]'), true],
    ['a principal by suffix', from('principals: ["*/sa/web"]'), true],
    ['any principal', from('principals: ["*"]'), true],
    ['all principals but this', from('notPrincipals: [cluster.local/ns/shop/sa/web]'), false],
    ['a namespace', from('namespaces: [shop]'), true],
    ['all namespaces but this', from('notNamespaces: [shop]'), false],
    ['a service account of the own namespace', from('serviceAccounts: [web]'), true],
    ['a service account of another', from('serviceAccounts: [elsewhere/web]'), false],
    ['a trust domain', from('trustDomains: [cluster.local]'), true],
    ['an address block', from('ipBlocks: ["10.246.0.0/16"]'), true],
    ['another address block', from('ipBlocks: ["192.168.0.0/16"]'), false],
    ['two sources, one of which matches', 'from: [{source: {namespaces: [elsewhere]}}, {source: {namespaces: [shop]}}]', true],
    ['two questions about one source', from('namespaces: [shop], principals: ["*/sa/other"]'), false],
    ['a method', to('methods: [GET]'), true],
    ['all methods but this', to('notMethods: [GET]'), false],
    ['a path', to('paths: [/items/1]'), true],
    ['a path by prefix', to('paths: ["/items/*"]'), true],
    ['a path by suffix', to('paths: ["*/1"]'), true],
    ['all paths but this', to('notPaths: ["/items/*"]'), false],
    ['a path template', to('paths: ["/{*}/1"]'), true],
    ['a path template with fewer segments', to('paths: ["/{*}"]'), false],
    ['a path template over segments', to('paths: ["/{**}"]'), true],
    ['a host, in any case', to('hosts: [Cart.shop.svc.cluster.local]'), true],
    ['another host', to('hosts: ["*.example.com"]'), false],
    ["the pod's port", to('ports: ["8080"]'), true],
    ['another port', to('ports: ["80"]'), false],
    ['a header', 'when: [{key: "request.headers[x-team]", values: [web]}]', true],
    ['a header with another value', 'when: [{key: "request.headers[x-team]", notValues: [web]}]', false],
    ['a principal as a condition', 'when: [{key: source.principal, values: ["*/sa/web"]}]', true],
    ['another principal as a condition', 'when: [{key: source.principal, values: ["*/sa/other"]}]', false],
    ['a port as a condition', 'when: [{key: destination.port, values: ["8080"]}]', true],
    [
      'two conditions, one of which fails',
      'when: [{key: source.namespace, values: [shop]}, {key: destination.port, values: ["80"]}]',
      false,
    ],
    ['nothing at all', '', true],
  ])('that asks for %s', (_, rule, expected) => {
    expect(allows(rules('ALLOW', `{${rule}}`), { headers: { 'x-team': 'web' } })).toBe(expected);
  });

  it('looks at the path without its query', () => {
    expect(allows(rules('ALLOW', `{${to('paths: [/items/1]')}}`), { path: '/items/1?x=2' })).toBe(true);
  });

  it('asks for HTTP on a port of bytes: a grant then never matches, a denial loses that part', () => {
    const bytes = [SIDECARS, service('ledger', 'app: cart', { port: '{name: tcp, port: 9000}' })];
    const request = inSidecar({ to: toService('ledger', 9000) });
    const decideWith = (spec: string) => decide(cluster(...bytes, policy('p', spec)), request).allowed;
    expect(decideWith(rules('ALLOW', `{${to('methods: [GET]')}}`))).toBe(false);
    expect(decideWith(rules('DENY', `{${to('methods: [POST]')}}`))).toBe(false);
    expect(decideWith(rules('ALLOW', `{${to('ports: ["9000"]')}}`))).toBe(true);
  });
});

describe('a rule of a policy by selector, read by ztunnel', () => {
  const inZtunnel = (spec: string, request: Partial<Request> = {}) => decide(cluster(ZTUNNELS, policy('p', spec)), get(request)).allowed;

  it.each([
    ['methods', `{${to('methods: [GET]')}}`],
    ['paths beside ports', `{${to('paths: ["/items/*"], ports: ["8080"]')}}`],
    ['a token', `{${from('requestPrincipals: ["*"]')}}`],
    ['a header', '{when: [{key: "request.headers[x-team]", values: ["*"]}]}'],
  ])('grants nothing to anybody where it asks for %s', (_, rule) => {
    expect(inZtunnel(rules('ALLOW', rule))).toBe(false);
    expect(inZtunnel(rules('ALLOW', rule), { from: pod('web', 'none') })).toBe(false);
  });

  it.each([
    ['paths alone', `{${to('paths: ["/items/*"]')}}`],
    ['a source and paths', `{${from('namespaces: [shop]')}, ${to('paths: ["/items/*"]')}}`],
    ['a header', '{when: [{key: "request.headers[x-team]", values: ["*"]}]}'],
  ])('denies nothing where it asks for %s', (_, rule) => {
    expect(inZtunnel(rules('DENY', rule), { headers: { 'x-team': 'web' } })).toBe(true);
  });

  it('denies every request to a port that stands beside HTTP', () => {
    const rule = `{${to('paths: [/admin], ports: ["8080"]')}}`;
    expect(inZtunnel(rules('DENY', rule), { path: '/items/1' })).toBe(false);
  });

  it('denies by what a connection shows', () => {
    expect(inZtunnel(rules('DENY', `{${from('namespaces: [shop]')}}`))).toBe(false);
    expect(inZtunnel(rules('DENY', `{${from('namespaces: [elsewhere]')}}`))).toBe(true);
  });

  it('grants by what a connection shows', () => {
    const rule = `{${from('principals: [cluster.local/ns/shop/sa/web]')}, ${to('ports: ["8080"]')}}`;
    expect(inZtunnel(rules('ALLOW', rule))).toBe(true);
    expect(inZtunnel(rules('ALLOW', rule), { from: pod('other', 'ztunnel') })).toBe(false);
  });

  it('needs every question of a clause, and one value of each', () => {
    const both = (account: string) => `{${from(`namespaces: [elsewhere, shop], principals: ["*/sa/other", "*/sa/${account}"]`)}}`;
    expect(inZtunnel(rules('ALLOW', both('web')))).toBe(true);
    expect(inZtunnel(rules('ALLOW', both('admin')))).toBe(false);
  });

  it('needs one clause of each part', () => {
    const either = 'from: [{source: {namespaces: [elsewhere]}}, {source: {namespaces: [shop]}}]';
    expect(inZtunnel(rules('ALLOW', `{${either}, ${to('ports: ["8080"]')}}`))).toBe(true);
    expect(inZtunnel(rules('ALLOW', `{${either}, ${to('ports: ["80"]')}}`))).toBe(false);
  });

  it('grants everything by an empty rule, and nothing by an empty clause', () => {
    expect(inZtunnel(rules('ALLOW', '{}'))).toBe(true);
    expect(inZtunnel(rules('ALLOW', '{to: [{operation: {}}]}'))).toBe(false);
  });

  it('passes over a trust domain beside what it can read', () => {
    expect(inZtunnel(rules('ALLOW', `{${from('namespaces: [shop], trustDomains: [elsewhere]')}}`))).toBe(true);
    expect(inZtunnel(rules('ALLOW', `{${from('trustDomains: [cluster.local]')}}`))).toBe(false);
  });

  it('asks nobody else for CUSTOM and AUDIT', () => {
    expect(inZtunnel(`action: AUDIT, rules: [{}]`)).toBe(true);
    expect(inZtunnel(`action: CUSTOM, provider: {name: opa}, rules: [{}]`)).toBe(true);
  });
});
