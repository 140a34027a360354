import { settledOf } from '../../../lib/graph/settle';
import { partyOf } from '../../../lib/graph/party-of';
import { MeshGraph } from '../../../lib/graph/mesh-graph';
import { enforcementsAt, placesOf } from '../../../lib/constructs/policies/policy-place';
import { external, shop } from '../../builders';
import { forEachEnforcer } from '../../for-each-plane';

describe('the places of policies', () => {
  forEachEnforcer((plane) => {
    it('are at the pods and at a waypoint, each with what its proxy has to check', () => {
      const { cart, product } = shop(plane);
      product.access.allow(cart);
      const party = partyOf(product, product, MeshGraph.of(product));
      const places = placesOf(party).filter(({ isUnasked }) => !isUnasked);
      const asked = places.map((place) => [place.attachedBy, enforcementsAt(settledOf(product), party, place, 'ALLOW').length]);
      expect(Object.fromEntries(asked)).toEqual({ selector: 1, targetRefs: plane.of({ sidecar: 0, ztunnel: 0, waypoint: 1 }) });
    });

    it('are at a waypoint alone for what has no pods', () => {
      const { shop: scope } = shop(plane);
      const api = external(scope, 'api');
      expect(placesOf(partyOf(api, api, MeshGraph.of(api))).map(({ attachedBy }) => attachedBy)).toEqual(['targetRefs']);
    });
  });

  it('are two for a host behind a gateway that moves, one for each of its forms', () => {
    const facts = { through: { name: 'out' } } as never;
    const kinds = ['Gateway', 'ServiceEntry'].map((kind) => ({ group: '', kind, name: 'x' }));
    const places = placesOf(facts, { migration: { wave: 0 } });
    expect(places.map(({ suffix, isFor }) => [suffix, kinds.map(isFor!)])).toEqual([
      ['', [true, false]],
      ['-waypoint', [false, true]],
    ]);
    expect(placesOf(facts)).toHaveLength(1);
  });
});
