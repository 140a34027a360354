import { type Chart, Yaml } from 'cdk8s';
import { canary, manifests, shop } from '../builders';
import { forEachPlane } from '../for-each-plane';
import { changes, podTemplates } from './changes';
import { deleteAll, type Objects, refusals, stored } from './kubectl';

const IMAGE = 'registry.example.com/cart:2.0.0';
const [STABLE, CANARY] = ['Deployment shop/cart-v1', 'Deployment shop/cart-v2'];

const yamlOf = (chart: Chart): string => Yaml.stringify(...manifests(chart));

describe('a promoted canary', () => {
  forEachPlane((plane) => {
    const released = shop(plane);
    canary(released.cart, { weight: 100, canary: { version: 'v2', image: IMAGE } });
    const finished = shop(plane, { version: 'v2', image: IMAGE });
    let before: Objects;
    let after: Objects;
    beforeAll(async () => {
      expect(await refusals(yamlOf(released.chart))).toEqual([]);
      before = await stored(yamlOf(released.chart));
      expect(await refusals(yamlOf(finished.chart))).toEqual([]);
      after = new Map([...(await stored(yamlOf(released.chart))), ...(await stored(yamlOf(finished.chart)))]);
    });
    afterAll(() => deleteAll(yamlOf(released.chart)));

    it('becomes the stable version without a restart', () => {
      expect([...podTemplates(before).keys()]).toEqual(expect.arrayContaining([STABLE, CANARY]));
      expect(podTemplates(after)).toEqual(podTemplates(before));
    });

    it('is the same Deployment afterwards', () => {
      expect(changes(before, after).filter((line) => line.startsWith('Deployment '))).toEqual([]);
    });
  });
});
