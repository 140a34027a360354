import { Chart } from 'cdk8s';
import {
  DataPlane,
  ExternalAuthorizer,
  InstallationProfile,
  InstalledGateway,
  IstioInstallation,
  type IstioInstallationProps,
  IstioVersion,
  Mesh,
  MeshNamespace,
  type MeshProps,
  MeshedService,
  MeshPort,
  OutboundPolicy,
  PathNormalization,
  TelemetryProvider,
} from 'istio-constructs';
import { newChart } from '../builders';
import { containerOf, found, type Installed, installed, named, render, type Rendered } from './rendered';

const install = (props: IstioInstallationProps = {}, mesh: MeshProps = {}, more: (chart: Chart) => void = () => {}) => {
  const chart = newChart();
  new Mesh(chart, 'mesh', mesh);
  more(chart);
  return installed(new IstioInstallation(chart, 'istio', props));
};

const TEMPO = TelemetryProvider.openTelemetry('tempo', { host: 'tempo.observability.svc.cluster.local', port: 4317 });

describe('every profile', () => {
  it.each(Object.values(InstallationProfile))('%s is taken by Helm and by istioctl, and no value of it is unknown', (profile) => {
    const { byHelm, byIstioctl } = install({ profile });
    expect(byHelm.get('istiod')!.objects.length).toBeGreaterThan(10);
    expect(byIstioctl[0].objects.length).toBeGreaterThan(10);
    expect(byHelm.get('istiod')!.meshConfigs).toHaveProperty('istio');
    expect(byIstioctl[0].meshConfigs).toHaveProperty('istio');
    expect(byHelm.has('ztunnel')).toBe(profile === InstallationProfile.AMBIENT);
    expect(named(byIstioctl[0], 'DaemonSet')).toEqual(profile === InstallationProfile.AMBIENT ? ['istio-cni-node', 'ztunnel'] : []);
  });

  it('brings the gateways that Istio has in it', () => {
    const gateways = (profile: InstallationProfile) => {
      const { byHelm, byIstioctl } = install({ profile });
      const byChart = [...byHelm.values()].flatMap((one) => named(one, 'Deployment')).filter((name) => name !== 'istiod');
      expect(named(byIstioctl[0], 'Deployment').filter((name) => name !== 'istiod')).toEqual([...byChart].sort());
      return byChart;
    };
    expect(gateways(InstallationProfile.MINIMAL)).toEqual([]);
    expect(gateways(InstallationProfile.DEFAULT)).toEqual(['istio-ingressgateway']);
    expect(gateways(InstallationProfile.DEMO)).toEqual(['istio-ingressgateway', 'istio-egressgateway']);
    expect(gateways(InstallationProfile.PRODUCTION)).toEqual([]);
  });

  it('in production survives the loss of a pod', () => {
    const { byHelm, byIstioctl } = install({
      profile: InstallationProfile.PRODUCTION,
      gateways: [InstalledGateway.ingress('istio-ingressgateway')],
    });
    for (const istiod of [byHelm.get('istiod'), byIstioctl[0]]) {
      expect(found(istiod, 'HorizontalPodAutoscaler', 'istiod').spec).toMatchObject({ minReplicas: 2, maxReplicas: 5 });
      expect(named(istiod, 'PodDisruptionBudget')).toContain('istiod');
      expect(containerOf(istiod, 'Deployment', 'istiod').resources).toEqual({
        requests: { cpu: '500m', memory: '2048Mi' },
        limits: { memory: '4096Mi' },
      });
    }
    for (const gateway of [byHelm.get('istio-ingressgateway'), byIstioctl[0]]) {
      expect(found(gateway, 'HorizontalPodAutoscaler', 'istio-ingressgateway').spec).toMatchObject({ minReplicas: 2, maxReplicas: 5 });
      expect(named(gateway, 'PodDisruptionBudget')).toContain('istio-ingressgateway');
    }
  });
});

describe('the mesh configuration', () => {
  it('is what the program says, as istiod reads it', () => {
    const { byHelm, byIstioctl } = install(
      {
        outboundPolicy: OutboundPolicy.REGISTRY_ONLY,
        discoverySelectors: [{ 'istio-discovery': 'enabled' }, { team: 'shop' }],
        accessLogFile: '/dev/stdout',
        jsonAccessLog: true,
      },
      {
        trustDomain: 'example.com',
        trustDomainAliases: ['cluster.local'],
        rootNamespace: 'mesh-config',
        pathNormalization: PathNormalization.MERGE_SLASHES,
        providers: [TEMPO, TelemetryProvider.jsonAccessLog('json')],
      },
    );
    for (const { istio } of [byHelm.get('istiod')!.meshConfigs, byIstioctl[0].meshConfigs]) {
      expect(istio).toMatchObject({
        trustDomain: 'example.com',
        trustDomainAliases: ['cluster.local'],
        rootNamespace: 'mesh-config',
        enableAutoMtls: true,
        pathNormalization: { normalization: 'MERGE_SLASHES' },
        discoverySelectors: [{ matchLabels: { 'istio-discovery': 'enabled' } }, { matchLabels: { team: 'shop' } }],
        accessLogFile: '/dev/stdout',
        accessLogEncoding: 'JSON',
      });
      // The first word of its kind, REGISTRY_ONLY, is left out of JSON; the other one would be there.
      expect(istio.outboundTrafficPolicy).toEqual({});
      expect(istio.extensionProviders).toEqual(
        expect.arrayContaining([
          { name: 'tempo', opentelemetry: { service: 'tempo.observability.svc.cluster.local', port: 4317 } },
          { name: 'json', envoyFileAccessLog: { path: '/dev/stdout', logFormat: { labels: {} } } },
        ]),
      );
    }
  });

  it('knows the authorizers, and how they are asked', () => {
    const chart = newChart();
    const shop = new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() });
    const ports = (port: MeshPort) => ({ image: 'opa:1', ports: [port] });
    const opa = new MeshedService(shop, 'opa', ports(MeshPort.grpc(9191)));
    const login = new MeshedService(shop, 'login', ports(MeshPort.http(4180)));
    const authorizers = [ExternalAuthorizer.of('opa', { service: opa }), ExternalAuthorizer.of('login', { service: login, port: 4180 })];
    const { byHelm } = installed(new IstioInstallation(chart, 'istio', { authorizers }));
    expect(byHelm.get('istiod')!.meshConfigs.istio.extensionProviders).toEqual(
      expect.arrayContaining([
        { name: 'opa', envoyExtAuthzGrpc: { service: 'opa.shop.svc.cluster.local', port: 9191 } },
        { name: 'login', envoyExtAuthzHttp: { service: 'login.shop.svc.cluster.local', port: 4180 } },
      ]),
    );
  });

  it('goes with the domain of the cluster', () => {
    const { byHelm, byIstioctl } = install({}, { clusterDomain: 'cluster.example' });
    for (const one of [byHelm.get('istiod'), byIstioctl[0]]) expect(JSON.stringify(one!.objects)).toContain('cluster.example');
  });
});

describe('the data plane', () => {
  it.each(Object.values(InstallationProfile))('has ztunnel and the CNI agent for a program in ambient mode, with profile %s', (profile) => {
    const { byHelm, byIstioctl } = install(
      { profile },
      {},
      (chart) => void new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.ambient() }),
    );
    expect([...byHelm.keys()].slice(0, 4)).toEqual(['istio-base', 'istiod', 'istio-cni', 'ztunnel']);
    for (const [istiod, cni] of [
      [byHelm.get('istiod'), byHelm.get('istio-cni')],
      [byIstioctl[0], byIstioctl[0]],
    ]) {
      expect(containerOf(istiod, 'Deployment', 'istiod').env).toContainEqual({ name: 'PILOT_ENABLE_AMBIENT', value: 'true' });
      expect(istiod!.meshConfigs.istio).toMatchObject({
        defaultConfig: { proxyMetadata: { ISTIO_META_ENABLE_HBONE: 'true' } },
        serviceScopeConfigs: [{ servicesSelector: { matchExpressions: [{ key: 'istio.io/global' }] }, scope: 'GLOBAL' }],
      });
      expect(JSON.stringify(found(cni, 'ConfigMap', 'istio-cni-config'))).toContain('"AMBIENT_ENABLED":"true"');
    }
    expect(containerOf(byHelm.get('ztunnel'), 'DaemonSet', 'ztunnel').image).toMatch(/^docker\.io\/istio\/ztunnel:/);
    expect(containerOf(byHelm.get('istio-cni'), 'DaemonSet', 'istio-cni-node').image).toMatch(/^docker\.io\/istio\/install-cni:/);
  });

  it('has the CNI agent alone where Mesh says it, and nobody needs rights to change the network of pods', () => {
    const { byHelm, byIstioctl } = install({}, { cni: true });
    expect([...byHelm.keys()]).toEqual(['istio-base', 'istiod', 'istio-cni']);
    expect(named(byIstioctl[0], 'DaemonSet')).toEqual(['istio-cni-node']);
    for (const one of [byHelm.get('istiod'), byIstioctl[0]]) {
      expect(JSON.stringify(found(one, 'ConfigMap', 'istio-sidecar-injector'))).toMatch(/\\"cni\\": \{[^}]*\\"enabled\\": true/);
    }
  });
});

describe('istiod', () => {
  it('comes from the registry and in the version that are said, in its namespace', () => {
    const props = { hub: 'registry.example.com/istio/', namespaceName: 'mesh', istiodEnv: { PILOT_ENABLE_AGENTGATEWAY: 'true' } };
    const { byHelm, byIstioctl } = install(
      { ...props, istiodPods: { replicas: 3 } },
      { istioVersion: IstioVersion.of('1.30.2'), rootNamespace: 'mesh' },
    );
    expect(containerOf(byIstioctl[0], 'Deployment', 'istiod').image).toBe('registry.example.com/istio/pilot:1.30.2');
    for (const one of [byHelm.get('istiod'), byIstioctl[0]]) {
      expect(containerOf(one, 'Deployment', 'istiod').image).toMatch(/^registry\.example\.com\/istio\/pilot:/);
      expect(containerOf(one, 'Deployment', 'istiod').env).toContainEqual({ name: 'PILOT_ENABLE_AGENTGATEWAY', value: 'true' });
      expect(found(one, 'Deployment', 'istiod')).toMatchObject({ metadata: { namespace: 'mesh' }, spec: { replicas: 3 } });
      expect(one!.meshConfigs.istio).toMatchObject({ rootNamespace: 'mesh' });
    }
  });

  it('is there twice while the mesh moves, each found by its tags', () => {
    const { byHelm, byIstioctl } = install(
      {
        profile: InstallationProfile.AMBIENT,
        revisions: [
          { name: '1-30-5', tags: ['prod-stable', 'default'] },
          { name: '1-31-1', version: IstioVersion.V1_31, tags: ['prod-canary'] },
        ],
        gateways: [InstalledGateway.ingress('front', { namespaceName: 'edge' })],
      },
      { istioVersion: IstioVersion.V1_30 },
    );
    expect([...byHelm.keys()]).toEqual(['istio-base', 'istiod-1-30-5', 'istiod-1-31-1', 'istio-cni', 'ztunnel', 'front']);
    const webhooks = (one: Installed | undefined) => named(one, 'MutatingWebhookConfiguration');
    expect(webhooks(byHelm.get('istiod-1-30-5'))).toEqual(['istio-sidecar-injector-1-30-5']);
    expect(webhooks(byHelm.get('istiod-1-31-1'))).toEqual(['istio-sidecar-injector-1-31-1']);
    expect(Object.keys(byHelm.get('istiod-1-31-1')!.meshConfigs)).toEqual(['istio-1-31-1']);
    expect(JSON.stringify(containerOf(byHelm.get('ztunnel'), 'DaemonSet', 'ztunnel').env)).toContain(
      'istiod-1-30-5.istio-system.svc:15012',
    );
    expect(byIstioctl.map((one) => Object.keys(one.meshConfigs))).toEqual([['istio-1-30-5'], ['istio-1-31-1']]);
    expect(byIstioctl.map((one) => named(one, 'DaemonSet'))).toEqual([['istio-cni-node', 'ztunnel'], []]);
    expect(byIstioctl.map((one) => named(one, 'Deployment'))).toEqual([['front', 'istiod-1-30-5'], ['istiod-1-31-1']]);
  });

  it.each([['istio-system'], ['mesh']])('has the tags in %s that the chart of istiod would have', (namespaceName) => {
    const installation = new IstioInstallation(newChart(), 'istio', {
      namespaceName,
      revisions: [{ name: 'blue', tags: ['prod', 'default'] }],
    });
    const istiod = installation.helmReleases.find(({ chart }) => chart === 'istiod')!;
    const values = { ...istiod.values, revisionTags: ['prod', 'default'] };
    const [{ objects, error }] = render({ releases: [{ ...istiod, values }], files: [] }).releases;
    expect(error).toBeUndefined();
    const tags = objects.filter(({ metadata }) => metadata.labels?.['istio.io/tag'] !== undefined);
    expect(tags).toHaveLength(4);
    for (const tag of installation.revisionTags as Rendered[]) {
      const ofChart = tags.find(({ kind, metadata: { name } }) => kind === tag.kind && name === tag.metadata.name);
      expect(tag).toEqual({ ...ofChart, metadata: { ...ofChart!.metadata, labels: tag.metadata.labels } });
      expect(ofChart!.metadata.labels).toMatchObject(tag.metadata.labels!);
    }
  });
});

describe('gateways', () => {
  it('have the pods and the Service that are said, by both ways', () => {
    const pods = { autoscaling: { minReplicas: 3, maxReplicas: 9 }, resources: { cpuMillis: 200, memoryMebibytes: 256 } };
    const { byHelm, byIstioctl } = install({
      gateways: [
        InstalledGateway.ingress('istio-front', { namespaceName: 'edge', pods }),
        InstalledGateway.egress('way-out', { pods: { replicas: 2 } }),
      ],
    });
    for (const [front, out] of [
      [byHelm.get('istio-front'), byHelm.get('way-out')],
      [byIstioctl[0], byIstioctl[0]],
    ]) {
      expect(found(front, 'HorizontalPodAutoscaler', 'istio-front')).toMatchObject({
        metadata: { namespace: 'edge' },
        spec: { minReplicas: 3, maxReplicas: 9 },
      });
      expect(containerOf(front, 'Deployment', 'istio-front').resources).toMatchObject({ requests: { cpu: '200m', memory: '256Mi' } });
      expect(found(front, 'Service', 'istio-front').spec).toMatchObject({ type: 'LoadBalancer' });
      expect(found(out, 'Service', 'way-out').spec).toMatchObject({ type: 'ClusterIP' });
      expect(found(out, 'Deployment', 'way-out').spec).toMatchObject({ replicas: 2 });
    }
  });
});

describe('the judge', () => {
  it('tells of a value that no template reads, a mesh configuration that istiod does not take, and a file that istioctl does not', () => {
    const release = (chart: string, values: object) => ({ name: 'one', chart, namespaceName: 'istio-system', values });
    const file = (spec: object) => JSON.stringify({ apiVersion: 'install.istio.io/v1alpha1', kind: 'IstioOperator', spec });
    const { releases, files } = render({
      releases: [
        release('istiod', { autoscaleLeast: 2, global: { proxy: { clusterDomains: 'a' } } }),
        release('istiod', { meshConfig: { trustDomains: 'a' } }),
        release('gateway', { replicas: 2 }),
      ],
      files: [file({ values: { pilot: { autoscaleLeast: 2 } } }), file({ meshConfig: { trustDomains: 'a' } }), file({ profile: 'tiny' })],
    });
    expect(releases[0].unknown).toEqual(['autoscaleLeast', 'global.proxy.clusterDomains']);
    expect(releases[1].error).toContain('trustDomains');
    expect(releases[2].error ?? releases[2].unknown).toBeTruthy();
    expect(files.map(({ error }) => error)).toEqual([
      expect.stringContaining('autoscaleLeast'),
      expect.stringContaining('trustDomains'),
      expect.stringContaining('tiny'),
    ]);
  });
});
