import { type Chart } from 'cdk8s';
import { type DataPlane, Mesh, MeshNamespace, type MeshProps, MTls, ZeroTrustNamespace } from 'istio-constructs';
import { canary, edgeGateway, newChart, service } from '../../builders';
import { forEachEnforcer, forEachPlane } from '../../for-each-plane';
import { judged, judgedUnder } from '../judged';
import { call, enter, from, PLAINTEXT, sharesOf } from '../requests';
import { expectOnly } from '../who-calls-whom';

const CART_TO_PRODUCT = { from: 'shop/cart', to: 'shop/product' };

/** Two services in a closed namespace of a mesh with these settings. */
function meshedShop({ dataPlane }: { readonly dataPlane: DataPlane }, props: MeshProps) {
  const chart: Chart = newChart();
  const mesh = new Mesh(chart, 'mesh', props);
  const namespace = new ZeroTrustNamespace(chart, 'shop', { dataPlane });
  const [cart, product] = [service(namespace, 'cart'), service(namespace, 'product')];
  cart.calls(product);
  return { chart, mesh, cart, product };
}

describe('a Mesh', () => {
  forEachEnforcer((plane) => {
    it('traces and logs without changing who may call whom', async () => {
      const props: MeshProps = { tracing: { provider: 'otel', samplingPercentage: 5 }, accessLog: true };
      await expectOnly(await judged(meshedShop(plane, props).chart), [CART_TO_PRODUCT]);
    });

    it('switches the log off without changing who may call whom', async () => {
      await expectOnly(await judged(meshedShop(plane, { accessLog: false }).chart), [CART_TO_PRODUCT]);
    });

    it('has identities of its own trust domain', async () => {
      const { chart, mesh, cart, product } = meshedShop(plane, { trustDomain: 'mesh.example' });
      const { trustDomain } = mesh;
      const installed = await judgedUnder({ trustDomain }, chart);
      await expectOnly(installed, [CART_TO_PRODUCT]);
      const { ways } = await installed.answer(call(cart, product));
      expect(ways[0].hops[0].principal).toBe('mesh.example/ns/shop/sa/cart');
    });
  });

  forEachPlane((plane) => {
    it('lets its gateways in, and routes releases, under its own trust domain', async () => {
      const { chart, mesh, cart, product } = meshedShop(plane, { trustDomain: 'mesh.example' });
      edgeGateway(chart, plane.dataPlane).expose(product, { host: 'shop.example.com', pathPrefix: '/products' });
      canary(product);
      const installed = await judgedUnder({ trustDomain: mesh.trustDomain }, chart);
      const answers = await installed.answers([call(cart, product), enter('https://shop.example.com/products')]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true]);
      expect(answers.map(sharesOf)).toEqual([0, 1].map(() => ({ 'shop/product-v1': 90, 'shop/product-v2': 10 })));
    });

    it('has its settings in the namespace that is its root', async () => {
      const chart = newChart();
      const mesh = new Mesh(chart, 'mesh', { rootNamespace: 'istio-control', mtls: MTls.STRICT });
      const namespace = new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
      const cart = service(namespace, 'cart');
      const [there, elsewhere] = [await judgedUnder({ rootNamespace: mesh.rootNamespace }, chart), await judged(chart)];
      expect(await there.answer(from(PLAINTEXT, cart))).toMatchObject({ allowed: false, layer: 'mtls' });
      expect(await elsewhere.answer(from(PLAINTEXT, cart))).toMatchObject({ allowed: true });
    });

    // Neither Istio's analyzers nor its test server know another domain than cluster.local: there is nobody to ask about routes.
    it('names hosts by its own cluster domain', async () => {
      const { chart, product } = meshedShop(plane, { clusterDomain: 'cluster.example' });
      const { manifests } = await judged(chart);
      expect(product.host).toBe('product.shop.svc.cluster.example');
      expect(JSON.stringify(manifests)).not.toContain('svc.cluster.local');
    });
  });
});
