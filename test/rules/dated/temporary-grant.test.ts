import { temporaryGrant } from '../../../lib/rules/dated/temporary-grant';
import { call, findings, service } from '../model-builder';

const calls = [call(service('cart'), service('product'), { path: 'shop/product', until: '2026-12-31', reason: 'a move' })];

describe(temporaryGrant.title, () => {
  it('says nothing of calls for good, nor of one whose day is over', () => {
    const forGood = [call(service('cart'), service('product'), { reason: 'shows prices' })];
    expect(findings(temporaryGrant, { calls: forGood, today: '2026-12-01' })).toEqual([]);
    expect(findings(temporaryGrant, { calls, today: '2027-01-01' })).toEqual([]);
  });

  it.each(['2026-12-31', undefined])('names the day and the reason, on %s', (today) => {
    expect(findings(temporaryGrant, { calls, today })).toMatchObject([
      {
        on: { path: 'shop/product' },
        message: expect.stringContaining('shop/cart may call shop/product') as string,
        got: 'reason: a move',
      },
    ]);
  });
});
