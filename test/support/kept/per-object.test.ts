import { perObject } from '../../../lib/support/kept/per-object';

describe('what follows from an object', () => {
  it('is computed once for each, also where it is nothing', () => {
    let asked = 0;
    const nothing = perObject((_: object) => {
      asked += 1;
      return undefined;
    });
    const [one, other] = [{}, {}];
    expect([one, one, other].map(nothing)).toEqual([undefined, undefined, undefined]);
    expect(asked).toBe(2);
  });
});
