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
        ...['apiVersion: security.istio.io/v1', 'kind: AuthorizationPolicy', 'metadata:', '  name: grant-1', '  namespace: shop', 'spec:'],
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
      const code = verdicts.smallestGrant(question)?.code;
      expect(code).toBe(
        plane.of({
          sidecar: undefined,
          ambient: "payment.calls(product, { http: [HttpAccess.of({ methods: ['GET'], paths: ['/products/1'] })] });",
        }),
      );
    });
  });
});
