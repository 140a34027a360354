import type { Labels } from '../../../lib/cluster/objects/fields';
import { LabelIndex } from '../../../lib/cluster/objects/label-index';

describe('things that have labels', () => {
  const items: { readonly labels: Labels }[] = [
    { labels: { app: 'cart', version: 'v1' } },
    { labels: { app: 'cart', version: 'v2' } },
    { labels: {} },
  ];
  const index = new LabelIndex(items);

  it('are found by some of them', () => {
    expect(index.having({ app: 'cart' })).toEqual(items.slice(0, 2));
    expect(index.having({ version: 'v2', app: 'cart' })).toEqual([items[1]]);
    expect(index.having({ app: 'cart', version: 'v3' })).toEqual([]);
    expect(index.having({ zone: 'a' })).toEqual([]);
  });

  it('are all found where no label is asked for', () => {
    expect(index.having({})).toEqual(items);
  });
});
