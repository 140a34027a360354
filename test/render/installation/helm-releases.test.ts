import { helmReleases, installedMeshConfig, istiodEnv, istiodName, istiodPodValues } from '../../../lib/render/installation/helm-releases';
import { factsOf } from './facts';

describe('releases of Helm', () => {
  it('come in the order in which they need each other', () => {
    const gateways = [{ name: 'front', way: 'ingress', pods: {} }] as const;
    const releases = helmReleases(factsOf({ profile: 'ambient', gateways }));
    expect(releases.map(({ name, chart }) => [name, chart])).toEqual([
      ['istio-base', 'base'],
      ['istiod', 'istiod'],
      ['istio-cni', 'cni'],
      ['ztunnel', 'ztunnel'],
      ['front', 'gateway'],
    ]);
  });

  it('say the revision to all that talk to one with a name', () => {
    const revisions = [{ name: 'blue', version: '1.31.1', tags: ['prod'] }];
    const [base, istiod, ...others] = helmReleases(factsOf({ profile: 'ambient', revisions }));
    expect(base.values).toMatchObject({ defaultRevision: 'blue' });
    expect(istiod).toMatchObject({ name: 'istiod-blue', values: { revision: 'blue' } });
    expect(others.map(({ values }) => values.revision)).toEqual(['blue', 'blue']);
  });

  it('leave tags to nobody: a release that gives one away would take it down', () => {
    const revisions = [{ name: 'blue', version: '1.31.1', tags: ['prod'] }];
    expect(JSON.stringify(helmReleases(factsOf({ revisions })))).not.toContain('prod');
  });

  it('have the control plane with the tag default check what is written', () => {
    const [blue, green] = ['blue', 'green'].map((name) => ({ name, version: '1.31.1', tags: [] }));
    const [base] = helmReleases(factsOf({ revisions: [blue, { ...green, tags: ['default'] }] }));
    expect(base.values).toMatchObject({ defaultRevision: 'green' });
  });

  it('name istiod by its revision', () => {
    expect([istiodName({ version: '1.31.1', tags: [] }), istiodName({ name: 'a', version: '1.31.1', tags: [] })]).toEqual([
      'istiod',
      'istiod-a',
    ]);
  });

  it('say of pods what is said', () => {
    expect(istiodPodValues({})).toEqual({});
    expect(istiodPodValues({ replicas: 3, annotations: { team: 'mesh' } })).toEqual({
      autoscaleEnabled: false,
      replicaCount: 3,
      podAnnotations: { team: 'mesh' },
    });
  });

  it('say ambient by themselves where their profile is another', () => {
    const facts = factsOf({ profile: 'demo', planes: [{ mode: 'ambient' }], env: { A: 'b' } });
    expect(istiodEnv(facts)).toEqual({ PILOT_ENABLE_AMBIENT: 'true', A: 'b' });
    expect(installedMeshConfig(facts)).toHaveProperty('defaultConfig');
    expect(installedMeshConfig(factsOf())).not.toHaveProperty('defaultConfig');
  });
});
