import { App, type ApiObject, type Chart, Yaml } from 'cdk8s';
import { DataPlane, ForeignFields, WeightsOwner } from 'istio-constructs';
import { OnlineShop } from '../../apps/online-shop/online-shop';
import { canary, type Manifest, shop } from '../builders';
import { forEachPlane } from '../for-each-plane';
import { deleteAll, run } from './kubectl';

const US = '--field-manager=us';

/** Created without server-side apply, as Pulumi's provider does: what is applied later by the same name joins what was created. */
const create = (yaml: string) => run(['create', US, '--filename=-'], yaml);
const apply = (yaml: string, ...flags: readonly string[]) => run(['apply', '--server-side', US, ...flags, '--filename=-'], yaml);

const yamlOf = (chart: Chart): string => Yaml.stringify(...(chart.toJson() as object[]));

const named = ({ apiGroup, kind, metadata }: ApiObject): string[] => [
  `${kind}.${apiGroup}`.toLowerCase(),
  metadata.name!,
  `--namespace=${metadata.namespace}`,
];

describe.each([
  [DataPlane.sidecar(), DataPlane.ambient()],
  [DataPlane.ambient(), DataPlane.sidecar()],
])('objects that were created before server-side apply', (before, now) => {
  const shopIn = (dataPlane: DataPlane): string => yamlOf(new OnlineShop(new App(), 'online-shop', { dataPlane }));
  afterAll(async () => {
    for (const plane of [before, now]) await deleteAll(shopIn(plane));
  });

  it('become those of the other plane, for what is attached elsewhere is another object', async () => {
    await create(shopIn(before));
    await apply(shopIn(now), '--force-conflicts');
    const { items } = JSON.parse(await run(['get', 'authorizationpolicies', '--all-namespaces', '--output=json'])) as { items: any[] };
    expect(items.filter(({ spec }) => spec.selector && spec.targetRefs)).toEqual([]);
  });
});

describe('a route whose weights somebody else moves', () => {
  forEachPlane((plane) => {
    const { chart, cart } = shop(plane);
    canary(cart, { weightsOwnedBy: WeightsOwner.person('whoever is on call') });
    const route = cart.objects.find((object) => ForeignFields.of(object).length > 0)!;
    const [path] = ForeignFields.of(route);
    const list = path.slice(0, path.indexOf('['));
    const live = async (): Promise<any> => JSON.parse(await run(['get', ...named(route), '--output=json']));
    const yaml = yamlOf(chart);

    beforeAll(async () => {
      await apply(yaml);
      const patch = [{ op: 'replace', path: `/${path.replace(/[.[\]]+/g, '/')}`, value: 42 }];
      await run(['patch', ...named(route), '--field-manager=on-call', '--type=json', `--patch=${JSON.stringify(patch)}`]);
    });
    afterAll(() => deleteAll(yaml));

    it('is a conflict as a whole list, whichever weight was moved', async () => {
      await expect(apply(Yaml.stringify(route.toJson() as object))).rejects.toThrow(`.${list}`);
    });

    it('keeps them, and takes every other change, where the list is left out', async () => {
      const manifest = route.toJson() as Manifest;
      const [field] = list.split('.').slice(1);
      const { [field]: _, ...others } = manifest.spec!;
      await apply(Yaml.stringify({ ...manifest, metadata: { ...manifest.metadata, labels: { team: 'buy' } }, spec: others }));
      const { metadata, spec } = await live();
      expect(metadata.labels).toMatchObject({ team: 'buy' });
      expect(JSON.stringify(spec[field])).toContain('"weight":42');
    });
  });
});
