import { oncePer } from '../../lib/support/once-per';

describe('what follows from a thing', () => {
  it('is computed when somebody first asks, once for each thing, whatever comes of it', () => {
    let asked = 0;
    const lengthOf = oncePer((names: readonly string[]) => {
      asked += 1;
      return names.length > 0 ? names.length : undefined;
    });
    const [one, none] = [['a'], []];
    expect(asked).toBe(0);
    expect([lengthOf(one), lengthOf(one), lengthOf(none), lengthOf(none)]).toEqual([1, 1, undefined, undefined]);
    expect(asked).toBe(2);
  });
});
