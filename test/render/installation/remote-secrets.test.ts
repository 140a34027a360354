import { remoteSecret, remoteSecretCommands } from '../../../lib/render/installation/remote-secrets';
import { clusterFacts, factsOf } from './facts';

const { mesh } = factsOf();
const otherClusters = ['west', 'north'].map((name) => clusterFacts(name));

describe('remote secrets', () => {
  it('let the istiod of this cluster look into each of the others', () => {
    const facts = factsOf({ mesh: { ...mesh, cluster: clusterFacts('east'), otherClusters }, contexts: { east: 'e', north: 'n' } });
    expect(remoteSecretCommands(facts)).toEqual([
      'istioctl create-remote-secret --context west --name west | kubectl apply --context e --server-side --filename -',
      'istioctl create-remote-secret --context n --name north | kubectl apply --context e --server-side --filename -',
    ]);
  });

  it('are in the namespace of istiod, wherever that is', () => {
    expect(remoteSecret(factsOf({ namespaceName: 'mesh' }), 'west', 'east')).toContain('--name west --istioNamespace mesh |');
  });

  it('are none in a mesh of one cluster', () => {
    expect(remoteSecretCommands(factsOf())).toEqual([]);
  });
});
