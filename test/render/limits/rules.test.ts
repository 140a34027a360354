import { renderRules } from '../../../lib/render/limits/rules';
import { TEN } from './limits';

const rate_limit = { unit: 'second', requests_per_unit: 10 };

describe('rules of envoyproxy/ratelimit', () => {
  it('stand in each other as entries of a descriptor follow each other', () => {
    expect(renderRules('d', [{ ...TEN, by: { header: 'x' } }])).toEqual({
      domain: 'd',
      descriptors: [
        {
          key: 'limit',
          value: 'shop/a',
          descriptors: [
            { key: 'x', rate_limit },
            { key: 'without', value: 'x', rate_limit },
          ],
        },
      ],
    });
  });

  it('are in the order of names, whatever the order of limits', () => {
    const limits = [{ ...TEN, name: 'shop/b' }, TEN];
    expect(renderRules('d', limits).descriptors).toEqual(['shop/a', 'shop/b'].map((value) => ({ key: 'limit', value, rate_limit })));
  });
});
