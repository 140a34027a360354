import { Chart } from 'cdk8s';
import { DataPlane, Mesh, MeshNamespace, MTls, NetworkLayer, Waypoint, ZeroTrustNamespace, ZeroTrustStage } from 'istio-constructs';
import { edgeGateway, manifest, manifests, names, newChart, service, spec } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const { OBSERVE, ALLOW_KNOWN, DENY_REST } = ZeroTrustStage;
const DRY_RUN = { 'istio.io/dry-run': 'true' };

function at(dataPlane: DataPlane, stage: ZeroTrustStage, mtls?: MTls): Chart {
  const chart = newChart();
  const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane, stage, mtls });
  const [cart, product] = [service(shop, 'cart'), service(shop, 'product')];
  cart.calls(product);
  product.access.denyAnyone();
  return chart;
}

const annotations = (chart: Chart, name: string) => manifest(chart, 'AuthorizationPolicy', name).metadata.annotations;

describe('the stages of a ZeroTrustNamespace', () => {
  forEachPlane(({ dataPlane }) => {
    it('first try out who is let in, and refuse at once whom the program refuses', () => {
      const chart = at(dataPlane, OBSERVE);
      expect(['deny-all', 'product', 'product-deny'].map((name) => annotations(chart, name))).toEqual([DRY_RUN, DRY_RUN, undefined]);
      expect(names(chart, 'NetworkPolicy')).toEqual([]);
      expect(names(chart, 'Sidecar')).toEqual([]);
    });

    it('then let in everybody beside the grants, in both layers', () => {
      const chart = at(dataPlane, ALLOW_KNOWN);
      expect(annotations(chart, 'product')).toBeUndefined();
      expect(spec(chart, 'AuthorizationPolicy', 'deny-all')).toEqual({ rules: [{}] });
      expect(spec(chart, 'NetworkPolicy', 'default-deny')).toMatchObject({ ingress: [{}], egress: [{}] });
      expect(names(chart, 'NetworkPolicy')).toEqual(names(at(dataPlane, DENY_REST), 'NetworkPolicy'));
    });

    it('end with what there is without a stage', () => {
      const chart = newChart();
      const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane });
      const [cart, product] = [service(shop, 'cart'), service(shop, 'product')];
      cart.calls(product);
      product.access.denyAnyone();
      expect(at(dataPlane, DENY_REST).toJson()).toEqual(chart.toJson());
    });

    it('leave plaintext to the mesh until the last, or to what is said', () => {
      const mode = (stage: ZeroTrustStage, mtls?: MTls) => spec(at(dataPlane, stage, mtls), 'PeerAuthentication', 'default');
      expect(mode(OBSERVE)).toEqual({ mtls: { mode: 'UNSET' } });
      expect(mode(ALLOW_KNOWN, MTls.STRICT)).toEqual({ mtls: { mode: 'STRICT' } });
      expect(mode(DENY_REST)).toEqual({ mtls: { mode: 'STRICT' } });
    });

    it('ask for mutual TLS where the mesh does, wherever that is said in the program', () => {
      const chart = newChart();
      new ZeroTrustNamespace(chart, 'shop', { dataPlane, stage: OBSERVE });
      new Mesh(chart, 'mesh', { mtls: MTls.STRICT });
      const said = manifests(chart).filter(({ kind, metadata }) => kind === 'PeerAuthentication' && metadata.namespace === 'shop');
      expect(said.map((one) => one.spec)).toEqual([{ mtls: { mode: 'STRICT' } }]);
    });

    it('fails plaintext at the last', () => {
      expectRefusal(() => at(dataPlane, DENY_REST, MTls.PERMISSIVE), {
        code: 'MESH858',
        path: 'test/shop',
        got: 'mtls: PERMISSIVE at the last stage',
        fix: 'leave out `mtls`',
      });
    });

    it('hold for a gateway in it, and for a namespace that somebody else makes', () => {
      const chart = newChart();
      const shop = MeshNamespace.fromName(chart, 'shop', { name: 'shop', dataPlane, zeroTrust: true, stage: OBSERVE });
      service(shop as MeshNamespace, 'cart').calls(service(shop as MeshNamespace, 'product'));
      expect(annotations(chart, 'product')).toEqual(DRY_RUN);
      expect(names(chart, 'NetworkPolicy')).toEqual([]);
      expect(edgeGateway(chart, dataPlane).gatewayName).toBe('gateway');
    });
  });

  it('write what lets everything through before what lets in some', () => {
    const chart = at(DataPlane.ambient({ waypoint: Waypoint.ALWAYS }), ALLOW_KNOWN);
    const [policies, network] = [names(chart, 'AuthorizationPolicy'), names(chart, 'NetworkPolicy')];
    expect([policies.slice(0, 2).sort(), network[0]]).toEqual([['shop/deny-all', 'shop/waypoint-deny-all'], 'shop/default-deny']);
  });
});

describe('NetworkLayer.NONE', () => {
  forEachPlane(({ dataPlane }) => {
    it('leaves out the NetworkPolicies alone', () => {
      const chart = newChart();
      const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane, networkPolicy: NetworkLayer.NONE });
      service(shop, 'cart').calls(service(shop, 'product'));
      expect(names(chart, 'NetworkPolicy')).toEqual([]);
      expect(names(chart, 'AuthorizationPolicy')).toEqual(['shop/deny-all', 'shop/product']);
    });
  });
});
