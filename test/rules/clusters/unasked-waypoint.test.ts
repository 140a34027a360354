import { DataPlane, IstioVersion, Mesh, MeshCluster, MeshNamespace, MeshReport, ServiceScope, Waypoint } from 'istio-constructs';
import { unaskedWaypoint } from '../../../lib/rules/clusters/unasked-waypoint';
import { newChart, service } from '../../builders';

describe(unaskedWaypoint.title, () => {
  const found = (
    istioVersion: IstioVersion | undefined,
    serviceScope: ServiceScope | undefined,
    waypoint = Waypoint.ALWAYS,
    far = 'far',
  ) => {
    const chart = newChart();
    const cluster = MeshCluster.of('east', { network: 'near' });
    new Mesh(chart, 'mesh', { istioVersion, cluster, otherClusters: [MeshCluster.of('west', { network: far })] });
    service(new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.ambient({ waypoint }) }), 'cart', { serviceScope });
    return MeshReport.of(chart).findings.filter(({ code }) => code === unaskedWaypoint.code);
  };

  it('is silent from 1.31 on, where no version is said, and where there is no waypoint or one cluster', () => {
    expect(found(IstioVersion.V1_31, ServiceScope.GLOBAL)).toEqual([]);
    expect(found(undefined, ServiceScope.GLOBAL)).toEqual([]);
    expect(found(IstioVersion.V1_30, ServiceScope.LOCAL)).toEqual([]);
    expect(found(IstioVersion.V1_30, undefined)).toEqual([]);
    expect(found(IstioVersion.V1_30, ServiceScope.GLOBAL, Waypoint.NEVER)).toEqual([]);
    expect(found(IstioVersion.V1_30, ServiceScope.GLOBAL, Waypoint.ALWAYS, 'near')).toEqual([]);
  });

  it('fails before, for a service behind a waypoint', () => {
    expect(found(IstioVersion.of('1.30.5'), ServiceScope.GLOBAL)).toMatchObject([
      { level: 'error', path: 'test/shop/cart', text: expect.stringContaining('past waypoint before Istio 1.31.0') },
    ]);
  });
});
