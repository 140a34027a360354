import { tell } from '../../../lib/support/telling/tell';

const mistake = { code: 'MESH203', path: 'shop/cart', what: 'no port 1', got: '1', fix: 'call 8080', line: 'main.ts:1:1' };

describe('a mistake', () => {
  it('is told in one order', () => {
    expect(tell(mistake).split('\n')).toEqual([
      'MESH203 at shop/cart: no port 1',
      '  got: 1',
      '  fix: call 8080',
      '  declared at: main.ts:1:1',
      '  page: docs/rules/MESH203.md',
    ]);
  });

  it('is told without what nobody knows of it', () => {
    expect(tell({ ...mistake, got: undefined, line: undefined })).not.toMatch(/got|declared/);
  });

  it('may be in the App itself', () => {
    expect(tell({ ...mistake, path: '' })).toMatch(/^MESH203 at the app: /);
  });
});
