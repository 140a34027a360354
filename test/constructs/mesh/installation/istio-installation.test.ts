import {
  ControlPlane,
  DataPlane,
  InstalledGateway,
  IstioInstallation,
  type IstioInstallationProps,
  IstioVersion,
  Mesh,
  MeshCluster,
  MeshNamespace,
} from 'istio-constructs';
import { parse, parseAllDocuments } from 'yaml';
import { findingCodes, manifests, newChart } from '../../../builders';

const install = (props?: IstioInstallationProps) => new IstioInstallation(newChart(), 'istio', props);

describe('IstioInstallation', () => {
  it('writes no manifest, and has the files that its commands name', () => {
    const chart = newChart();
    const istio = new IstioInstallation(chart, 'istio', { revisions: [{ name: '1-31-1', tags: ['prod'] }] });
    expect(manifests(chart)).toEqual([]);
    expect(findingCodes(chart)).toEqual([]);
    const files = istio.files.map(({ name }) => name);
    expect(files).toEqual(['istio-base.values.yaml', 'istiod-1-31-1.values.yaml', 'istioctl-1-31-1.yaml', 'revision-tags.yaml']);
    const named = [...istio.helmCommands, ...istio.istioctlCommands].flatMap(
      (line) => /--(?:values|filename) (\S+\.yaml)/.exec(line)?.[1] ?? [],
    );
    expect(named.filter((name) => !name.startsWith('https:')).sort()).toEqual([...files].sort());
  });

  it('says in files what it says in values', () => {
    const istio = install();
    expect(istio.files.slice(0, 2).map(({ text }) => parse(text) as object)).toEqual(istio.helmReleases.map(({ values }) => values));
    expect(istio.helmReleases).toMatchObject([{ repository: 'https://blob.istio.io/istio-release/charts', version: '1.31.1' }, {}]);
  });

  it('has tags beside the charts, before the gateways', () => {
    const istio = install({ revisions: [{ name: 'blue', tags: ['prod'] }], gateways: [InstalledGateway.ingress('front')] });
    const { text } = istio.files.find(({ name }) => name === 'revision-tags.yaml')!;
    expect(parseAllDocuments(text).map((document) => document.toJS() as object)).toEqual(istio.revisionTags);
    const order = istio.helmCommands.map((line) => /revision-tags|upgrade --install \S+/.exec(line)?.[0]);
    expect(order.slice(-3)).toEqual(['upgrade --install istiod-blue', 'revision-tags', 'upgrade --install front']);
  });

  it('takes from the Mesh what that says, whichever is declared first', () => {
    const chart = newChart();
    const istio = new IstioInstallation(chart, 'istio');
    new Mesh(chart, 'mesh', { istioVersion: IstioVersion.of('1.30.2'), trustDomain: 'example.com' });
    expect(istio.helmReleases[1]).toMatchObject({ version: '1.30.2', values: { meshConfig: { trustDomain: 'example.com' } } });
  });

  it('has what the program needs by now', () => {
    const chart = newChart();
    const istio = new IstioInstallation(chart, 'istio');
    const charts = () => istio.helmReleases.map((release) => release.chart);
    expect(charts()).toEqual(['base', 'istiod']);
    new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.ambient() });
    expect(charts()).toEqual(['base', 'istiod', 'cni', 'ztunnel']);
  });

  it('says what its namespace has to say beforehand, of which there is nothing in a mesh of one cluster', () => {
    const chart = newChart();
    const istio = new IstioInstallation(chart, 'istio', { namespaceName: 'mesh' });
    expect(istio.istiodNamespace).toEqual({ name: 'mesh', labels: {}, annotations: {} });
    new Mesh(chart, 'mesh', { cluster: MeshCluster.of('east', { network: 'near' }) });
    expect(istio.istiodNamespace).toEqual({ name: 'mesh', labels: { 'topology.istio.io/network': 'near' }, annotations: {} });
  });

  it('fails twice in an App', () => {
    const chart = newChart();
    new IstioInstallation(chart, 'istio');
    expect(() => new IstioInstallation(chart, 'other')).toThrow('MESH924');
  });
});

describe('places of images and charts', () => {
  it.each([
    { hub: 'gcr.io/istio-release' },
    { hub: 'registry.istio.io/release' },
    { hub: '' },
    { chartRepository: 'https://istio-release.storage.googleapis.com/charts' },
    { chartRepository: 'oci://gcr.io/istio-release/charts/' },
  ])('fail for %j', (props) => {
    expect(() => install(props)).toThrow('MESH921');
  });

  it.each([
    'charts',
    'registry.example.com/istio',
    '//charts.example.com',
    './charts',
    's3://charts',
    'oci://',
    'https://a b',
    'https://a/$(b)',
  ])('fail for charts at %p, which is no address', (chartRepository) => {
    expect(() => install({ chartRepository })).toThrow('MESH961');
  });

  it.each(['http://charts:8080', 'https://user@charts.example.com/istio/1.31', 'oci://[::1]:5000/istio', 'https://charts/a_b~c%20d'])(
    'take charts at %p',
    (chartRepository) => {
      expect(install({ chartRepository: `${chartRepository}/` }).helmReleases[0].repository).toBe(chartRepository);
    },
  );

  it.each(['https://registry.example.com/istio', 'oci://docker.io/istio'])('fail for images at %p, which no pod can name', (hub) => {
    expect(() => install({ hub })).toThrow('MESH965');
  });

  it('may be your own', () => {
    const istio = install({ hub: 'registry.example.com/istio/', chartRepository: 'oci://registry.example.com/charts' });
    expect(istio.helmReleases[1].values).toMatchObject({ global: { hub: 'registry.example.com/istio' } });
  });
});

describe('revisions', () => {
  it('have names and tags that lead to one control plane each', () => {
    const refused = (tags: string[]) => () =>
      install({
        revisions: [
          { name: 'a', tags: ['prod'] },
          { name: 'b', tags },
        ],
      });
    expect(refused(['prod'])).toThrow('MESH922');
    expect(refused(['a'])).toThrow('MESH922');
    expect(refused(['canary'])).not.toThrow();
  });

  it.each(['1.31.1', 'Blue', '', '-a', 'a'.repeat(41)])('fail under the name %p', (name) => {
    expect(() => install({ revisions: [{ name }] })).toThrow('MESH925');
    expect(() => install({ revisions: [{ name: 'blue', tags: [name] }] })).toThrow('MESH925');
  });
});

describe('gateways', () => {
  it.each([['istiod'], ['istiod-blue'], ['ztunnel'], ['front', 'front']])('fail under the name of another release: %s', (...names) => {
    expect(() => install({ gateways: names.map((name) => InstalledGateway.ingress(name)) })).toThrow('MESH923');
  });

  it('fail under a name that is too long for Helm', () => {
    const named = (length: number) => () => install({ gateways: [InstalledGateway.egress('g'.repeat(length))] });
    expect(named(53)).not.toThrow();
    expect(named(54)).toThrow('MESH960');
  });

  it('lets its istiod look into the other clusters of the mesh', () => {
    const chart = newChart();
    const installation = new IstioInstallation(chart, 'istio', { contexts: { west: 'admin@west' } });
    expect(installation.remoteSecretCommands).toEqual([]);
    new Mesh(chart, 'mesh', { cluster: MeshCluster.of('east'), otherClusters: [MeshCluster.of('west')] });
    expect(installation.remoteSecretCommands).toEqual([
      'istioctl create-remote-secret --context admin@west --name west | kubectl apply --context east --server-side --filename -',
    ]);
  });

  it('has the files that its commands name, also of a primary and of a remote cluster', () => {
    const east = MeshCluster.of('east', { gatewayAddresses: ['203.0.113.10'] });
    const west = MeshCluster.of('west');
    const written = (cluster: MeshCluster, other: MeshCluster, controlPlane: ControlPlane) => {
      const chart = newChart();
      new Mesh(chart, 'mesh', { cluster, otherClusters: [other] });
      const installation = new IstioInstallation(chart, 'istio', { controlPlane, gateways: [InstalledGateway.eastWest()] });
      expect(manifests(chart)).toEqual([]);
      expect(findingCodes(chart)).toEqual([]);
      const { files, helmCommands, istioctlCommands } = installation;
      const named = [...helmCommands, ...istioctlCommands].flatMap((line) => /--(?:filename|values) (\w\S*\.yaml)/.exec(line)?.[1] ?? []);
      expect([...new Set(named.filter((name) => !name.includes('/')))].sort()).toEqual(files.map(({ name }) => name).sort());
      return files.map(({ name }) => name);
    };
    expect(written(east, west, ControlPlane.primary({ remoteClusters: [west] }))).toContain('expose-istiod.yaml');
    expect(written(west, east, ControlPlane.remote(east))).toContain('gateways.istioctl.yaml');
  });
});
