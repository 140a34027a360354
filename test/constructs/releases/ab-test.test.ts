import { ABTest, type ABTestProps, DataPlane, type MeshedServiceProps, MeshPort, RequestMatch } from 'istio-constructs';
import { names, shop, spec } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const V2 = { version: 'v2', image: 'registry.example.com/cart:2' };
const V3 = { version: 'v3', image: 'registry.example.com/cart:3' };
const MATCH = [RequestMatch.cookie('look', 'new')];

describe('ABTest', () => {
  forEachPlane((plane) => {
    it('gives each variant pods under the account of the service, and no share of the other requests', () => {
      const { chart, shop: scope, cart } = shop(plane);
      const test = new ABTest(scope, 'look', {
        service: cart,
        variants: [
          { ...V2, match: MATCH },
          { ...V3, match: [RequestMatch.userAgent('Firefox')] },
        ],
      });
      expect(names(chart, 'Deployment')).toEqual(expect.arrayContaining(['shop/cart-v1', 'shop/cart-v2', 'shop/cart-v3']));
      expect([test.versions, test.deployments.map(({ name }) => name)]).toEqual([
        ['v2', 'v3'],
        ['cart-v2', 'cart-v3'],
      ]);
      expect(test.objects.map(({ kind }) => kind)).toEqual(['Deployment', 'Deployment']);
      const { http, rules } = spec(chart, plane.of({ sidecar: 'VirtualService', ambient: 'HTTPRoute' }), 'cart') as Record<string, any[]>;
      const last = (http ?? rules).at(-1);
      expect((last.route ?? last.backendRefs).map(({ weight }: { weight: number }) => weight)).toEqual([100, 0, 0]);
    });
  });

  it('tells requests by who sends them, in sidecar mode', () => {
    const { chart, shop: scope, cart, product } = shop({ dataPlane: DataPlane.sidecar() });
    new ABTest(scope, 'look', { service: cart, variants: [{ ...V2, match: [RequestMatch.sentBy(product)] }] });
    const { http } = spec(chart, 'VirtualService', 'cart') as Record<string, any[]>;
    expect(http[0].match).toEqual([{ sourceLabels: { app: 'product' }, sourceNamespace: 'shop' }]);
  });

  it('fails without variants, without customers for one, for one twice, without pods and without an HTTP port', () => {
    const attempt = (props: Partial<ABTestProps>, cart: Partial<MeshedServiceProps> = {}) => {
      const one = shop({ dataPlane: DataPlane.sidecar() }, cart);
      return () => new ABTest(one.shop, 'look', { service: one.cart, variants: [{ ...V2, match: MATCH }], ...props });
    };
    const refusal = { path: 'test/shop/look' };
    expectRefusal(attempt({ variants: [] }), { ...refusal, code: 'MESH763', fix: 'at least one match', got: 'variants: []' });
    const empty = { ...V2, match: [] };
    expectRefusal(attempt({ variants: [empty] }), {
      path: 'test/shop/look',
      code: 'MESH763',
      fix: 'at least one match',
      got: 'match: [] of v2',
    });
    const twice = [MATCH, MATCH].map((match) => ({ ...V2, match }));
    expectRefusal(attempt({ variants: twice }), { ...refusal, code: 'MESH096', fix: 'of its own', got: 'v2 twice' });
    expectRefusal(attempt({ variants: [{ ...V2, match: MATCH, replicas: 0 }] }), {
      ...refusal,
      code: 'MESH075',
      fix: '1 or more',
      got: 'replicas: 0 with match',
    });
    expectRefusal(attempt({}, { ports: [MeshPort.mysql(3306)] }), {
      ...refusal,
      code: 'MESH060',
      fix: 'MeshPort.http',
      got: 'match for a service',
    });
  });
});
