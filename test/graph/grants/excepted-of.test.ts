import { Callers, DataPlane, IpBlocks, ServiceIdentity } from 'istio-constructs';
import { denial, principal, shop } from '../../builders';
import { exceptedOf } from '../../../lib/graph/grants/excepted-of';
import { MeshGraph } from '../../../lib/graph/mesh-graph';
import { forEachEnforcer } from '../../for-each-plane';

describe('who is excepted from a refusal', () => {
  const { chart, cart, product } = shop({ dataPlane: DataPlane.sidecar() });
  const graph = MeshGraph.of(chart);

  it('is named once, in order', () => {
    const exempt = [ServiceIdentity.of('billing', 'report'), cart, Callers.ofNamespace('audit'), cart];
    expect(exceptedOf(product, graph, exempt)?.map(({ name }) => name)).toEqual(['all of namespace audit', 'billing/report', 'shop/cart']);
    expect(exceptedOf(product, graph, undefined)).toBeUndefined();
  });

  it.each([[[]], [[Callers.at(IpBlocks.ofPeers('10.0.0.7'))]]])('fails as %p', (exempt) => {
    expect(() => exceptedOf(product, graph, exempt)).toThrow(/MESH876/);
  });

  forEachEnforcer((plane) => {
    it('is written into the refusal, on its ports', () => {
      const one = shop(plane);
      one.product.access.denyAnyone({ exempt: [one.cart] });
      const from = [{ source: { notPrincipals: [principal('shop', 'cart')] } }];
      expect(denial(one.chart, 'product').rules).toEqual([{ from, to: [{ operation: { ports: ['8080'] } }] }]);
    });
  });
});
