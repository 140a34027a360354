import { contextOf, inContext } from '../../../lib/render/installation/contexts';
import { clusterFacts, factsOf } from './facts';

describe('the context of a command', () => {
  const { mesh } = factsOf();
  const east = factsOf({ mesh: { ...mesh, cluster: clusterFacts('east') }, contexts: { west: 'admin@west' } });

  it('is called as its cluster, or as it is said', () => {
    expect([contextOf(east, 'east'), contextOf(east, 'west')]).toEqual(['east', 'admin@west']);
  });

  it('is said where there are several clusters', () => {
    expect([inContext('--context', factsOf()), inContext('--kube-context', east)]).toEqual(['', ' --kube-context east']);
  });
});
