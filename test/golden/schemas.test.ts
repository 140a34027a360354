import fc from 'fast-check';
import { App } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { OnlineShop } from '../../apps/online-shop/online-shop';
import { buildMesh } from '../properties/build-mesh';
import { meshPlan } from '../properties/mesh-arbitrary';
import { schemaErrors } from '../schemas/schema-errors';

const PLANES = { sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() };

describe('every object that is written', () => {
  it.each(Object.entries(PLANES))('satisfies the schemas of the CRDs and of Kubernetes: the shop, %s', (_, dataPlane) => {
    const manifests = new OnlineShop(new App(), 'online-shop', { dataPlane }).toJson() as object[];
    expect(manifests.flatMap(schemaErrors)).toEqual([]);
    expect(manifests.length).toBeGreaterThan(40);
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
