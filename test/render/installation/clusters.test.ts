import { clusterEnv, globalsOfCluster, marksOfNamespace, ztunnelOfCluster } from '../../../lib/render/installation/clusters';
import { clusterFacts, factsOf } from './facts';

const { mesh } = factsOf();
const east = factsOf({ mesh: { ...mesh, meshId: 'acme', cluster: clusterFacts('east', 'near') } });

describe('what an installation says of its cluster', () => {
  it('is nothing where the program says none', () => {
    expect([globalsOfCluster(factsOf()), ztunnelOfCluster(factsOf()), clusterEnv(factsOf())]).toEqual([{}, {}, {}]);
    expect(marksOfNamespace(factsOf({ discoverySelectors: [{ mesh: 'yes' }] }))).toBeUndefined();
  });

  it('is its mesh, its name and its network', () => {
    expect(globalsOfCluster(east)).toEqual({ meshID: 'acme', multiCluster: { clusterName: 'east' }, network: 'near' });
    expect(ztunnelOfCluster(east)).toEqual({ multiCluster: { clusterName: 'east' }, network: 'near' });
    expect(globalsOfCluster({ ...east, mesh: { ...mesh, cluster: clusterFacts('east') } })).toEqual({
      multiCluster: { clusterName: 'east' },
    });
  });

  it('is a flag where ztunnel is to know of other networks', () => {
    expect(clusterEnv(east)).toEqual({});
    expect(clusterEnv({ ...east, profile: 'ambient' })).toEqual({ AMBIENT_ENABLE_MULTI_NETWORK: 'true' });
    expect(clusterEnv({ ...east, profile: 'ambient', mesh: { ...mesh, cluster: clusterFacts('east') } })).toEqual({});
  });

  it('stands on the namespace of istiod, with a label by which others find what is in there', () => {
    expect(marksOfNamespace(east)).toEqual({ labels: { 'topology.istio.io/network': 'near' } });
    expect(marksOfNamespace({ ...east, discoverySelectors: [{ mesh: 'yes' }, { team: 'shop' }] })).toEqual({
      labels: { mesh: 'yes', 'topology.istio.io/network': 'near' },
    });
    expect(marksOfNamespace({ ...east, mesh: { ...mesh, cluster: clusterFacts('east') } })).toBeUndefined();
  });
});
