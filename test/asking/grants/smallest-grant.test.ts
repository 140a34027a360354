import { parse, parseAllDocuments } from 'yaml';
import { HttpAccess, type MeshQuestion, Verdicts } from 'istio-constructs';
import { shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { CART, deployment, namespace, policy, SIDECAR, STRICT } from '../../verdict/fixtures';

const MESH = namespace('shop', SIDECAR) + deployment('web', 'web', 'v1') + CART + STRICT;
const CLOSED = MESH + policy('deny-all', '');
const QUESTION: MeshQuestion = { caller: 'web', callee: 'cart', method: 'POST', path: '/items/1?a=b' };

const yamlOf = (text: string, question = QUESTION) => Verdicts.ofYaml(text).smallestGrant(question)?.yaml;

describe('the smallest grant', () => {
  it('names caller, method, path and port, and opens nothing else', () => {
    const { yaml, code } = Verdicts.ofYaml(CLOSED).smallestGrant(QUESTION)!;
    expect(yaml).toBe(
      [
        ...[
          'apiVersion: security.istio.io/v1',
          'kind: AuthorizationPolicy',
          'metadata:',
          '  name: cart-from-web',
          '  namespace: shop',
          'spec:',
        ],
        ...['  selector:', '    matchLabels:', '      app: cart', '  action: ALLOW', '  rules:', '    - from:', '        - source:'],
        ...['            principals:', '              - cluster.local/ns/shop/sa/web', '      to:', '        - operation:'],
        ...['            methods:', '              - POST', '            paths:', '              - /items/1', '            ports:'],
        ...['              - "8080"', ''],
      ].join('\n'),
    );
    expect(code).toBe("web.calls(cart, { http: [HttpAccess.of({ methods: ['POST'], paths: ['/items/1'] })] });");
    const after = Verdicts.ofYaml(`${CLOSED}\n${yaml}`);
    expect(after.ask(QUESTION).allowed).toBe(true);
    expect(after.ask({ ...QUESTION, path: '/items/2' }).allowed).toBe(false);
    expect(after.ask({ ...QUESTION, method: 'GET' }).allowed).toBe(false);
    expect(after.ask({ ...QUESTION, caller: 'pod:shop' }).allowed).toBe(false);
  });

  it('opens the network layer at both ends', () => {
    const lock = (app: string, type: string) =>
      `\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${app}, namespace: shop}\nspec: {podSelector: {matchLabels: {app: ${app}}}, policyTypes: [${type}]}\n---`;
    const text = CLOSED + lock('web', 'Egress') + lock('cart', 'Ingress');
    const yaml = yamlOf(text)!;
    expect(yaml.match(/^kind: .*/gm)?.sort()).toEqual(['kind: AuthorizationPolicy', 'kind: NetworkPolicy', 'kind: NetworkPolicy']);
    expect(Verdicts.ofYaml(`${text}\n${yaml}`).ask(QUESTION).allowed).toBe(true);
  });

  it.each<[string, string, MeshQuestion]>([
    ['a refusal stands', MESH + policy('no', 'action: DENY, rules: [{}]'), QUESTION],
    ['nobody proves who he is', CLOSED, { ...QUESTION, caller: 'pod:elsewhere' }],
    ['it is let in already', MESH, QUESTION],
  ])('is none where %s', (_, text, question) => {
    expect(Verdicts.ofYaml(text).smallestGrant(question)).toBeUndefined();
  });

  it('shows a Sidecar that hides the host as it has to become, and leaves the rest of it', () => {
    const scope = (hosts: string) =>
      `\napiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: {name: web, namespace: shop}\nspec: {workloadSelector: {labels: {app: web}}, egress: [{hosts: [${hosts}]}], outboundTrafficPolicy: {mode: REGISTRY_ONLY}}\n---`;
    const yaml = yamlOf(MESH + scope('istio-system/*'))!;
    const named = 'istio-system/*, shop/cart.shop.svc.cluster.local';
    expect(parseAllDocuments(yaml).map((document) => document.toJS())).toEqual([parse(scope(named).slice(0, -3))]);
    expect(Verdicts.ofYaml(MESH + scope(named)).ask(QUESTION).allowed).toBe(true);
  });

  it('takes no name that an object has already', () => {
    const text = CLOSED + policy('cart-from-web', "selector: {matchLabels: {app: cart}}, rules: [{to: [{operation: {paths: ['/a']}}]}]");
    expect(yamlOf(text)).toContain('name: cart-from-web-2\n');
  });

  it('names no requests where the proxy that decides knows ports alone', () => {
    const text = CLOSED.replace('istio-injection: enabled', 'istio.io/dataplane-mode: ambient');
    const { yaml, code } = Verdicts.ofYaml(text).smallestGrant(QUESTION)!;
    expect(yaml).not.toContain('methods');
    expect(code).toBe('web.calls(cart);');
  });

  it('calls things as a program would', () => {
    const grant = (question: Partial<MeshQuestion>) => Verdicts.ofYaml(CLOSED).smallestGrant({ ...QUESTION, ...question })?.code;
    expect(grant({ caller: 'pod:shop/night-job' })).toMatch(/^cart.access.allow\(ServiceIdentity.of\('shop', 'night-job'\), \{ http: /);
  });

  forEachPlane((plane) => {
    it('opens what constructs have closed, at every proxy on the way', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { http: [HttpAccess.get('/products/*')] });
      const verdicts = Verdicts.of(chart);
      const question = { caller: 'payment', callee: 'product', path: '/products/1' };
      expect(verdicts.ask(question).allowed).toBe(false);
      const { code, yaml } = verdicts.smallestGrant(question)!;
      expect(code).toBe("payment.calls(product, { http: [HttpAccess.of({ methods: ['GET'], paths: ['/products/1'] })] });");
      const names = parseAllDocuments(yaml).map((document) => (document.toJS() as { metadata: { name: string } }).metadata.name);
      expect(names).toEqual(
        plane.of({
          sidecar: ['payment', 'payment-to-product', 'product-from-payment', 'product-from-payment'],
          ambient: ['payment-to-waypoint', 'waypoint-from-payment', 'product-from-payment'],
        }),
      );
    });
  });
});
