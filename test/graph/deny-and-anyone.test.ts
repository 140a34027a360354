import { DataPlane, HttpAccess, MeshNamespace, MeshPort, Waypoint } from 'istio-constructs';
import { denial, edgeGateway, findingCodes, grant, names, newChart, principal, rule, service, shop, spec, tcp } from '../builders';
import { forEachEnforcer, forEachPlane } from '../for-each-plane';
import { expectRefusal } from '../support/refusal';

const ADMIN = { http: [HttpAccess.anyMethod('/admin/*')] };

describe('access.deny', () => {
  forEachEnforcer((plane) => {
    it('refuses one caller, whatever else allows it', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product);
      product.access.deny(cart);
      const target = plane.of<object>({
        sidecar: { selector: { matchLabels: { app: 'product' } } },
        ztunnel: { selector: { matchLabels: { app: 'product' } } },
        waypoint: { targetRefs: [{ group: '', kind: 'Service', name: 'product' }] },
      });
      expect(denial(chart, 'product')).toEqual({
        ...target,
        action: 'DENY',
        rules: [rule(principal('shop', 'cart'), { ports: ['8080'] })],
      });
    });

    it('opens nothing in the network layer', () => {
      const { chart, cart, product } = shop(plane);
      product.access.deny(cart);
      expect(names(chart, 'NetworkPolicy')).not.toContain('shop/product');
      expect(names(chart, 'NetworkPolicy')).not.toContain('shop/cart');
    });

    it('tells no proxy of a host that it may not call', () => {
      const { chart, cart, product } = shop(plane);
      product.access.deny(cart);
      const scopes = names(chart, 'Sidecar').includes('shop/cart') ? spec(chart, 'Sidecar', 'cart').egress : undefined;
      expect(scopes).toEqual(plane.of<unknown>({ sidecar: [{ hosts: ['~/*'] }], ztunnel: undefined, waypoint: undefined }));
    });
  });

  forEachPlane((plane) => {
    it('refuses requests of a kind, and needs somebody who reads HTTP', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product);
      product.access.deny(cart, ADMIN);
      expect(denial(chart, 'product')).toMatchObject({
        action: 'DENY',
        rules: [rule(principal('shop', 'cart'), { paths: expect.arrayContaining(['/admin/*']) as unknown as string[], ports: ['8080'] })],
      });
      expect(names(chart, 'Gateway')).toEqual(plane.of({ sidecar: [], ambient: ['shop/waypoint'] }));
    });

    it('refuses everybody, with or without an identity, for requests that nobody shall send', () => {
      const { chart, product } = shop(plane);
      product.access.denyAnyone(ADMIN);
      const { rules } = denial(chart, 'product');
      expect(rules).toEqual([
        { to: [{ operation: { paths: expect.arrayContaining(['/admin/*']) as unknown as string[], ports: ['8080'] } }] },
      ]);
    });

    it.each(['/accounts/{*}/close', '/accounts/{**}'])('fails by the template %s, which a [ in the path passes by', (path) => {
      const { chart, cart, product } = shop(plane);
      const http = [HttpAccess.post('/accounts/*'), HttpAccess.of({ methods: ['DELETE'], paths: ['/x', path] })];
      const refusal = { code: 'MESH072', path: 'test/shop/product', fix: 'for example /accounts/*', got: path };
      expectRefusal(() => product.access.deny(cart, { http }), refusal);
      expectRefusal(() => product.access.denyAnyone({ http }), refusal);
      expect(names(chart, 'AuthorizationPolicy').filter((name) => name.endsWith('product-deny'))).toEqual([]);
      expect(names(chart, 'AuthorizationPolicy').filter((name) => name.endsWith('product-waypoint-deny'))).toEqual([]);
      expect(() => product.access.allow(cart, { http })).not.toThrow();
    });

    it('refuses everybody on a port', () => {
      const { chart, cart } = shop(plane, { ports: [MeshPort.http(8080), MeshPort.tcp(9000)] });
      cart.access.denyAnyone({ port: 9000 });
      expect(spec(chart, 'AuthorizationPolicy', 'cart-deny').rules).toEqual([{ to: [{ operation: { ports: ['9000'] } }] }]);
    });
  });

  it('refuses a gateway at the waypoint, where its requests pass', () => {
    const { chart, product } = shop({ dataPlane: DataPlane.ambient() });
    const gateway = edgeGateway(chart, DataPlane.ambient());
    gateway.expose(product, { host: 'shop.example.com' });
    product.access.deny(gateway, ADMIN);
    expect(spec(chart, 'AuthorizationPolicy', 'product-waypoint-deny')).toMatchObject({
      targetRefs: [{ kind: 'Service', name: 'product' }],
      rules: [
        rule(principal('edge', 'gateway-istio'), { paths: expect.arrayContaining(['/admin/*']) as unknown as string[], ports: ['8080'] }),
      ],
    });
    expect(names(chart, 'AuthorizationPolicy')).not.toContain('shop/product-deny');
  });
});

describe('access.allowAnyone', () => {
  forEachEnforcer((plane) => {
    it('lets in every identity of the mesh, from any namespace', () => {
      const { chart, product } = shop(plane);
      product.access.allowAnyone('public catalogue');
      expect(grant(chart, 'product').rules).toEqual([rule('*', { ports: ['8080'] })]);
      const entrance = plane.of({ sidecar: 'product', ztunnel: 'product', waypoint: 'waypoint' });
      const ports = plane.of({ sidecar: tcp(8080, 15008), ztunnel: tcp(15008), waypoint: tcp(15008) });
      expect(spec(chart, 'NetworkPolicy', entrance, 'shop').ingress).toContainEqual({ from: [{ namespaceSelector: {} }], ports });
    });

    it('is reported with its reason', () => {
      const { chart, product } = shop(plane);
      product.access.allowAnyone('public catalogue');
      expect(findingCodes(chart)).toContain('MESH208');
    });
  });

  it('lets in sidecars as well, which go past the waypoint', () => {
    const { chart, product } = shop({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
    product.access.allowAnyone('public catalogue');
    expect(spec(chart, 'AuthorizationPolicy', 'product').rules).toContainEqual(rule('*', { ports: ['8080'] }));
  });

  it('lets in requests of a kind alone', () => {
    const { chart, product } = shop({ dataPlane: DataPlane.sidecar() });
    product.access.allowAnyone('health', { http: [HttpAccess.get('/health')] });
    expect(grant(chart, 'product').rules).toEqual([rule('*', { methods: ['GET'], paths: ['/health'], ports: ['8080'] })]);
  });

  it.each(['', '  '])('fails for the reason %p', (reason) => {
    const { product } = shop({ dataPlane: DataPlane.sidecar() });
    const act = () => product.access.allowAnyone(reason);
    expectRefusal(act, { code: 'MESH011', path: 'test/shop/product', fix: 'say why' });
  });
});

describe('the first grant of an open service', () => {
  forEachPlane((plane) => {
    it('closes it to everybody else, and a finding says so', () => {
      const chart = newChart();
      const namespace = new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
      const [cart, product] = [service(namespace, 'cart'), service(namespace, 'product')];
      expect(findingCodes(chart)).toEqual([]);
      cart.calls(product);
      expect(findingCodes(chart)).toEqual(['MESH206']);
    });
  });
});

describe('a caller or callee', () => {
  it('fails when this library did not make it', () => {
    const { cart, product } = shop({ dataPlane: DataPlane.sidecar() });
    class Stranger {
      readonly [field: string]: string;
    }
    const stranger = Object.assign(new Stranger(), { host: 'x', namespaceName: 'x', serviceAccountName: 'x' });
    const refusal = { code: 'MESH009', fix: 'MeshedService.fromWorkload', got: 'a Stranger' };
    expectRefusal(() => product.access.allow(stranger), { ...refusal, path: 'test/shop/product' });
    expectRefusal(() => cart.calls(stranger), { ...refusal, path: 'test/shop/cart' });
  });

  it('fails when it stands in another App, which is another cluster', () => {
    const [one, other] = [shop({ dataPlane: DataPlane.sidecar() }), shop({ dataPlane: DataPlane.sidecar() })];
    const act = () => one.cart.calls(other.product);
    expectRefusal(act, { code: 'MESH012', path: 'test/shop/cart', fix: 'fromAttributes', got: 'test/shop/product of another App' });
  });
});
