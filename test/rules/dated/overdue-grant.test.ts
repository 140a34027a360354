import { overdueGrant } from '../../../lib/rules/dated/overdue-grant';
import { ANYONE, call, findings, service } from '../model-builder';

const calls = [call(ANYONE, service('product'), { path: 'shop/product', until: '2026-12-31', reason: 'a sale' })];

describe(overdueGrant.title, () => {
  it('takes a grant on its last day, and one for good', () => {
    expect(findings(overdueGrant, { calls, today: '2026-12-31' })).toEqual([]);
    expect(findings(overdueGrant, { calls: [call(service('cart'), service('product'))], today: '2099-01-01' })).toEqual([]);
  });

  it('fails the day after', () => {
    expect(findings(overdueGrant, { calls, today: '2027-01-01' })).toMatchObject([
      { on: { path: 'shop/product' }, message: expect.stringContaining('anyone in the mesh may call shop/product') as string },
    ]);
  });
});
