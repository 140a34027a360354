import { DataPlane, HttpAccess, MeshNamespace, Verdicts } from 'istio-constructs';
import { edgeGateway, newChart, service, shop } from '../builders';
import { forEachPlane } from '../for-each-plane';

const ends = (ways: ReturnType<Verdicts['waysTo']>) => ways.map(({ caller, callee }) => `${caller} > ${callee}`);

describe('ways', () => {
  forEachPlane((plane) => {
    it('to a service are from who may call it, each with its requests', () => {
      const { chart, cart, product, payment } = shop(plane);
      cart.calls(product, { http: [HttpAccess.get('/items/*')] });
      payment.calls(product);
      const ways = Verdicts.of(chart).waysTo('product');
      expect(ends(ways)).toEqual(['payments/payment-v1 > product', 'shop/cart-v1 > product']);
      expect(ways.map(({ allowed }) => allowed.map(({ text }) => text))).toEqual([
        ['any method, any path, to 8080'],
        ['GET, /items/*, to 8080'],
      ]);
    });

    it('to a service leave out the callers that are named', () => {
      const { chart, cart, product, payment } = shop(plane);
      cart.calls(product);
      payment.calls(product);
      const mesh = Verdicts.of(chart);
      expect(ends(mesh.waysTo('product', 'cart'))).toEqual(['payments/payment-v1 > product']);
      expect(mesh.waysTo('product', 'cart', 'payments/payment')).toEqual([]);
      expect(() => mesh.waysTo('product', 'basket')).toThrow('MESH895');
    });

    it('from a caller are to what it may call', () => {
      const { chart, cart, product, payment } = shop(plane);
      cart.calls(product);
      cart.calls(payment, { http: [HttpAccess.get('/items')] });
      expect(ends(Verdicts.of(chart).waysFrom('cart'))).toEqual(['cart > payments/payment', 'cart > shop/product']);
      expect(Verdicts.of(chart).waysFrom('product')).toEqual([]);
    });

    it('to a service are also from gateways that expose it, and from anybody where it is open', () => {
      const chart = newChart();
      const open = new MeshNamespace(chart, 'open', { dataPlane: plane.dataPlane });
      const wiki = service(open, 'wiki');
      edgeGateway(chart, plane.dataPlane).expose(wiki, { host: 'wiki.example.com', port: 8080 });
      const other = service(open, 'other');
      const mesh = Verdicts.of(chart);
      expect(ends(mesh.waysTo('wiki'))).toEqual(['edge/gateway > wiki', expect.stringMatching(/^edge\/gateway > wiki\.example\.com:\d+$/)]);
      expect(ends(mesh.waysTo(`open/${other.serviceName}`))).toContain('pod:open > open/other');
    });
  });

  it('are also from whom a policy names, though nobody has the name yet', () => {
    const text = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Namespace
metadata: { name: ops, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Namespace
metadata: { name: web, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { template: { metadata: { labels: { app: cart } } } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec: { rules: [{ from: [{ source: { principals: [cluster.local/ns/web/sa/batch] } }, { source: { namespaces: [ops] } }] }] }
`;
    expect(ends(Verdicts.ofYaml(text).waysTo('cart'))).toEqual(['pod:ops > cart', 'pod:web/batch > cart']);
  });

  it('are told of names that are there', () => {
    const chart = newChart();
    new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.ambient() });
    expect(() => Verdicts.of(chart).waysTo('cart')).toThrow('MESH895');
    expect(() => Verdicts.of(chart).waysFrom('cart')).toThrow('MESH895');
  });
});

const THROUGH_GATEWAY = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { metadata: { labels: { app: web } }, spec: { serviceAccountName: web } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { template: { metadata: { labels: { app: cart } }, spec: { serviceAccountName: cart } } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ingress, namespace: edge }
spec:
  template:
    metadata: { labels: { app: ingress, sidecar.istio.io/inject: 'true' }, annotations: { inject.istio.io/templates: gateway } }
    spec: { serviceAccountName: ingress }
---
apiVersion: v1
kind: Service
metadata: { name: ingress, namespace: edge }
spec: { selector: { app: ingress }, ports: [{ name: http, port: 80 }] }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: edge }
spec: { selector: { app: ingress }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: in, namespace: shop }
spec:
  hosts: ['*']
  gateways: [edge/public]
  http: [{ match: [{ uri: { prefix: /items } }], route: [{ destination: { host: cart } }] }]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  rules: [{ from: [{ source: { principals: [cluster.local/ns/edge/sa/ingress] } }], to: [{ operation: { methods: [GET] } }] }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ingress, namespace: edge }
spec:
  podSelector: { matchLabels: { app: ingress } }
  ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: web } } }] }]
`;

describe('ways to the Service of a gateway', () => {
  const mesh = Verdicts.ofYaml(THROUGH_GATEWAY);

  it('are those on which requests arrive behind it', () => {
    const [web, ...others] = mesh.waysTo('edge/ingress').filter(({ caller }) => caller !== 'edge/public');
    expect([web.caller, ...web.allowed.map(({ text }) => text)]).toEqual(['shop/web', 'GET, /items*, to 80']);
    expect(others).toEqual([]);
  });

  it('are the same for everybody at once, and asked one by one', () => {
    const [shared] = mesh.ways().filter(({ callee, callers }) => callee === 'edge/ingress' && callers.includes('shop/web'));
    expect(shared.callers).toEqual(['shop/web']);
    const answers = ['shop/web', 'shop/cart', 'pod:shop', 'plain:shop'].map((caller) =>
      mesh.ask({ caller, callee: 'edge/ingress', path: '/items' }),
    );
    expect(answers.map(({ allowed }) => allowed)).toEqual([true, false, false, false]);
  });

  it('are opened and closed by the policies and routes of the gateway', () => {
    const closed = THROUGH_GATEWAY.replace("hosts: ['*']\n  gateways", 'hosts: [shop.example.com]\n  gateways');
    const changes = Verdicts.ofYaml(closed).changesSince(mesh);
    expect(changes.map(({ text }) => text)).toContain('closed: shop/web -> edge/ingress GET, /items*, to 80');
  });
});
