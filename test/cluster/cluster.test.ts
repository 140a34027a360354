import { readCluster } from '../../lib/cluster/cluster';

describe('a cluster', () => {
  it("is its manifests, and Istio's own defaults for what its installation does not say", () => {
    expect(readCluster([])).toEqual({
      objects: [],
      dropsUnknown: false,
      rootNamespace: 'istio-system',
      trustDomain: 'cluster.local',
      trustDomainAliases: [],
      clusterDomain: 'cluster.local',
      pathNormalization: 'BASE',
      namespacesElsewhere: {},
    });
  });

  it('may be said to be another', () => {
    const said = { rootNamespace: 'mesh', trustDomain: 'example.org', namespacesElsewhere: { bank: {} } };
    expect(readCluster([], said)).toMatchObject({ ...said, clusterDomain: 'cluster.local' });
  });
});
