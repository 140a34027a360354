import fc from 'fast-check';
import { CHARTS } from '../apps/charts';
import { forEachPlane } from '../for-each-plane';
import { buildMesh } from '../properties/build-mesh';
import { meshPlan } from '../properties/mesh-arbitrary';
import { schemaErrors } from '../schemas/schema-errors';

describe('every object that is written', () => {
  forEachPlane((plane) => {
    it.each(Object.keys(CHARTS))('satisfies the schemas of the CRDs and of Kubernetes: %s', (app) => {
      const manifests = CHARTS[app](plane).toJson() as object[];
      expect(manifests.flatMap(schemaErrors)).toEqual([]);
      expect(manifests.length).toBeGreaterThan(25);
    });
  });

  it('satisfies them in any small mesh', () => {
    fc.assert(
      fc.property(meshPlan, (plan) => {
        expect((buildMesh(plan).toJson() as object[]).flatMap(schemaErrors)).toEqual([]);
      }),
      { numRuns: 30, seed: 2 },
    );
  });
});
