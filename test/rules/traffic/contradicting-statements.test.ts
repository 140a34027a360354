import { contradictingStatements } from '../../../lib/rules/traffic/contradicting-statements';
import { findings, route, service } from '../model-builder';

const first = { path: 'shop/cart-v2', site: { line: 'shop.ts:10:3' } };
const second = { path: 'shop/cart-v3', site: { line: 'shop.ts:20:3' } };

describe(contradictingStatements.title, () => {
  it('takes statements that can all hold', () => {
    expect(findings(contradictingStatements, { routes: [route(service('cart'))] })).toEqual([]);
  });

  it('fails where two cannot, and names both with their lines', () => {
    const conflicts = [{ what: 'both make pods of version v2', said: 'v2', first, second }];
    expect(findings(contradictingStatements, { routes: [route(service('cart'), { conflicts })] })).toEqual([
      expect.objectContaining({
        on: second,
        message: 'shop/cart-v2 (shop.ts:10:3) and shop/cart-v3 (shop.ts:20:3) shape the traffic of cart, and both make pods of version v2',
        got: 'v2',
      }),
    ]);
  });
});
