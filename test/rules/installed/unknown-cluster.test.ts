import {
  ControlPlane,
  IstioInstallation,
  type IstioInstallationProps,
  Mesh,
  MeshCluster,
  type MeshProps,
  MeshReport,
} from 'istio-constructs';
import { unknownCluster } from '../../../lib/rules/installed/unknown-cluster';
import { newChart } from '../../builders';

const [EAST, WEST, NORTH] = ['east', 'west', 'north'].map((name) => MeshCluster.of(name));
const AT = { discoveryAddress: '203.0.113.10' };

describe(unknownCluster.title, () => {
  const found = (props: IstioInstallationProps, mesh: MeshProps = { cluster: EAST, otherClusters: [WEST] }) => {
    const chart = newChart();
    new IstioInstallation(chart, 'istio', props);
    new Mesh(chart, 'mesh', mesh);
    return MeshReport.of(chart).findings.filter(({ code }) => code === unknownCluster.code);
  };

  it('is silent about clusters of the mesh', () => {
    expect(found({})).toEqual([]);
    expect(found({ controlPlane: ControlPlane.primary({ remoteClusters: [WEST] }), contexts: { east: 'e', west: 'w' } })).toEqual([]);
    expect(found({ controlPlane: ControlPlane.remote(WEST, AT) })).toEqual([]);
    expect(found({}, {})).toEqual([]);
  });

  it('fails for one that nobody has named', () => {
    const text = expect.stringMatching(/cluster north.*\n.*got: this cluster east, and otherClusters west/);
    for (const controlPlane of [ControlPlane.remote(NORTH, AT), ControlPlane.primary({ remoteClusters: [NORTH] })])
      expect(found({ controlPlane })).toMatchObject([{ level: 'error', path: 'test/istio', text }]);
    expect(found({ contexts: { north: 'n' } })).toMatchObject([{ text }]);
  });

  it('fails for the cluster itself, which can neither be its own primary nor serve itself as another', () => {
    expect(found({ controlPlane: ControlPlane.remote(EAST, AT) })).toMatchObject([{ text: expect.stringContaining('the other clusters') }]);
    expect(found({ controlPlane: ControlPlane.primary({ remoteClusters: [EAST] }) })).toHaveLength(1);
  });

  it('fails where the mesh says no cluster at all', () => {
    expect(found({ controlPlane: ControlPlane.remote(WEST, AT) }, {})).toMatchObject([
      { text: expect.stringContaining('a Mesh without cluster') },
    ]);
  });
});
