import { Duration } from 'cdk8s';
import { DataPlane, IngressGateway, MeshPort, RequestMatch, ZeroTrustNamespace } from 'istio-constructs';
import {
  canary,
  edgeGateway,
  findingCodes,
  gatewayPods,
  grant,
  manifest,
  names,
  newChart,
  principal,
  rule,
  shop,
  type Shop,
  spec,
  tcp,
} from '../../builders';
import { forEachEnforcer, forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const host = 'shop.example.com';
const GATEWAY = principal('edge', 'gateway-istio');
const LABEL = 'istio.io/ingress-use-waypoint';

function exposed(
  plane: { readonly dataPlane: DataPlane },
  pathPrefix?: string,
  cart: Parameters<typeof shop>[1] = {},
): Shop & { gateway: IngressGateway } {
  const one = shop(plane, cart);
  const gateway = edgeGateway(one.chart, plane.dataPlane);
  gateway.expose(one.cart, { host, pathPrefix });
  return { ...one, gateway };
}

function backendsOf(one: Shop, name = 'cart-gateway'): unknown[] {
  const { rules } = spec(one.chart, 'HTTPRoute', name) as { readonly rules: Array<{ readonly backendRefs: object[] }> };
  return rules.map(({ backendRefs }) => backendRefs);
}

const backend = (name: string, weight: number) => ({ group: '', kind: 'Service', name, port: 8080, weight });

describe('IngressGateway', () => {
  forEachPlane((plane) => {
    it('takes TLS with its certificate, and routes from the namespaces that it exposes', () => {
      const { chart, payment, gateway } = exposed(plane);
      gateway.expose(payment, { host: 'pay.example.com' });
      expect(manifest(chart, 'Gateway', 'gateway', 'edge')).toEqual({
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'Gateway',
        metadata: { name: 'gateway', namespace: 'edge' },
        spec: {
          gatewayClassName: 'istio',
          listeners: [
            {
              name: 'https',
              port: 443,
              protocol: 'HTTPS',
              tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: 'shop-cert' }] },
              allowedRoutes: {
                kinds: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' }],
                namespaces: {
                  from: 'Selector',
                  selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['payments', 'shop'] }] },
                },
              },
            },
          ],
        },
      });
    });

    it('has a listener that the API server takes before anything is exposed', () => {
      const { chart } = shop(plane);
      edgeGateway(chart, plane.dataPlane);
      const values = 'listeners.0.allowedRoutes.namespaces.selector.matchExpressions.0.values';
      expect(spec(chart, 'Gateway', 'gateway')).toHaveProperty(values, ['edge']);
    });

    it('routes to a service from beside it', () => {
      const { chart } = exposed(plane, '/cart');
      expect(spec(chart, 'HTTPRoute', 'cart-gateway', 'shop')).toEqual({
        hostnames: [host],
        parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'gateway', namespace: 'edge', sectionName: 'https' }],
        rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/cart' } }], backendRefs: [backend('cart', 1)] }],
      });
    });

    it('splits a release: by itself in sidecar mode, at the waypoint in ambient mode', () => {
      const one = exposed(plane, '/cart');
      canary(one.cart);
      const split = [backend('cart-v1', 90), backend('cart-v2', 10)];
      expect(backendsOf(one)).toEqual([plane.of({ sidecar: split, ambient: [backend('cart', 1)] })]);
      const services = names(one.chart, 'Service').filter((name) => name.startsWith('shop/cart-'));
      expect(services).toEqual(['shop/cart-v1', 'shop/cart-v2']);
    });

    it('splits a release with retries: by Services for itself, by subsets for the mesh', () => {
      const one = exposed(plane, '/cart', { retries: { attempts: 1 } });
      canary(one.cart);
      const split = [backend('cart-v1', 90), backend('cart-v2', 10)];
      expect(backendsOf(one)).toEqual([plane.of({ sidecar: split, ambient: [backend('cart', 1)] })]);
      const services = names(one.chart, 'Service').filter((name) => name.startsWith('shop/cart-'));
      expect(services).toEqual(plane.of({ sidecar: ['shop/cart-v1', 'shop/cart-v2'], ambient: [] }));
      expect(spec(one.chart, 'VirtualService', 'cart').http).toMatchObject([{ route: [{ weight: 90 }, { weight: 10 }] }]);
      expect(findingCodes(one.gateway)).toEqual(plane.of({ sidecar: ['MESH401'], ambient: [] }));
    });

    it('sends requests that match to the new version, below the path that it exposes', () => {
      const one = exposed(plane, '/cart');
      canary(one.cart, {
        match: [RequestMatch.header('x-canary', 'true'), RequestMatch.pathPrefix('/beta'), RequestMatch.path('/cart/new')],
      });
      const { rules } = spec(one.chart, 'HTTPRoute', 'cart-gateway') as { readonly rules: Array<{ readonly matches: object }> };
      const all = { path: { type: 'PathPrefix', value: '/cart' } };
      const header = { ...all, headers: [{ type: 'Exact', name: 'x-canary', value: 'true' }] };
      const exact = { path: { type: 'Exact', value: '/cart/new' } };
      expect(rules.map(({ matches }) => matches)).toEqual(plane.of({ sidecar: [[header, exact], [all]], ambient: [[all]] }));
    });

    it('keeps the timeout of a service: by itself in sidecar mode, at the waypoint in ambient mode', () => {
      const { chart } = exposed(plane, '/cart', { timeout: Duration.seconds(5) });
      const { rules } = spec(chart, 'HTTPRoute', 'cart-gateway') as { readonly rules: Array<{ readonly timeouts?: object }> };
      expect(rules[0].timeouts).toEqual(plane.of<unknown>({ sidecar: { request: '5s' }, ambient: undefined }));
      const mesh = spec(chart, plane.of({ sidecar: 'VirtualService', ambient: 'HTTPRoute' }), 'cart');
      expect(JSON.stringify(mesh)).toContain('5s');
    });

    it('keeps the circuit breaker of a service for each host that it routes to', () => {
      const one = exposed(plane, '/cart', { circuitBreaker: { maxConnections: 3 } });
      canary(one.cart);
      expect(names(one.chart, 'DestinationRule')).toEqual(['shop/cart', 'shop/cart-v1', 'shop/cart-v2']);
    });

    it('exposes a service twice under two names', () => {
      const one = exposed(plane, '/cart');
      one.gateway.expose(one.cart, { host: 'www.example.com', pathPrefix: '/cart', routeName: 'cart-www' });
      expect(names(one.chart, 'HTTPRoute')).toEqual(['shop/cart-gateway', 'shop/cart-www']);
      expect(spec(one.chart, 'HTTPRoute', 'cart-www').hostnames).toEqual(['www.example.com']);
    });

    it('writes the routes of a service in one order, in whatever order they are declared', () => {
      const routes = (...hosts: string[]) => {
        const one = exposed(plane, '/cart');
        hosts.forEach((name) => one.gateway.expose(one.cart, { host: `${name}.example.com`, routeName: name }));
        return names(one.chart, 'HTTPRoute');
      };
      expect(routes('b', 'a')).toEqual(routes('a', 'b'));
    });

    it('exposes the port that it is told, or the first that speaks HTTP', () => {
      const one = shop(plane, { ports: [MeshPort.tcp(9000), MeshPort.http(80), MeshPort.http(81, { suffix: 'admin' })] });
      const gateway = edgeGateway(one.chart, plane.dataPlane);
      gateway.expose(one.cart, { host });
      gateway.expose(one.cart, { host: 'admin.example.com', port: 81, routeName: 'admin' });
      expect(backendsOf(one)).toMatchObject([[{ port: 80 }]]);
      expect(backendsOf(one, 'admin')).toMatchObject([[{ port: 81 }]]);
    });

    it('in a closed namespace takes requests from outside, and reaches what it exposes', () => {
      const one = shop(plane);
      const edge = new ZeroTrustNamespace(one.chart, 'edge', { dataPlane: plane.dataPlane });
      new IngressGateway(edge, 'gateway', { tlsSecret: 'shop-cert' }).expose(one.cart, { host });

      expect(spec(one.chart, 'AuthorizationPolicy', 'gateway', 'edge')).toEqual({
        targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'gateway' }],
        action: 'ALLOW',
        rules: [{ to: [{ operation: { ports: ['443'] } }] }],
      });
      const network = spec(one.chart, 'NetworkPolicy', 'gateway', 'edge');
      expect(network.podSelector).toEqual({ matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'gateway' } });
      expect(network.ingress).toContainEqual({ ports: tcp(443, 15021) });
      const port = plane.of({ sidecar: 8080, ambient: 15008 });
      expect(network.egress).toContainEqual(expect.objectContaining({ ports: tcp(port) }));
    });
  });

  forEachEnforcer((plane) => {
    it('is granted what its route lets in, and no more', () => {
      const { chart } = exposed(plane, '/cart');
      const paths = { paths: ['/cart', '/cart/*'] };
      const http = plane.of<object>({ sidecar: paths, ztunnel: {}, waypoint: paths });
      expect(grant(chart, 'cart').rules).toEqual([rule(GATEWAY, { ...http, ports: ['8080'] })]);
    });

    it('is granted every path when it exposes every path', () => {
      const { chart } = exposed(plane);
      expect(grant(chart, 'cart').rules).toEqual([rule(GATEWAY, { ports: ['8080'] })]);
    });

    it('sends requests through the waypoint where there is one', () => {
      const { chart } = exposed(plane, '/cart');
      const labels = plane.of<object | undefined>({ sidecar: undefined, ztunnel: undefined, waypoint: { [LABEL]: 'true' } });
      expect(manifest(chart, 'Service', 'cart', 'shop').metadata.labels).toEqual(labels);
      expect(manifest(chart, 'Service', 'product', 'shop').metadata.labels).toBeUndefined();
    });

    it('takes a gateway that is let in by name to the waypoint as well', () => {
      const one = shop(plane);
      one.cart.access.allow(edgeGateway(one.chart, plane.dataPlane));
      const labels = plane.of<object | undefined>({ sidecar: undefined, ztunnel: undefined, waypoint: { [LABEL]: 'true' } });
      expect(manifest(one.chart, 'Service', 'cart').metadata.labels).toEqual(labels);
      expect(manifest(one.chart, 'Service', 'product').metadata.labels).toBeUndefined();
    });

    it('is let in by the network layer of the service', () => {
      const { chart } = exposed(plane, '/cart');
      const ports = plane.of({ sidecar: tcp(8080), ztunnel: tcp(15008), waypoint: tcp(15008) });
      const from = plane.of({
        sidecar: gatewayPods('edge', 'gateway'),
        ztunnel: gatewayPods('edge', 'gateway'),
        waypoint: gatewayPods('shop'),
      });
      expect(spec(chart, 'NetworkPolicy', 'cart').ingress).toEqual([{ from: [from], ports }]);
    });
  });

  it('needs no waypoint by itself in ambient mode', () => {
    const { chart } = exposed({ dataPlane: DataPlane.ambient() }, '/cart');
    expect(names(chart, 'Gateway')).toEqual(['edge/gateway']);
  });

  it('runs under the revision of its namespace', () => {
    const { chart } = shop({ dataPlane: DataPlane.sidecar() });
    edgeGateway(chart, DataPlane.sidecar({ revision: '1-31' }));
    expect(manifest(chart, 'Gateway', 'gateway').metadata.labels).toEqual({ 'istio.io/rev': '1-31' });
  });

  it('fails for a name that leaves no room for what Istio adds to it', () => {
    const act = () => new IngressGateway(newChart(), 'gateway', { tlsSecret: 'cert', name: 'g'.repeat(58) });
    expectRefusal(act, { code: 'MESH001', path: 'test/gateway', fix: 'shorter' });
  });

  it('fails for a second route of one name', () => {
    const { cart, gateway } = exposed({ dataPlane: DataPlane.sidecar() });
    const act = () => gateway.expose(cart, { host: 'www.example.com' });
    expectRefusal(act, { code: 'MESH025', path: 'test/edge/gateway', fix: 'routeName', got: 'a second cart-gateway' });
  });

  it('fails for a port that does not speak HTTP, or is not there', () => {
    const { chart, cart, product } = shop({ dataPlane: DataPlane.sidecar() }, { ports: [MeshPort.tcp(9000)] });
    const gateway = edgeGateway(chart, DataPlane.sidecar());
    const refusal = { code: 'MESH026', path: 'test/edge/gateway', fix: 'MeshPort.http' };
    const missing = { ...refusal, code: 'MESH061', got: 'port 81, which cart does not have' };
    expectRefusal(() => gateway.expose(cart, { host }), { ...refusal, got: 'no HTTP port of cart' });
    expectRefusal(() => gateway.expose(cart, { host, port: 9000 }), {
      ...refusal,
      got: 'port 9000 of cart',
      fix: 'GatewayListener.tcp',
    });
    expectRefusal(() => gateway.expose(cart, { host, port: 81 }), missing);
    expectRefusal(() => gateway.expose(product, { host, port: 81 }), {
      ...missing,
      got: 'port 81, which product does not have',
      fix: 'its HTTP ports: 8080',
    });
  });

  it.each(['', 'shop', 'https://shop.example.com', 'shop.example.com:443', 'Shop.example.com', '*', 'a.*.com'])(
    'fails for the host %p',
    (name) => {
      const { chart, cart } = shop({ dataPlane: DataPlane.sidecar() });
      const gateway = edgeGateway(chart, DataPlane.sidecar());
      const act = () => gateway.expose(cart, { host: name });
      expectRefusal(act, { code: 'MESH027', path: 'test/edge/gateway', fix: 'shop.example.com', got: name });
    },
  );

  it('fails for a path prefix with a wildcard', () => {
    const { chart, cart } = shop({ dataPlane: DataPlane.sidecar() });
    const gateway = edgeGateway(chart, DataPlane.sidecar());
    const act = () => gateway.expose(cart, { host, pathPrefix: '/cart/*' });
    expectRefusal(act, { code: 'MESH006', path: 'test/edge/gateway', fix: 'plain path', got: '/cart/*' });
    const encoded = () => gateway.expose(cart, { host, pathPrefix: '/a%2Fb' });
    expectRefusal(encoded, { code: 'MESH069', path: 'test/edge/gateway', fix: 'as a prefix', got: '/a%2Fb' });
  });

  it('leaves to another service what is exposed for it, whatever a release of this one matches', () => {
    const { chart, cart, product, gateway } = exposed({ dataPlane: DataPlane.sidecar() });
    gateway.expose(product, { host, pathPrefix: '/products' });
    const match = ['/products', '/products/beta', '/beta'].map((path) => RequestMatch.pathPrefix(path));
    canary(cart, { weight: 0, match: [...match, RequestMatch.path('/products/1')] });

    const { rules } = spec(chart, 'HTTPRoute', 'cart-gateway') as {
      readonly rules: Array<{ readonly matches: Array<{ readonly path: { readonly value: string } }> }>;
    };
    expect(rules.flatMap(({ matches }) => matches.map(({ path }) => path.value))).toEqual(['/beta', '/']);
  });

  it('fails the synth when one host and path lead to two services', () => {
    const { chart, product, gateway } = exposed({ dataPlane: DataPlane.sidecar() }, '/cart');
    gateway.expose(product, { host, pathPrefix: '/cart/' });
    expect(() => chart.toJson()).toThrow('MESH402');
  });
});
