import { Chart } from 'cdk8s';
import { HttpAccess, MeshPort, ZeroTrustNamespace } from 'istio-constructs';
import { grant, manifests, names, principal, rule, service, shop, type Shop, spec } from '../builders';
import { forEachEnforcer, forEachPlane } from '../for-each-plane';

const GET = { http: [HttpAccess.get('/products/*')] };

describe('a call', () => {
  forEachEnforcer((plane) => {
    function rendered(declare: (one: Shop) => void): object {
      const one = shop(plane);
      declare(one);
      return manifests(one.chart);
    }

    it('is the same from either end', () => {
      const fromCaller = rendered(({ cart, product }) => cart.calls(product));
      const fromCallee = rendered(({ cart, product }) => product.access.allow(cart));
      expect(fromCallee).toEqual(fromCaller);
      expect(rendered(({ cart, product }) => [cart.calls(product), product.access.allow(cart)])).toEqual(fromCaller);
    });

    it('crosses namespaces, and names the caller by its own', () => {
      const { chart, cart, payment } = shop(plane);
      cart.calls(payment);
      expect(grant(chart, 'payment', 'payments').rules).toEqual([rule(principal('shop', 'cart'), { ports: ['8080'] })]);
      expect(JSON.stringify(spec(chart, 'NetworkPolicy', 'cart', 'shop').egress)).toContain('payments');
    });

    it('crosses charts of one App, each with its own end', () => {
      const { chart, cart } = shop(plane);
      const other = new Chart(chart.node.root, 'search');
      const search = service(new ZeroTrustNamespace(other, 'search', { dataPlane: plane.dataPlane }), 'search');
      cart.calls(search);
      expect(grant(other, 'search', 'search').rules).toHaveLength(1);
      expect(names(other, 'NetworkPolicy')).toContain('search/search');
      expect(names(chart, 'NetworkPolicy')).toContain('shop/cart');
    });

    it('opens nothing in the other direction', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product);
      expect(names(chart, 'AuthorizationPolicy').filter((name) => name.startsWith('shop/cart'))).toEqual([]);
      expect(spec(chart, 'NetworkPolicy', 'cart').policyTypes).toEqual(['Egress']);
      expect(spec(chart, 'NetworkPolicy', 'product').policyTypes).toEqual(['Ingress']);
    });

    it('means all ports of the callee, unless one is named', () => {
      const ports = [MeshPort.http(80, { targetPort: 8080 }), MeshPort.tcp(9000)];
      const all = shop(plane, { ports });
      all.product.calls(all.cart);
      const one = shop(plane, { ports });
      one.product.calls(one.cart, { port: 9000 });

      const http = plane.of({ sidecar: '8080', ztunnel: '8080', waypoint: '80' });
      const rulesOf = ({ chart }: Shop) => grant(chart, 'cart', 'shop').rules;
      expect(rulesOf(all)).toEqual([rule(principal('shop', 'product'), { ports: [http, '9000'] })]);
      expect(rulesOf(one)).toEqual([rule(principal('shop', 'product'), { ports: ['9000'] })]);
    });

    it('adds up with the other calls of a callee, sorted, each once', () => {
      const { chart, cart, product, payment } = shop(plane);
      payment.calls(cart);
      product.calls(cart);
      payment.calls(cart);
      expect(grant(chart, 'cart', 'shop').rules).toEqual([
        rule(principal('payments', 'payment'), { ports: ['8080'] }),
        rule(principal('shop', 'product'), { ports: ['8080'] }),
      ]);
    });

    it('may be one of a service to itself', () => {
      const { chart, cart } = shop(plane);
      cart.calls(cart);
      expect(grant(chart, 'cart', 'shop').rules).toEqual([rule(principal('shop', 'cart'), { ports: ['8080'] })]);
      expect(spec(chart, 'NetworkPolicy', 'cart', 'shop').policyTypes).toEqual(['Ingress', 'Egress']);
    });

    it('fails the synth when the callee has no such port', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { port: 9999 });
      expect(() => chart.toJson()).toThrow(/MESH203[\s\S]*calls\.test\.ts/);
    });
  });

  forEachPlane((plane) => {
    it('is limited to requests where somebody reads HTTP, which brings the waypoint in ambient mode', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, GET);
      const target = plane.of<object>({
        sidecar: { selector: { matchLabels: { app: 'product' } } },
        ambient: { targetRefs: [{ group: '', kind: 'Service', name: 'product' }] },
      });
      expect(grant(chart, 'product')).toEqual({
        ...target,
        action: 'ALLOW',
        rules: [rule(principal('shop', 'cart'), { methods: ['GET'], paths: ['/products/*'], ports: ['8080'] })],
      });
      expect(names(chart, 'Gateway')).toEqual(plane.of({ sidecar: [], ambient: ['shop/waypoint'] }));
    });

    it('brings no waypoint while it is about whole ports', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product);
      expect(names(chart, 'Gateway')).toEqual([]);
      expect(grant(chart, 'product')).toMatchObject({ selector: { matchLabels: { app: 'product' } } });
    });

    it('brings a waypoint to the callee’s namespace, never to the caller’s', () => {
      const { chart, cart, payment } = shop(plane);
      cart.calls(payment, GET);
      expect(names(chart, 'Gateway')).toEqual(plane.of({ sidecar: [], ambient: ['payments/waypoint'] }));
    });

    it('by request means the ports that speak HTTP, and no other', () => {
      const { chart, cart, product } = shop(plane, { ports: [MeshPort.http(80), MeshPort.grpc(90), MeshPort.tcp(9000)] });
      product.calls(cart, GET);
      const operation = { methods: ['GET'], paths: ['/products/*'], ports: ['80', '90'] };
      expect(grant(chart, 'cart').rules).toEqual([rule(principal('shop', 'product'), operation)]);
    });

    it('by request to a port that does not speak HTTP fails the synth', () => {
      const { chart, cart, product } = shop(plane, { ports: [MeshPort.tcp(9000)] });
      product.calls(cart, { ...GET, port: 9000 });
      expect(() => chart.toJson()).toThrow('MESH202');
    });

    it('that was enforced by ztunnel moves to the waypoint with the first need for HTTP', () => {
      const { chart, shop: namespace, cart, product } = shop(plane);
      const search = service(namespace, 'search');
      search.calls(product);
      cart.calls(product, GET);
      expect(grant(chart, 'product').rules).toEqual([
        rule(principal('shop', 'cart'), { methods: ['GET'], paths: ['/products/*'], ports: ['8080'] }),
        rule(principal('shop', 'search'), { ports: ['8080'] }),
      ]);
      expect(names(chart, 'AuthorizationPolicy').filter((name) => name.startsWith('shop/product'))).toEqual(
        plane.of({ sidecar: ['shop/product'], ambient: ['shop/product', 'shop/product-waypoint'] }),
      );
    });
  });
});
