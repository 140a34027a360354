import {
  ControlPlane,
  DataPlane,
  EastWestGateway,
  GatewayServiceType,
  IstioInstallation,
  Mesh,
  MeshCluster,
  MeshedService,
  MeshPort,
  ServiceIdentity,
  ServiceScope,
} from 'istio-constructs';
import { newChart, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import { meshOf } from '../mesh-under-test';
import { letsOut } from '../network-layer';
import { call } from '../requests';

describe('a program that says which cluster it is', () => {
  forEachPlane((plane) => {
    it('writes for that cluster what it wrote before, of all that stays in it', () => {
      const [plain, one] = [shop(plane), shop(plane)];
      new Mesh(one.chart, 'mesh', {
        meshId: 'acme',
        cluster: MeshCluster.of('east', { network: 'near', podCidrs: ['10.4.0.0/14'], gatewayAddresses: ['203.0.113.10'] }),
        otherClusters: [MeshCluster.of('west', { network: 'far' })],
      });
      for (const { cart, product } of [plain, one]) product.calls(cart);
      expect(meshOf(one.chart).manifests).toEqual(meshOf(plain.chart).manifests);
    });

    it('lets in a caller of another cluster by the identity that it has everywhere, and nobody else from there', async () => {
      const { chart, product } = shop(plane);
      const west = MeshCluster.of('west', { network: 'far' });
      new Mesh(chart, 'mesh', { cluster: MeshCluster.of('east', { network: 'near' }), otherClusters: [west] });
      const { dataPlane } = plane;
      product.access.allow(ServiceIdentity.of('billing', 'invoices', { dataPlane, cluster: west }));
      const to = { host: product.host, port: 8080 };
      const proxy = plane.of({ sidecar: 'sidecar', ambient: 'ztunnel' } as const);
      const asked = (serviceAccount: string) => ({ from: { identity: { namespace: 'billing', serviceAccount, proxy } }, to, path: '/' });
      const answers = await meshOf(chart).answers([asked('invoices'), asked('report')]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
    });

    it('opens a service that all clusters have, and keeps the others out of it', async () => {
      const { chart, shop: home, product } = shop(plane);
      const west = MeshCluster.of('west', { network: 'far', gatewayAddresses: ['203.0.113.20'] });
      new Mesh(chart, 'mesh', { cluster: MeshCluster.of('east', { network: 'near' }), otherClusters: [west] });
      const image = 'registry.example.com/prices:1.0.0';
      const ports = [MeshPort.http(8080)];
      const prices = new MeshedService(home, 'prices', { image, ports, serviceScope: ServiceScope.GLOBAL });
      product.calls(prices);
      product.calls(new MeshedService(home, 'stock', { image, ports, serviceScope: ServiceScope.LOCAL }));
      const mesh = await judged(chart);
      expect(letsOut(mesh, 'shop/product-v1', '203.0.113.20', plane.of({ sidecar: 15443, ambient: 15008 }))).toBe(true);
      expect(letsOut(mesh, 'shop/product-v1', '203.0.113.21', plane.of({ sidecar: 15443, ambient: 15008 }))).toBe(false);
      expect((await mesh.answer(call(product, prices))).allowed).toBe(true);
    });

    if (plane.name === 'sidecar') {
      it('and whose istiod is in another cluster, lets proxies out to the gateway before that', async () => {
        const { chart, product, cart } = shop(plane);
        product.calls(cart);
        const east = MeshCluster.of('east');
        new Mesh(chart, 'mesh', { cluster: MeshCluster.of('west'), otherClusters: [east] });
        new IstioInstallation(chart, 'istio', { controlPlane: ControlPlane.remote(east, { discoveryAddress: '203.0.113.10' }) });
        await judged(chart);
        const { manifests } = meshOf(chart);
        expect(JSON.stringify(manifests)).toContain('203.0.113.10/32');
        expect(JSON.stringify(manifests)).not.toContain('"app":"istiod"');
      });
    }
  });
});

describe('the gateway between networks', () => {
  const onNetwork = () => {
    const chart = newChart();
    new Mesh(chart, 'mesh', { cluster: MeshCluster.of('east', { network: 'near' }) });
    return chart;
  };

  it('takes tunnels, with nothing that Istio objects to', async () => {
    const chart = onNetwork();
    new EastWestGateway(chart, 'east-west', { dataPlane: DataPlane.ambient(), serviceType: GatewayServiceType.NODE_PORT });
    expect(await meshOf(chart).findings()).toEqual([]);
  });

  it('takes connections of sidecars at pods that the installation brings, for which Istio asks', async () => {
    const chart = onNetwork();
    new EastWestGateway(chart, 'east-west', { dataPlane: DataPlane.sidecar() });
    const text = 'Referenced selector not found: "istio=eastwestgateway"';
    expect(await meshOf(chart).findings()).toMatchObject([{ code: 'IST0101', text }]);
  });
});
