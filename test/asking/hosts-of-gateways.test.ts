import { Verdicts } from 'istio-constructs';
import { CART, namespace, SIDECAR } from '../verdict/fixtures';

const MESH = `${namespace('shop', SIDECAR)}${namespace('edge', SIDECAR)}${CART}
apiVersion: apps/v1
kind: Deployment
metadata: { name: gw, namespace: edge }
spec: { selector: { matchLabels: { istio: gw } }, template: { metadata: { labels: { istio: gw, sidecar.istio.io/inject: 'true' }, annotations: { inject.istio.io/templates: gateway } }, spec: { containers: [{ name: istio-proxy, image: auto }] } } }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gw, namespace: edge }
spec: { selector: { istio: gw }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [cart.example.com] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: edge }
spec: { hosts: [cart.example.com], gateways: [gw], http: [{ route: [{ destination: { host: cart.shop.svc.cluster.local, port: { number: 8080 } } }] }] }
`;
const CLOSED = `${MESH}---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: closed, namespace: edge }
spec: { selector: { matchLabels: { istio: gw } } }
`;

describe('a host of a gateway', () => {
  it.each(['outside', 'pod:shop', 'plain:shop'])('leads back into the mesh by an address that nobody knows here, for %s', (caller) => {
    const { allowed, unknown } = Verdicts.ofYaml(CLOSED).ask({ caller, callee: 'cart.example.com:80' });
    expect({ allowed, unknown }).toEqual({
      allowed: false,
      unknown: 'cart.example.com is a host of Gateway edge/gw: ask about edge/gw as the caller, for who comes in there',
    });
    expect(Verdicts.ofYaml(CLOSED).ask({ caller, callee: 'other.example.com:80' }).allowed).toBe(true);
  });

  it('is one of the internet where the gateway is for what leaves the mesh', () => {
    const service = `---\napiVersion: v1\nkind: Service\nmetadata: { name: gw, namespace: edge }\nspec: { selector: { istio: gw }, ports: [{ port: 80 }] }\n`;
    const answer = (text: string) => Verdicts.ofYaml(text).ask({ caller: 'plain:shop', callee: 'cart.example.com:80' });
    expect(answer(MESH + service)).toMatchObject({ allowed: true });
    expect(answer(MESH + service.replace('ports:', 'type: LoadBalancer, ports:'))).toMatchObject({ allowed: false });
  });

  it('is asked about with the gateway as the caller, though a workload has its name', () => {
    const question = { caller: 'edge/gw', callee: 'cart.example.com:80' };
    expect(Verdicts.ofYaml(MESH).ask(question)).toMatchObject({
      allowed: true,
      split: [{ workload: 'shop/cart-v1' }, { workload: 'shop/cart-v2' }],
    });
    expect(Verdicts.ofYaml(CLOSED).ask(question)).toMatchObject({ allowed: false, decidedBy: { name: 'closed' } });
    expect(Verdicts.ofYaml(MESH).reach(question).allowed).toHaveLength(1);
  });
});

describe('the host of a request', () => {
  it('is no header of a question', () => {
    const ask = () => Verdicts.ofYaml(MESH).ask({ caller: 'pod:shop', callee: 'cart', headers: { Host: 'a.example.com' } });
    expect(ask).toThrow(/MESH886 .*\n {2}got: Host: a.example.com/);
  });

  it('may be another than the one that is called, which is left out where a policy looks at it', () => {
    const policy = `---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: p, namespace: shop }\nspec: { rules: [{ to: [{ operation: { hosts: [magic.com] } }] }] }\n`;
    expect(Verdicts.ofYaml(MESH + policy).reach({ caller: 'pod:shop', callee: 'cart' }).leftOut).toEqual([
      'other hosts that clients write',
    ]);
    expect(Verdicts.ofYaml(MESH).reach({ caller: 'pod:shop', callee: 'cart' }).leftOut).toEqual([]);
    expect(Verdicts.ofYaml(MESH + policy).assumptions).toContain(
      'AuthorizationPolicy shop/p looks at hosts, and callers are taken to name the one that they call: who writes another may fare otherwise',
    );
    expect(Verdicts.ofYaml(MESH).assumptions).toEqual([]);
  });
});
