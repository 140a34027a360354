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
});
