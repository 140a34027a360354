import { Deferred, type DeferredPart, ExternalPort, ExternalService, ForeignFields, WeightsOwner } from 'istio-constructs';
import { ApiObject } from 'cdk8s';
import { canary, service, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { type MeshUnderTest, meshFrom, meshOf } from '../mesh-under-test';
import { call, sharesOf } from '../requests';

const OWNER = WeightsOwner.person('the shop team');

describe('a back end', () => {
  forEachPlane((plane) => {
    it('finds the weights that are those of a person, by which istiod splits', async () => {
      const one = shop(plane);
      one.product.calls(one.cart);
      canary(one.cart, { weight: 0, weightsOwnedBy: OWNER });
      const request = call(one.product, one.cart);
      expect(sharesOf(await meshOf(one.chart).answer(request))).toEqual({ 'shop/cart-v1': 100 });

      const moved = one.chart.node
        .findAll()
        .filter((construct) => ApiObject.isApiObject(construct))
        .map((object) => withWeights(object.toJson() as object, ForeignFields.of(object), [70, 30]));
      expect(sharesOf(await clean(meshFrom(moved)).then((mesh) => mesh.answer(request)))).toEqual({
        'shop/cart-v1': 70,
        'shop/cart-v2': 30,
      });
    });

    it('puts values in the place of marks, and istiod takes what comes out', async () => {
      const values = ['example.com', 3, ['--fast', '--safe'], 'registry.example.com/search:1.0.0'];
      const one = shop(plane);
      const search = service(one.shop, 'search', { image: Deferred.text(3), replicas: Deferred.number(1), args: Deferred.list(2) });
      const bank = new ExternalService(one.shop, 'bank', { host: `bank.${Deferred.text(0)}`, port: ExternalPort.https() });
      search.calls(bank);

      const mesh = await clean(meshFrom(meshOf(one.chart).manifests.map((manifest) => filledIn(manifest, values) as object)));
      expect(mesh.manifests).toContainEqual(
        expect.objectContaining({
          kind: 'Deployment',
          spec: expect.objectContaining({
            replicas: 3,
            template: expect.objectContaining({
              spec: expect.objectContaining({ containers: [expect.objectContaining({ image: values[3], args: values[2] })] }),
            }),
          }),
        }),
      );
      const to = { host: 'bank.example.com', port: 443 };
      const answers = await mesh.answers(['shop/search-v1', 'shop/cart-v1'].map((workload) => ({ from: { workload }, to })));
      // No proxy stands before a host outside where a namespace in ambient has no waypoint.
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, plane.of({ sidecar: false, ambient: true })]);
    });
  });
});

/** The mesh, once no judge has an error or a warning about it. */
async function clean(mesh: MeshUnderTest): Promise<MeshUnderTest> {
  expect((await mesh.findings()).filter(({ level }) => level !== 'info')).toEqual([]);
  return mesh;
}

/** What the owner of the weights makes of an object: the fields in their order get these weights, again and again. */
function withWeights(manifest: object, fields: readonly string[], weights: readonly number[]): object {
  const copy = structuredClone(manifest);
  fields.forEach((field, index) => {
    const keys = field.split(/[.[\]]+/).filter((key) => key !== '');
    const owner = keys.slice(0, -1).reduce<any>((at, key) => at[key], copy);
    expect(owner).toHaveProperty(keys.at(-1)!);
    owner[keys.at(-1)!] = weights[index % weights.length];
  });
  return copy;
}

/** Values by their ids, where the marks are. */
function filledIn(value: unknown, values: readonly unknown[]): unknown {
  const id = Deferred.textId(value) ?? Deferred.numberId(value) ?? Deferred.listId(value);
  if (id !== undefined) return values[id];
  if (typeof value === 'string' && Deferred.isDeferred(value))
    return Deferred.parts(value)
      .map((part) => partText(part, values))
      .join('');
  if (Array.isArray(value)) return value.map((item) => filledIn(item, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, filledIn(field, values)]));
}

const partText = ({ literal, id }: DeferredPart, values: readonly unknown[]): string => literal ?? String(values[id!]);
