import type { Chart } from 'cdk8s';
import {
  ControlPlane,
  DataPlane,
  InstallationProfile,
  InstalledGateway,
  IstioInstallation,
  type IstioInstallationProps,
  Mesh,
  MeshCluster,
  MeshNamespace,
} from 'istio-constructs';
import { newChart } from '../builders';
import { containerOf, found, type Installed, installed, named } from './rendered';

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

const podLabelsOf = (one: Installed | undefined, name: string) =>
  (found(one, 'Deployment', name).spec!.template as { metadata: { labels: object } }).metadata.labels;

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

describe('a gateway between clusters', () => {
  const PORTS = { 'status-port': 15021, tls: 15443, 'tls-istiod': 15012, 'tls-webhook': 15017 };
  const portsOf = (one: Installed | undefined, name: string) =>
    Object.fromEntries(
      (found(one, 'Service', name).spec as { ports: { name: string; port: number }[] }).ports.map((port) => [port.name, port.port]),
    );

  it.each(['istio-eastwestgateway', 'between'])('is the one of its network, as Istio has it, with the name %s', (name) => {
    const gateways = [InstalledGateway.ingress('front'), InstalledGateway.eastWest(name, { pods: { replicas: 2 } })];
    const { byHelm, byIstioctl } = install({ props: { gateways } });
    for (const one of [byHelm.get(name), byIstioctl[0]]) {
      const labels = { istio: 'eastwestgateway', 'topology.istio.io/network': 'network-east' };
      expect(podLabelsOf(one, name)).toMatchObject(labels);
      expect(found(one, 'Service', name)).toMatchObject({
        metadata: { labels: { 'topology.istio.io/network': 'network-east' } },
        spec: { type: 'LoadBalancer', selector: { istio: 'eastwestgateway' } },
      });
      expect(portsOf(one, name)).toEqual(PORTS);
      expect(envOf(one, 'Deployment', name)).toMatchObject({ ISTIO_META_REQUESTED_NETWORK_VIEW: 'network-east' });
      expect(found(one, 'Deployment', name).spec).toMatchObject({ replicas: 2 });
    }
    for (const one of [byHelm.get('front'), byIstioctl[0]]) {
      expect(portsOf(one, 'front')).not.toHaveProperty('tls');
      expect(podLabelsOf(one, 'front')).not.toHaveProperty('topology.istio.io/network');
    }
  });

  it('is one of no network where the clusters have none, for those without istiod', () => {
    const props = { gateways: [InstalledGateway.eastWest()] };
    const { byHelm, byIstioctl } = install({ clusters: [MeshCluster.of('east'), MeshCluster.of('west')], props });
    for (const one of [byHelm.get('istio-eastwestgateway'), byIstioctl[0]]) {
      expect(portsOf(one, 'istio-eastwestgateway')).toEqual(PORTS);
      expect(podLabelsOf(one, 'istio-eastwestgateway')).toMatchObject({ istio: 'eastwestgateway' });
      expect(podLabelsOf(one, 'istio-eastwestgateway')).not.toHaveProperty('topology.istio.io/network');
      expect(envOf(one, 'Deployment', 'istio-eastwestgateway')).not.toHaveProperty('ISTIO_META_REQUESTED_NETWORK_VIEW');
    }
  });
});

describe('a cluster without istiod', () => {
  const remote = (clusters: readonly [MeshCluster, MeshCluster], props: IstioInstallationProps = {}) => {
    const discoveryAddress = '203.0.113.10';
    const gateways = [InstalledGateway.eastWest()];
    return install({ clusters, props: { gateways, controlPlane: ControlPlane.remote(clusters[1], { discoveryAddress }), ...props } });
  };
  const webhookOf = (one: Installed | undefined, name: string) =>
    (found(one, 'MutatingWebhookConfiguration', name) as unknown as { webhooks: { clientConfig: { service: object } }[] }).webhooks;

  it.each([
    ['on a network of its own', [WEST, EAST], '/inject/cluster/west/net/network-west'],
    [
      'on the same network',
      [MeshCluster.of('west', { network: 'one' }), MeshCluster.of('east', { network: 'one' })],
      '/inject/cluster/west/net/one',
    ],
    ['in a mesh without networks', [MeshCluster.of('west'), MeshCluster.of('east')], '/inject/cluster/west'],
  ] as const)('%s gets its proxies from the istiod of its primary, and finds that at the gateway', (_, clusters, path) => {
    const { byHelm, byIstioctl } = remote(clusters);
    expect([...byHelm.keys()]).toEqual(['istio-base', 'istiod', 'istio-eastwestgateway']);
    for (const one of [byHelm.get('istiod'), byIstioctl[0]]) {
      expect(named(one, 'Deployment')).toEqual([]);
      expect(named(one, 'ConfigMap')).not.toContain('istio-sidecar-injector');
      expect(found(one, 'Service', 'istiod').spec).not.toHaveProperty('selector');
      const slice = found(one, 'EndpointSlice', 'istiod') as unknown as { endpoints: object; ports: object };
      expect(slice.endpoints).toEqual([{ addresses: ['203.0.113.10'] }]);
      const services = webhookOf(one, 'istio-sidecar-injector').map(({ clientConfig }) => clientConfig.service);
      expect(services).toEqual(services.map(() => ({ name: 'istiod', namespace: 'istio-system', path, port: 443 })));
      // The istiod of the primary writes its certificate into the webhook, by the rights of the account that its remote secret has.
      expect(JSON.stringify(found(one, 'ClusterRole', 'istio-reader-clusterrole-istio-system'))).toContain('mutatingwebhookconfigurations');
    }
    const gateways = byIstioctl[1];
    expect(named(gateways, 'Deployment')).toEqual(['istio-eastwestgateway']);
    for (const one of [byHelm.get('istio-eastwestgateway'), gateways])
      expect(containerOf(one, 'Deployment', 'istio-eastwestgateway').image).toBe('auto');
    expect([byHelm.get('istio-base'), byIstioctl[0]].map((one) => named(one, 'ServiceAccount'))).toEqual([
      ['istio-reader-service-account'],
      ['istio-reader-service-account'],
    ]);
  });

  it('has a control plane with a name where its primary has', () => {
    const revisions = [{ name: 'blue', tags: ['prod'] }];
    const { byHelm, byIstioctl } = remote([WEST, EAST], { revisions });
    for (const one of [byHelm.get('istiod-blue'), byIstioctl[0]]) {
      expect(named(one, 'Service')).toContain('istiod-blue');
      expect(webhookOf(one, 'istio-sidecar-injector-blue')[0].clientConfig.service).toMatchObject({ name: 'istiod-blue' });
    }
    expect(podLabelsOf(byIstioctl[1], 'istio-eastwestgateway')).toMatchObject({ 'istio.io/rev': 'blue' });
  });

  it('is served by a primary that knows of it', () => {
    const { byHelm, byIstioctl } = install({ props: { controlPlane: ControlPlane.primary({ remoteClusters: [WEST] }) } });
    for (const one of [byHelm.get('istiod'), byIstioctl[0]])
      expect(envOf(one, 'Deployment', 'istiod')).toMatchObject({ EXTERNAL_ISTIOD: 'true', CLUSTER_ID: 'east' });
    const alone = install();
    expect(envOf(alone.byHelm.get('istiod'), 'Deployment', 'istiod')).not.toHaveProperty('EXTERNAL_ISTIOD');
  });
});
