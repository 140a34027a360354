import { annotationsOfRole, globalsOfRole, isRemote, valuesOfRole } from '../../../lib/render/installation/roles';
import { clusterFacts, factsOf } from './facts';

const { mesh } = factsOf();
const remote = (network?: string) =>
  factsOf({
    mesh: { ...mesh, cluster: clusterFacts('west', network) },
    role: { isRemote: true, primary: 'east', discoveryAddress: '203.0.113.10' },
  });

describe('the role of a cluster', () => {
  it('is to have an istiod of its own, of which nothing is said', () => {
    const facts = factsOf();
    expect([isRemote(facts), globalsOfRole(facts), valuesOfRole(facts), annotationsOfRole(facts)]).toEqual([false, {}, {}, undefined]);
  });

  it('is to serve others', () => {
    expect(globalsOfRole(factsOf({ role: { isRemote: false, remotes: ['west'] } }))).toEqual({ externalIstiod: true });
  });

  it('is to be served by another', () => {
    expect([isRemote(remote()), globalsOfRole(remote())]).toEqual([true, { remotePilotAddress: '203.0.113.10' }]);
    expect(valuesOfRole(remote())).toEqual({ istiodRemote: { injectionPath: '/inject/cluster/west' } });
    expect(valuesOfRole(remote('far'))).toEqual({ istiodRemote: { injectionPath: '/inject/cluster/west/net/far' } });
    expect(annotationsOfRole(remote())).toEqual({ 'topology.istio.io/controlPlaneClusters': 'east' });
  });
});
