import { DataPlane, HttpAccess, MeshNamespace, Verdicts, ZeroTrustNamespace } from 'istio-constructs';
import { canary, newChart, service } from '../builders';
import { forEachPlane } from '../for-each-plane';
import * as made from '../verdict/fixtures';

type Build = (parts: ReturnType<typeof shopIn>) => void;

function shopIn(dataPlane: DataPlane, Namespace: typeof ZeroTrustNamespace | typeof MeshNamespace = ZeroTrustNamespace) {
  const chart = newChart();
  const home = new Namespace(chart, 'shop', { dataPlane });
  const [cart, product] = [service(home, 'cart'), service(home, 'product')];
  return { chart, home, cart, product };
}

describe('changes from one version of a mesh to the next', () => {
  forEachPlane((plane) => {
    const verdictsOf = (build: Build) => {
      const parts = shopIn(plane.dataPlane);
      build(parts);
      return Verdicts.of(parts.chart);
    };
    const changes = (before: Build, after: Build) =>
      verdictsOf(after)
        .changesSince(verdictsOf(before))
        .map(({ text }) => text);
    const items: Build = ({ cart, product }) => cart.calls(product, { http: [HttpAccess.get('/items/*')] });
    const more: Build = ({ cart, product }) => cart.calls(product, { http: [HttpAccess.get('/items/*'), HttpAccess.get('/orders')] });

    it('are none where nothing has changed', () => {
      expect(changes(items, items)).toEqual([]);
    });

    it('are the requests that arrive now and did not, and those that do no more', () => {
      expect(changes(items, more)).toEqual(['opened: shop/cart-v1 -> shop/product GET, /orders, to 8080']);
      expect(changes(more, items)).toEqual(['closed: shop/cart-v1 -> shop/product GET, /orders, to 8080']);
    });

    it('are the requests that end elsewhere', () => {
      const [moved, ...others] = changes(items, (parts) => {
        items(parts);
        canary(parts.product, { weight: 10 });
      }).filter((text) => text.startsWith('moved'));
      expect(moved).toBe(
        'moved: shop/cart-v1 -> shop/product GET, /items/*, to 8080, from 100 % shop/product-v1 to 90 % shop/product-v1, 10 % shop/product-v2',
      );
      expect(others).toEqual([]);
    });

    it('are all that a new service, or a new caller, brings along', () => {
      const found = changes(items, (parts) => {
        items(parts);
        service(parts.home, 'reviews').calls(parts.product);
      });
      expect(found).toEqual(['opened: shop/reviews-v1 -> shop/product any method, any path, to 8080']);
    });
  });

  it('are connections that are no more mutual TLS, and what nobody can tell', () => {
    const shop = [made.namespace('shop', made.SIDECAR), made.CART, made.CART_VERSIONS, made.deployment('web', 'web', 'v1')];
    const verdicts = (...pieces: string[]) => Verdicts.ofYaml([...shop, ...pieces].join('\n---\n').replace(/(---\s*)+/g, '---\n'));
    const plain = `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: cart, namespace: shop}
spec: {host: cart, trafficPolicy: {tls: {mode: DISABLE}}}
`;
    const found = verdicts(plain).changesSince(verdicts());
    expect(new Set(found.map(({ change }) => change))).toEqual(new Set(['unclear']));
    const outside = made.deployment('web', 'web', 'v1').replace('labels: {app: web', 'labels: {sidecar.istio.io/inject: "false", app: web');
    const before = verdicts();
    const after = Verdicts.ofYaml([...shop.slice(0, 3), outside].join('\n---\n').replace(/(---\s*)+/g, '---\n'));
    expect(after.changesSince(before).map(({ change, caller }) => `${change} ${caller}`)).toContain('weakened shop/web');
    expect(before.changesSince(after).map(({ change, caller }) => `${change} ${caller}`)).toContain('strengthened shop/web');
  });

  it('are unclear where an object has changed that is not read', () => {
    const filter = (patch: string) => `
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: odd, namespace: shop }
spec: { configPatches: [${patch}] }
`;
    const [one, other] = [filter(''), filter('{ applyTo: CLUSTER }')].map((text) => Verdicts.ofYaml(text));
    expect(one.changesSince(one)).toEqual([]);
    expect(other.changesSince(one)).toEqual([{ change: 'unclear', text: 'unclear: EnvoyFilter shop/odd has changed, and is not read' }]);
  });

  describe('beside callers and Services', () => {
    const SHOP = [made.namespace('shop', made.SIDECAR), made.deployment('cart-v1', 'cart', 'v1'), made.service('cart', 'app: cart')];
    const verdicts = (...pieces: string[]) => Verdicts.ofYaml([...SHOP, ...pieces].join('\n---\n').replace(/(---\s*)+/g, '---\n'));
    const textsOf = (before: Verdicts, after: Verdicts) => after.changesSince(before).map(({ text }) => text);
    const EDGE = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gateway, namespace: edge}
spec: {gatewayClassName: istio, listeners: [{name: a, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: cart, namespace: shop}
spec:
  parentRefs: [{name: gateway, namespace: edge}]
  hostnames: [shop.example.com]
  rules: [{matches: [{path: {type: Exact, value: /cart}}], backendRefs: [{name: cart, port: 8080}]}]
`;

    it('are paths that a gateway lets in', () => {
      const more = EDGE.replace('value: /cart}}', 'value: /cart}}, {path: {type: Exact, value: /basket}}');
      expect(textsOf(verdicts(EDGE), verdicts(more))).toEqual(['opened: edge/gateway -> shop.example.com:80 any method, /basket, to 80']);
      expect(textsOf(verdicts(more), verdicts(EDGE))).toEqual(['closed: edge/gateway -> shop.example.com:80 any method, /basket, to 80']);
    });

    it('are paths that an Istio Gateway lets in', () => {
      const istio = (uris: string) => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec: {selector: {app: ingress}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec: {hosts: [shop.example.com], gateways: [public], http: [{match: [${uris}], route: [{destination: {host: cart}}]}]}
---${made.deployment('ingress', 'ingress', 'v1')}`;
      const [one, two] = [istio('{uri: {exact: /a}}'), istio('{uri: {exact: /a}}, {uri: {exact: /b}}')].map((text) => verdicts(text));
      expect(textsOf(one, two)).toEqual(['opened: shop/public -> shop.example.com:80 any method, /b, to 80']);
    });

    it('are Services that a load balancer leads to', () => {
      const outer = made.service('cart-lb', 'app: cart', { extra: ', type: LoadBalancer' });
      expect(textsOf(verdicts(), verdicts(outer))).toContain('opened: outside -> shop/cart-lb any method, any path, to 8080');
    });

    it('are pods that no Service leads to, and none are told twice', () => {
      const worker = made.deployment('worker', 'worker', 'v1');
      const closed = made.policy('worker', 'selector: {matchLabels: {app: worker}}');
      const opened = textsOf(verdicts(worker, closed), verdicts(worker));
      expect(opened).toContain('opened: shop/cart-v1 -> pod:shop/worker:8080 any method, any path, to 8080');
      const atService = textsOf(verdicts(made.DENY_ALL), verdicts());
      expect(atService).toContain('opened: pod:shop -> shop/cart any method, any path, to 8080');
      expect(atService.filter((text) => text.includes('pod:shop/cart-v1'))).toEqual([]);
    });

    it('are hosts outside where a sidecar no more drops what it does not know', () => {
      const scope = (mode: string) => `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: default, namespace: shop}
spec: {outboundTrafficPolicy: {mode: ${mode}}}
`;
      const texts = textsOf(verdicts(scope('REGISTRY_ONLY')), verdicts(scope('ALLOW_ANY')));
      expect(texts).toContain('opened: shop/cart-v1 -> any-host.example:443 any method, any path, to 443');
    });

    it('are NetworkPolicies', () => {
      const shut = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: cart, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress]}
`;
      expect(textsOf(verdicts(), verdicts(shut))).toContain('closed: pod:shop -> shop/cart any method, any path, to 8080');
    });

    it('are a line for a namespace that moves to the other plane', () => {
      const moved = Verdicts.ofYaml(
        [made.namespace('shop', made.AMBIENT), ...SHOP.slice(1)].join('\n---\n').replace(/(---\s*)+/g, '---\n'),
      );
      expect(textsOf(verdicts(), moved).at(-1)).toBe('plane: namespace shop goes from sidecar mode to ambient mode');
    });
  });
});
