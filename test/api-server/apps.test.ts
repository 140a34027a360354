import { changedObjects, changes, podTemplates } from './changes';
import { deleteAll, differences, everything, leftovers, refusals, stored } from './kubectl';
import { WRITTEN } from './written';

/** What a step of a canary may touch: the routes that carry its weights. */
const ROUTES: Readonly<Record<string, readonly string[]>> = {
  'ambient-migration/ambient-migration': ['VirtualService shop/product', 'HTTPRoute shop/product-gateway'],
  'canary/canary-ambient': ['HTTPRoute shop/cart', 'HTTPRoute shop/prices', 'TCPRoute shop/stock'],
  'canary/canary-sidecar': [
    'VirtualService shop/cart',
    'HTTPRoute shop/cart-gateway',
    'VirtualService shop/prices',
    'VirtualService shop/stock',
  ],
  'observability/observability-ambient': ['HTTPRoute tickets/orders-http', 'HTTPRoute tickets/orders-http-metrics'],
  'observability/observability-sidecar': ['VirtualService tickets/orders'],
  'online-shop/online-shop-ambient': ['HTTPRoute shop/cart'],
  'online-shop/online-shop-sidecar': ['VirtualService shop/cart', 'HTTPRoute shop/cart-gateway'],
};

describe.each(WRITTEN)('$name', ({ name, yaml, canary }) => {
  let others: string[];
  beforeAll(async () => {
    others = await everything();
  });
  afterAll(() => deleteAll(yaml));

  it('is accepted as it is written, in the order written', async () => {
    expect(await refusals(yaml)).toEqual([]);
  });

  it('is not changed by a second apply', async () => {
    const before = await stored(yaml);

    expect(await differences(yaml)).toBe('');
    expect(await refusals(yaml)).toEqual([]);
    expect(changes(before, await stored(yaml))).toEqual([]);
  });

  if (canary) {
    const routes = ROUTES[name] ?? [`say in ROUTES what the next step of ${name} changes`];

    it('takes the next step of its canary by the weights of its routes alone', async () => {
      const before = await stored(yaml);

      expect(await refusals(canary.nextStep)).toEqual([]);
      const lines = changes(before, await stored(canary.nextStep));
      expect(changedObjects(lines)).toEqual(routes);
      expect(lines.filter((line) => !/\.weight \d+ -> \d+$/.test(line))).toEqual([]);
    });

    it('promotes its canary without restarting a pod', async () => {
      const before = await stored(yaml);

      expect(await refusals(canary.promoted)).toEqual([]);
      const after = await stored(canary.promoted);
      expect(changedObjects(changes(before, after))).toEqual(routes);
      expect(podTemplates(after)).toEqual(podTemplates(before));
    });
  }

  it('leaves nothing behind when it is deleted', async () => {
    await deleteAll(yaml);

    expect(await leftovers(others)).toEqual([]);
  });
});
