import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { CHARTS } from '../apps/charts';
import { forEachPlane } from '../for-each-plane';
import { buildMesh } from '../properties/build-mesh';
import { meshPlan } from '../properties/mesh-arbitrary';
import { schemaErrors } from '../schemas/schema-errors';

/** How many objects of an app are reviewed. */
function reviewed(app: string, plane: string): number {
  const golden = readFileSync(join(__dirname, app, `${plane}.yaml`), 'utf8');
  return [...golden.matchAll(/^kind: /gm)].length;
}

describe('every object that is written', () => {
  forEachPlane((plane) => {
    it.each(Object.keys(CHARTS))('satisfies the schemas of the CRDs and of Kubernetes: %s', (app) => {
      const manifests = CHARTS[app](plane).toJson() as object[];
      expect(manifests.flatMap(schemaErrors)).toEqual([]);
      expect(manifests).toHaveLength(reviewed(app, plane.name));
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
