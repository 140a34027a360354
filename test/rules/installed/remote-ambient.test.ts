import { ControlPlane, InstallationProfile, IstioInstallation, Mesh, MeshCluster, MeshNamespace, MeshReport } from 'istio-constructs';
import { remoteAmbient } from '../../../lib/rules/installed/remote-ambient';
import { newChart } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

const EAST = MeshCluster.of('east', { gatewayAddresses: ['203.0.113.10'] });

describe(remoteAmbient.title, () => {
  forEachPlane(({ dataPlane, of }) => {
    const found = (controlPlane: ControlPlane, profile?: InstallationProfile) => {
      const chart = newChart();
      new Mesh(chart, 'mesh', { cluster: MeshCluster.of('west'), otherClusters: [EAST] });
      new IstioInstallation(chart, 'istio', { controlPlane, profile });
      new MeshNamespace(chart, 'shop', { dataPlane });
      return MeshReport.of(chart).findings.filter(({ code }) => code === remoteAmbient.code);
    };

    it('is silent where the cluster is a primary', () => {
      expect(found(ControlPlane.primary(), InstallationProfile.AMBIENT)).toEqual([]);
    });

    it('fails a namespace of a remote cluster, whose sidecars alone can take the istiod of another', () => {
      const expected = [{ level: 'error', path: 'test/shop', text: expect.stringContaining('takes the istiod of east') }];
      expect(found(ControlPlane.remote(EAST))).toMatchObject(of({ sidecar: [], ambient: expected }));
    });

    it('fails a remote cluster that is to have ztunnel', () => {
      const paths = found(ControlPlane.remote(EAST), InstallationProfile.AMBIENT).map(({ path }) => path);
      expect(paths).toEqual(['test/istio', ...of({ sidecar: [], ambient: ['test/shop'] })]);
    });
  });
});
