import {
  DataPlane,
  IngressGateway,
  Mesh,
  MeshCluster,
  MeshNamespace,
  MeshReport,
  NetworkLayer,
  ServiceIdentity,
  ServiceScope,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { unsaidScope } from '../../../lib/rules/clusters/unsaid-scope';
import { newChart, service } from '../../builders';

interface Said {
  readonly serviceScope?: ServiceScope;
  readonly dataPlane?: DataPlane;
  readonly networkPolicy?: NetworkLayer;
  readonly alone?: boolean;
  readonly by?: 'elsewhere' | 'gateway';
}

describe(unsaidScope.title, () => {
  const found = ({ serviceScope, dataPlane = DataPlane.sidecar(), networkPolicy, alone = false, by }: Said) => {
    const chart = newChart();
    const west = MeshCluster.of('west', { network: 'network-west', gatewayAddresses: ['203.0.113.20'] });
    new Mesh(chart, 'mesh', { cluster: MeshCluster.of('east', { network: 'network-east' }), otherClusters: alone ? [] : [west] });
    const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane, networkPolicy });
    const cart = service(shop, 'cart', { serviceScope });
    const edge = new MeshNamespace(chart, 'edge', { dataPlane });
    if (by === 'elsewhere') cart.access.allow(ServiceIdentity.of('shop', 'web', { dataPlane, cluster: west }));
    if (by === 'gateway') new IngressGateway(edge, 'gateway', { tlsSecret: 'cert' }).expose(cart, { host: 'cart.example.com' });
    const sidecars = by === undefined ? ['web', 'admin'] : [];
    for (const name of sidecars) service(shop, name, { serviceScope: ServiceScope.LOCAL }).calls(cart);
    return MeshReport.of(chart).findings.filter(({ code }) => code === unsaidScope.code);
  };

  it('warns once of a service, however many sidecars call it', () => {
    expect(found({})).toMatchObject([
      { level: 'warning', path: 'test/shop/cart', text: expect.stringContaining('also to its pods in other clusters') },
    ]);
  });

  it('warns of one that a gateway calls', () => expect(found({ by: 'gateway' })).toHaveLength(1));
  it('is silent of a gateway before pods without sidecars', () =>
    expect(found({ by: 'gateway', dataPlane: DataPlane.ambient() })).toEqual([]));

  it.each([ServiceScope.LOCAL, ServiceScope.GLOBAL])('is silent where somebody says %s', (serviceScope) =>
    expect(found({ serviceScope })).toEqual([]),
  );

  it('is silent in ambient mode, where callers stay in their cluster', () => expect(found({ dataPlane: DataPlane.ambient() })).toEqual([]));
  it("is silent where the network layer is somebody else's", () => expect(found({ networkPolicy: NetworkLayer.NONE })).toEqual([]));
  it('is silent in a mesh of one cluster', () => expect(found({ alone: true })).toEqual([]));
  it('is silent of callers elsewhere, whose way is open', () => expect(found({ by: 'elsewhere' })).toEqual([]));
});
