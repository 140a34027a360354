import { HttpAccess, Verdicts } from 'istio-constructs';
import { canary, shop } from '../builders';
import { forEachPlane } from '../for-each-plane';

describe('Verdicts.reach', () => {
  forEachPlane((plane) => {
    it('is what grants say, in words, with the object that decides', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { http: [HttpAccess.get('/items/*'), HttpAccess.of({ methods: ['POST'], paths: ['/orders'] })] });
      product.access.denyAnyone({ http: [HttpAccess.anyMethod('/items/admin')] });
      const { allowed, refused, leftOut } = Verdicts.of(chart).reach({ caller: 'cart', callee: 'product' });
      expect(allowed.map(({ text }) => text)).toEqual([
        'POST, /orders, to 8080',
        expect.stringMatching(/^GET, \/items\/\* but .*\/items\/admin.*, to 8080$/),
      ]);
      expect(allowed.map(({ decidedBy }) => decidedBy?.kind)).toEqual(['AuthorizationPolicy', 'AuthorizationPolicy']);
      expect(refused.some(({ example }) => example === 'GET /items/admin')).toBe(true);
      expect(leftOut).toEqual([]);
    });

    it('is nothing for who may not call, and everything for who may', () => {
      const { chart, cart, product, payment } = shop(plane);
      cart.calls(product);
      const mesh = Verdicts.of(chart);
      expect(mesh.reach({ caller: 'cart', callee: 'product' })).toMatchObject({
        refused: [],
        allowed: [{ methods: [], paths: [], text: 'any method, any path, to 8080' }],
      });
      expect(mesh.reach({ caller: 'product', callee: `payments/${payment.serviceName}` })).toMatchObject({ allowed: [] });
    });

    it('is the same for all versions that may be called', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { http: [HttpAccess.get('/items')] });
      canary(product);
      const { allowed } = Verdicts.of(chart).reach({ caller: 'cart', callee: 'product' });
      expect(allowed).toMatchObject([{ methods: ['GET'], paths: ['/items'], example: 'GET /items' }]);
    });
  });

  it('asks about every port of a Service, unless one is named', () => {
    const text = `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: 8080 }, { name: tcp, port: 90, targetPort: 9090 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { template: { metadata: { labels: { app: cart } } } }
`;
    const ports = (callee: string) =>
      Verdicts.ofYaml(text)
        .reach({ caller: 'pod:shop', callee })
        .allowed.map(({ port }) => port);
    expect([ports('cart'), ports('shop/cart'), ports('cart:90')]).toEqual([[80, 90], [80, 90], [90]]);
  });

  it('speaks of bytes at a port that speaks no HTTP', () => {
    const text = `
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { selector: { app: db }, ports: [{ name: tcp-sql, port: 5432 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: db, namespace: shop }
spec: { selector: { matchLabels: { app: db } }, template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: db, image: db }] } } }
`;
    const { allowed } = Verdicts.ofYaml(text).reach({ caller: 'pod:shop', callee: 'shop/db' });
    expect(allowed).toMatchObject([{ text: 'any bytes, to 5432', example: 'any bytes' }]);
  });

  it('fails where requests are told apart too finely to try them all', () => {
    const when = [...Array(12).keys()].map((name) => `{ key: "request.headers[x-${name}]", values: [a, b*] }`).join(', ');
    const text = `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { template: { metadata: { labels: { app: cart, sidecar.istio.io/inject: 'true' } } } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec: { rules: [{ when: [${when}] }] }
`;
    expect(() => Verdicts.ofYaml(text).reach({ caller: 'pod:shop', callee: 'cart' })).toThrow('MESH881');
  });
});
