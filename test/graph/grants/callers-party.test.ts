import { Callers, IpBlocks, ServiceIdentity } from 'istio-constructs';
import { newChart } from '../../builders';
import { callersParty } from '../../../lib/graph/grants/callers-party';
import { MeshGraph } from '../../../lib/graph/mesh-graph';
import { partyOf } from '../../../lib/graph/party-of';

describe('many callers in the graph', () => {
  const chart = newChart();
  const graph = MeshGraph.of(chart);

  it('are one party, however often they are named', () => {
    expect(callersParty(Callers.ofNamespace('a'), graph)).toBe(partyOf(chart, Callers.ofNamespace('a'), graph));
    expect(callersParty(Callers.ofNamespace('b'), graph).key).not.toBe(callersParty(Callers.ofNamespace('a'), graph).key);
  });

  it('are other parties than an account among them', () => {
    expect(partyOf(chart, ServiceIdentity.of('a', 'b'), graph).kind).toBe('identity');
  });

  it('have a place in the cluster, or none', () => {
    expect(callersParty(Callers.ofNamespace('a'), graph)).toMatchObject({ namespaceName: 'a', principal: 'cluster.local/ns/a/sa/*' });
    expect(callersParty(Callers.ofTrustDomain('far.example'), graph)).toMatchObject({ namespaceName: '', isAnywhere: true });
    expect(callersParty(Callers.ofTrustDomain('cluster.local'), graph).isAnywhere).toBeUndefined();
    expect(callersParty(Callers.at(IpBlocks.ofPeers('10.0.0.7')), graph)).toMatchObject({ addresses: ['10.0.0.7/32'] });
  });
});
