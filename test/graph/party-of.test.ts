import { DataPlane, ServiceIdentity } from 'istio-constructs';
import { MeshGraph } from '../../lib/graph/mesh-graph';
import { partyOf, setParty } from '../../lib/graph/party-of';
import { edgeGateway, external, shop } from '../builders';
import { service as party } from '../rules/model-builder';
import { expectRefusal } from '../support/refusal';

const plane = { dataPlane: DataPlane.sidecar() };

describe('who somebody is in the graph of calls', () => {
  it('is said by whoever made it', () => {
    const { chart, shop: namespace, cart } = shop(plane);
    const all = [cart, edgeGateway(chart, plane.dataPlane), external(namespace, 'cards')];
    expect(all.map((one) => partyOf(chart, one, MeshGraph.of(chart)).kind)).toEqual(['service', 'gateway', 'external']);
  });

  it('is found in the graph of its App, for an identity too', () => {
    const { chart, cart } = shop(plane);
    const graph = MeshGraph.of(chart);
    for (const one of [cart, ServiceIdentity.of('legacy', 'web')]) {
      const found = partyOf(chart, one, graph);
      expect(graph.parties.get(found.key)).toBe(found);
    }
  });

  it('does not show on the one who says it', () => {
    const owner = { name: 'cart' };
    setParty(owner, party('cart'));
    expect([Object.keys(owner), JSON.stringify(owner)]).toEqual([['name'], '{"name":"cart"}']);
  });

  it('fails for what this library did not make', () => {
    const { chart } = shop(plane);
    class Database {}
    const act = () => partyOf(chart, new Database(), MeshGraph.of(chart));
    expectRefusal(act, { code: 'MESH009', path: chart.node.path, fix: 'pass a MeshedService', got: 'a Database' });
  });
});
