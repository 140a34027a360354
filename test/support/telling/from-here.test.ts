import * as path from 'path';
import { fromHere } from '../../../lib/support/telling/from-here';

describe('a path from here', () => {
  it('is the same in every checkout, with forward slashes', () => {
    expect(fromHere(path.resolve('apps/shop/main.ts:3:7'))).toBe('apps/shop/main.ts:3:7');
  });

  it('leads out of the folder where the file is beside it', () => {
    expect(fromHere(path.resolve('../beside/team.ts:1:1'))).toBe('../beside/team.ts:1:1');
  });
});
