import { subsetFields } from '../../../lib/render/routes/subset-fields';

describe('fields that say which pods are in a subset', () => {
  it('are the labels of each', () => {
    const subsets = [{ name: 'stable' }, { name: 'canary' }];
    expect(subsetFields({ spec: { host: 'cart', subsets } })).toEqual(['spec.subsets[0].labels', 'spec.subsets[1].labels']);
  });

  it('are none without subsets', () => {
    expect([subsetFields({ spec: { host: 'cart' } }), subsetFields({})]).toEqual([[], []]);
  });
});
