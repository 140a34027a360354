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
  const policy = (operation: string) =>
    `---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: p, namespace: shop }\nspec: { rules: [{ to: [{ operation: { ${operation} } }] }] }\n`;
  const MAGIC = policy('hosts: [magic.com]');

  it.each([
    ['pod:shop', ':authority'],
    ['edge/gw', 'Host'],
  ])('is no header of a question of %s by the name %s', (caller, name) => {
    const ask = () => Verdicts.ofYaml(MESH).ask({ caller, callee: 'cart.example.com:80', headers: { [name]: 'a.example.com' } });
    expect(ask).toThrow(new RegExp(`MESH886 .*\\n {2}got: ${name}: a.example.com`));
  });

  it.each(['plain:shop', 'pod:shop'])('may be another than the one that is called, for %s', (caller) => {
    const mesh = Verdicts.ofYaml(MESH + MAGIC);
    expect(mesh.ask({ caller, callee: 'cart' }).allowed).toBe(false);
    expect(mesh.ask({ caller, callee: 'cart', headers: { Host: 'Magic.com' } }).allowed).toBe(true);
    expect(mesh.assumptions).toEqual([]);
  });

  it.each(['plain:shop', 'pod:shop'])('divides requests where a policy looks at it, for %s', (caller) => {
    const { allowed, refused, leftOut } = Verdicts.ofYaml(MESH + MAGIC).reach({ caller, callee: 'cart' });
    expect(allowed.map(({ text, example }) => [text, example])).toEqual([
      ['any method, any path, to 8080; host: magic.com', 'GET / for magic.com'],
    ]);
    expect(refused.map(({ text, example }) => [text, example])).toEqual([
      ['any method, any path, to 8080; host: any but magic.com', 'GET /'],
    ]);
    expect(leftOut).toEqual([]);
  });

  it('is not told of where nobody looks at it', () => {
    const text = Verdicts.ofYaml(MESH)
      .reach({ caller: 'pod:shop', callee: 'cart' })
      .allowed.map((one) => one.text);
    expect(text).toEqual(['any method, any path, to 8080']);
  });

  it('is divided by patterns, and by what is denied', () => {
    const mesh = Verdicts.ofYaml(MESH + policy('notHosts: ["*.example.com", api*], methods: [GET]'));
    const { allowed } = mesh.reach({ caller: 'plain:shop', callee: 'cart' });
    expect(allowed.map(({ text }) => text)).toEqual(['GET, any path, to 8080; host: any but *.example.com or api*']);
  });

  it('leads to another Service by a sidecar, and nowhere else without one', () => {
    const other = `---\napiVersion: v1\nkind: Service\nmetadata: { name: other, namespace: shop }\nspec: { selector: { app: other }, ports: [{ name: http, port: 8080 }] }\n`;
    const mesh = Verdicts.ofYaml(MESH + other + policy('hosts: [other, other.shop.svc.cluster.local]'));
    const ask = (caller: string, host: string) => mesh.ask({ caller, callee: 'cart', headers: { host } });
    for (const host of ['other', 'other.shop.svc.cluster.local']) {
      expect(ask('plain:shop', host)).toMatchObject({ allowed: true });
      expect(ask('pod:shop', host)).toMatchObject({ allowed: false, layer: 'routing', decidedBy: { kind: 'Service', name: 'other' } });
    }
    expect(ask('pod:edge', 'other')).toMatchObject({ allowed: true });
  });

  it('keeps the identity of the caller in every form of the name that is called, and in no other', () => {
    const from = policy('hosts: ["cart*", magic.com]').replace('to:', 'from: [{ source: { principals: ["*"] } }], to:');
    const mesh = Verdicts.ofYaml(MESH + from);
    const allowed = (host: string) => mesh.ask({ caller: 'pod:shop', callee: 'cart', headers: { host } }).allowed;
    expect(['cart', 'cart.shop', 'cart.shop.svc:8080', 'cart.shop.svc.cluster.local.'].map(allowed)).toEqual([true, true, true, true]);
    expect(['magic.com', 'cart.other', 'cart.shop.'].map(allowed)).toEqual([false, false, false]);
    const texts = mesh.reach({ caller: 'pod:shop', callee: 'cart' }).allowed.map(({ others }) => others);
    expect(texts).toEqual([['host: cart.shop in any form or cart without a namespace']]);
  });

  it('is what a VirtualService asks for as authority, at a waypoint as at a sidecar', () => {
    const route = `---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: v, namespace: shop }\nspec: { hosts: [cart], http: [{ match: [{ authority: { exact: cart } }], fault: { abort: { httpStatus: 503, percentage: { value: 100 } } }, route: [{ destination: { host: cart } }] }, { route: [{ destination: { host: cart } }] }] }\n`;
    const { refused } = Verdicts.ofYaml(MESH + route).reach({ caller: 'pod:shop', callee: 'cart' });
    expect(refused.map(({ others }) => others)).toEqual([['host: cart']]);
  });

  it('is left out on ways by gateways in the mesh', () => {
    const service = `---\napiVersion: v1\nkind: Service\nmetadata: { name: gw, namespace: edge }\nspec: { selector: { istio: gw }, ports: [{ port: 80 }] }\n`;
    const closed = CLOSED.slice(MESH.length).replace('spec: {', 'spec: { rules: [{ to: [{ operation: { hosts: [a.com] } }] }],');
    expect(Verdicts.ofYaml(MESH + service + closed).reach({ caller: 'plain:shop', callee: 'edge/gw:80' }).leftOut).toEqual([
      'other hosts that clients write',
    ]);
  });
});
