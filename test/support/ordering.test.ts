import fc from 'fast-check';
import { canonical, compareText, sortedBy } from '../../lib/support/ordering';

describe('the order of lists whose order means nothing', () => {
  it('is by code unit, whatever the locale', () => {
    expect(['ä', 'a', 'Z', 'z', '-', 'é'].sort(compareText)).toEqual(['-', 'Z', 'a', 'z', 'ä', 'é']);
    expect(compareText('a', 'a')).toBe(0);
  });

  it('keeps what has the same key as it was', () => {
    const items = [
      { k: 'b', n: 1 },
      { k: 'a', n: 2 },
      { k: 'a', n: 1 },
    ];
    expect(sortedBy(items, ({ k }) => k)).toEqual([
      { k: 'a', n: 2 },
      { k: 'a', n: 1 },
      { k: 'b', n: 1 },
    ]);
  });

  it('names each thing once, in one order', () => {
    const items = fc.array(fc.record({ port: fc.nat(9), name: fc.constantFrom('a', 'b') }));
    expect(() =>
      fc.assert(
        fc.property(items, (list) => {
          expect(canonical([...list].reverse())).toEqual(canonical(list));
          expect(canonical([...list, ...list])).toEqual(canonical(list));
        }),
        { seed: 1 },
      ),
    ).not.toThrow();
  });
});
