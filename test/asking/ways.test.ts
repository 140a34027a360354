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
