import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { DataPlane, MeshNamespace } from 'istio-constructs';
import { MeshProgram, type MeshProgramOptions } from 'istio-constructs-pulumi';
import { deploy } from './stack';

const VARIABLE = 'PULUMI_K8S_UPSERT_EXISTING_OBJECTS';

async function warnings(options: () => MeshProgramOptions, isPreview = false): Promise<readonly string[]> {
  const plane = { dataPlane: DataPlane.sidecar() };
  const { logs } = await deploy(() => new MeshProgram('mesh', (chart) => void new MeshNamespace(chart, 'shop', plane), options()), {
    isPreview,
  });
  return logs.filter((text) => text.includes('upsertExistingObjects'));
}

const provider = (upsertExistingObjects?: boolean) => new k8s.Provider('cluster', { upsertExistingObjects });

const warned = [
  expect.stringMatching(/^warn on mesh: upsertExistingObjects is on: [^]*\n  fix: turn it off after the update that adopts them/),
];

describe('a program that adopts what is in the cluster', () => {
  afterEach(() => {
    delete process.env[VARIABLE];
    pulumi.runtime.setAllConfig({});
  });

  it('is warned while its provider does', async () => {
    expect(await warnings(() => ({ provider: provider(true) }))).toEqual(warned);
    expect(await warnings(() => ({ providers: [provider(true)] }), true)).toEqual(warned);
  });

  it('is warned where a component around it has the provider', async () => {
    const around = () => ({ parent: new pulumi.ComponentResource('test:index:Around', 'around', {}, { providers: [provider(true)] }) });
    expect(await warnings(around)).toEqual(warned);
  });

  it('is warned by the environment, which holds for a provider that says nothing too', async () => {
    process.env[VARIABLE] = 'true';
    expect(await warnings(() => ({}))).toEqual(warned);
    expect(await warnings(() => ({ provider: provider() }))).toEqual(warned);
    expect(await warnings(() => ({ provider: provider(false) }))).toEqual([]);
  });

  it('is warned by the configuration of the default provider, and not where it has another', async () => {
    pulumi.runtime.setConfig('kubernetes:upsertExistingObjects', 'true');
    expect(await warnings(() => ({}))).toEqual(warned);
    expect(await warnings(() => ({ provider: provider() }))).toEqual([]);
  });

  it('is told nothing where it adopts nothing', async () => {
    expect(await warnings(() => ({}))).toEqual([]);
    expect(await warnings(() => ({ provider: provider(false) }))).toEqual([]);
  });
});
