import { openToAnyone } from '../../../lib/rules/access/open-to-anyone';
import { ANYONE, call, findings, service } from '../model-builder';

const product = service('product');

describe(openToAnyone.title, () => {
  it('takes callers that are named, and a refusal of everybody', () => {
    expect(findings(openToAnyone, { calls: [call(service('cart'), product), call(ANYONE, product, { action: 'DENY' })] })).toEqual([]);
  });

  it('takes spans, which whoever keeps traces gets from everybody', () => {
    expect(findings(openToAnyone, { calls: [call(ANYONE, service('tempo', { isGuarded: true }))] })).toEqual([]);
  });

  it('fails open access, with its reason', () => {
    const calls = [call(ANYONE, product, { path: 'shop/product', reason: 'a public catalogue' })];
    expect(findings(openToAnyone, { calls })).toMatchObject([{ on: { path: 'shop/product' }, got: 'reason: a public catalogue' }]);
  });
});
