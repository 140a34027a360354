import type { Chart } from 'cdk8s';
import {
  DataPlane,
  FluxInstallation,
  InstalledGateway,
  IstioInstallation,
  type IstioInstallationProps,
  Mesh,
  MeshCluster,
  MeshNamespace,
  type MeshProps,
} from 'istio-constructs';
import { MeshProgram, type MeshProgramOptions } from 'istio-constructs-pulumi';
import * as pulumi from '@pulumi/pulumi';
import { service } from '../builders';
import { deploy, type Stack } from './stack';

const RELEASE = 'kubernetes:helm.sh/v3:Release';

function platform(chart: Chart, props: IstioInstallationProps = {}, mesh: MeshProps = {}): void {
  new Mesh(chart, 'mesh', mesh);
  new IstioInstallation(chart, 'istio', props);
  service(new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.ambient() }), 'cart');
}

const run = (build: (chart: Chart) => void, options: MeshProgramOptions = { installIstio: true }): Promise<Stack> =>
  deploy(() => new MeshProgram('mesh', build, options));

/** What somebody else has in the stack. */
class First extends pulumi.CustomResource {}

const releasesOf = ({ resources }: Stack) => resources.filter(({ type }) => type === RELEASE);

describe('a MeshProgram that installs Istio', () => {
  it('has a release for each chart, each after all before it, and its objects after all of them', async () => {
    const stack = await run((chart) => platform(chart, { gateways: [InstalledGateway.ingress('way-in', { namespaceName: 'edge' })] }));
    const names = ['istio-system/istio-base', 'istio-system/istiod', 'istio-system/istio-cni', 'istio-system/ztunnel', 'edge/way-in'];
    const releases = names.map((name) => `mesh/${name}`);
    expect(releasesOf(stack).map(({ name }) => name)).toEqual(releases);
    for (const [index, one] of releasesOf(stack).entries()) {
      expect([...one.after].sort()).toEqual(releases.slice(0, index).sort());
      expect(one.parent).toBe(stack.named('MeshProgram', 'mesh').urn);
    }
    const objects = stack.objects.filter(({ type }) => type !== RELEASE);
    expect(objects.length).toBeGreaterThan(3);
    for (const { after } of objects) expect(after).toEqual(expect.arrayContaining(releases));
  });

  it('says what the installation says, under names that stay, in the words of the provider', async () => {
    let expected: object = {};
    const stack = await run((chart) => {
      platform(chart, {}, { trustDomain: 'example.com' });
      expected = (chart.node.findChild('istio') as IstioInstallation).helmReleases[1].values;
    });
    const { inputs, request } = stack.named(RELEASE, 'mesh/istio-system/istiod');
    expect(inputs).toEqual({
      chart: 'istiod',
      compat: 'true',
      createNamespace: true,
      name: 'istiod',
      namespace: 'istio-system',
      repositoryOpts: { repo: 'https://blob.istio.io/istio-release/charts' },
      values: JSON.parse(JSON.stringify(expected)),
      version: '1.31.1',
    });
    expect(request.getVersion()).toMatch(/^4\./);
  });

  it('has tags of revisions as objects between the charts and the gateways', async () => {
    const revisions = [{ name: 'blue', tags: ['prod'] }];
    const stack = await run((chart) => platform(chart, { revisions, gateways: [InstalledGateway.ingress('front')] }));
    const tag = stack.named(':MutatingWebhookConfiguration', 'mesh/istio-revision-tag-prod');
    expect(tag.type).toBe('kubernetes:admissionregistration.k8s.io/v1:MutatingWebhookConfiguration');
    expect(tag.inputs).toMatchObject({ metadata: { labels: { 'istio.io/tag': 'prod', 'istio.io/rev': 'blue' } } });
    expect(tag.after).toContain('mesh/istio-system/istiod-blue');
    expect(stack.named(RELEASE, 'mesh/istio-system/front').after).toContain(tag.name);
    expect(stack.named(':Service', 'mesh/istio-system/istiod-revision-tag-prod').after).toContain('mesh/istio-system/istiod-blue');
    expect(stack.named(RELEASE, 'mesh/istio-system/istiod-blue').inputs).not.toHaveProperty('values.revisionTags');
  });

  it('takes charts of a registry by their whole address', async () => {
    const stack = await run((chart) => platform(chart, { chartRepository: 'oci://registry.example.com/istio' }));
    const { inputs } = stack.named(RELEASE, 'mesh/istio-system/istio-base');
    expect(inputs).toMatchObject({ chart: 'oci://registry.example.com/istio/base', name: 'istio-base' });
    expect(inputs).not.toHaveProperty('repositoryOpts');
  });

  it('installs into a namespace of the program once that is there, which Helm would make otherwise', async () => {
    const stack = await run((chart) => {
      platform(chart, { gateways: [InstalledGateway.ingress('way-in', { namespaceName: 'edge' })] });
      new MeshNamespace(chart, 'edge', { dataPlane: DataPlane.sidecar() });
    });
    expect(stack.named(':Namespace', 'mesh/edge').after).toEqual([]);
    expect(stack.named(RELEASE, 'mesh/edge/way-in').after).toContain('mesh/edge');
    expect(stack.named(':Namespace', 'mesh/shop').after).toContain('mesh/edge/way-in');
  });

  it('says the network of the cluster on the namespace of istiod, before istiod is there', async () => {
    const cluster = MeshCluster.of('east', { network: 'near' });
    const stack = await run((chart) => platform(chart, {}, { cluster }));
    const patch = stack.named('kubernetes:core/v1:NamespacePatch', 'mesh/istio-system/istio-system');
    expect(patch.inputs).toMatchObject({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'istio-system', labels: { 'topology.istio.io/network': 'near' } },
    });
    expect(patch.after).toEqual(['mesh/istio-system/istio-base']);
    expect(stack.named(RELEASE, 'mesh/istio-system/istiod').after).toContain(patch.name);
  });

  it('comes after what the program comes after, and keeps its former names', async () => {
    const stack = await deploy(() => {
      const first = new First('test:index:First', 'first', {});
      new MeshProgram('mesh', (chart) => platform(chart), {
        installIstio: true,
        dependsOn: [first],
        aliases: [{ name: 'old' }],
        retainOnDelete: true,
      });
    });
    const base = stack.named(RELEASE, 'mesh/istio-system/istio-base');
    expect(base.after).toEqual(['first']);
    expect(base.aliases.map(({ name }) => name)).toContain('old/istio-system/istio-base');
    expect(base.isRetained).toBe(true);
  });

  it.each(['east', 'west'])('is the stack of the cluster %s, which its configuration names', async (name) => {
    pulumi.runtime.setConfig('shop:cluster', name);
    const stack = await run((chart) => {
      const clusters = ['east', 'west'].map((one) => MeshCluster.of(one, { network: `network-${one}` }));
      const wanted = new pulumi.Config('shop').require('cluster');
      const cluster = clusters.find(({ clusterName }) => clusterName === wanted);
      platform(chart, {}, { meshId: 'acme', cluster, otherClusters: clusters.filter((one) => one !== cluster) });
    });
    expect(stack.named(RELEASE, 'mesh/istio-system/istiod').inputs.values.global).toMatchObject({
      meshID: 'acme',
      multiCluster: { clusterName: name },
      network: `network-${name}`,
    });
  });

  it('installs nothing unless it is asked to', async () => {
    expect(releasesOf(await run((chart) => platform(chart), {}))).toEqual([]);
  });

  it('fails where the program has no installation, or somebody else who installs it', async () => {
    await expect(run((chart) => new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() }))).rejects.toThrow(
      "add new IstioInstallation(chart, 'istio')",
    );
    const twice = (chart: Chart): void => {
      platform(chart);
      new FluxInstallation(chart, 'flux', { installation: chart.node.findChild('istio') as IstioInstallation });
    };
    await expect(run(twice)).rejects.toThrow('FluxInstallation at mesh/flux');
  });
});
