import type { Chart } from 'cdk8s';
import {
  DataPlane,
  InstallationProfile,
  IstioInstallation,
  type IstioInstallationProps,
  Mesh,
  MeshCluster,
  MeshNamespace,
} from 'istio-constructs';
import { newChart } from '../builders';
import { containerOf, found, type Installed, installed } from './rendered';

const EAST = MeshCluster.of('east', { network: 'network-east', gatewayAddresses: ['203.0.113.10'] });
const WEST = MeshCluster.of('west', { network: 'network-west' });

interface Said {
  readonly clusters?: readonly [MeshCluster, MeshCluster];
  readonly props?: IstioInstallationProps;
  readonly more?: (chart: Chart) => void;
}

const install = ({ clusters: [cluster, other] = [EAST, WEST], props, more = () => {} }: Said = {}) => {
  const chart = newChart();
  new Mesh(chart, 'mesh', { meshId: 'acme', cluster, otherClusters: [other] });
  more(chart);
  const installation = new IstioInstallation(chart, 'istio', props);
  return { installation, ...installed(installation) };
};

const envOf = (one: Installed | undefined, kind: string, name: string): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries((containerOf(one, kind, name).env ?? []).map((entry) => [entry.name, entry.value]));

/** Values as the injector has them, which it writes into the templates of sidecars and gateways. */
const injected = (one: Installed | undefined) =>
  (
    JSON.parse((found(one, 'ConfigMap', 'istio-sidecar-injector') as unknown as { data: { values: string } }).data.values) as {
      global: { network: string; meshID: string; multiCluster: { clusterName: string } };
    }
  ).global;

describe('a primary cluster among others', () => {
  it('has a name, a network and a mesh in istiod and in all that it injects', () => {
    const { byHelm, byIstioctl } = install();
    for (const one of [byHelm.get('istiod'), byIstioctl[0]]) {
      expect(envOf(one, 'Deployment', 'istiod')).toMatchObject({ CLUSTER_ID: 'east' });
      expect(injected(one)).toMatchObject({ network: 'network-east', meshID: 'acme', multiCluster: { clusterName: 'east' } });
      expect(one!.meshConfigs.istio).toMatchObject({ defaultConfig: { meshId: 'acme' } });
      expect(envOf(one, 'Deployment', 'istiod')).not.toHaveProperty('AMBIENT_ENABLE_MULTI_NETWORK');
    }
  });

  it('says no network where all clusters are one', () => {
    const { byHelm, byIstioctl, installation } = install({ clusters: [MeshCluster.of('east'), MeshCluster.of('west')] });
    for (const one of [byHelm.get('istiod'), byIstioctl[0]]) {
      expect(envOf(one, 'Deployment', 'istiod')).toMatchObject({ CLUSTER_ID: 'east' });
      expect(injected(one)).toMatchObject({ network: '', multiCluster: { clusterName: 'east' } });
    }
    expect(installation.helmCommands.join('\n')).not.toContain('topology.istio.io/network');
  });

  it.each([InstallationProfile.AMBIENT, InstallationProfile.DEMO])(
    'has ztunnel know the same, and istiod tell it of other networks, with profile %s',
    (profile) => {
      const more = (chart: Chart) => void new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.ambient() });
      const { byHelm, byIstioctl } = install({ props: { profile }, more });
      for (const one of [byHelm.get('istiod'), byIstioctl[0]])
        expect(envOf(one, 'Deployment', 'istiod')).toMatchObject({ CLUSTER_ID: 'east', AMBIENT_ENABLE_MULTI_NETWORK: 'true' });
      for (const one of [byHelm.get('ztunnel'), byIstioctl[0]])
        expect(envOf(one, 'DaemonSet', 'ztunnel')).toMatchObject({ ISTIO_META_CLUSTER_ID: 'east', NETWORK: 'network-east' });
    },
  );
});
