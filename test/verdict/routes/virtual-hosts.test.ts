import { closeness, closestTo, commonHosts, narrower } from '../../../lib/verdict/routes/virtual-hosts';

describe('names of two patterns', () => {
  it('are those of the narrower', () => {
    expect(narrower('*', 'a.example.com')).toBe('a.example.com');
    expect(narrower('*.example.com', '*')).toBe('*.example.com');
    expect(narrower('a.example.com', 'b.example.com')).toBeUndefined();
  });

  it('are the same in capitals, each once', () => {
    expect(commonHosts(['*.Example.com', 'b.com'], ['a.example.com', '*', 'A.example.com'])).toEqual([
      'a.example.com',
      '*.example.com',
      'b.com',
    ]);
  });
});

describe('the closest name', () => {
  it('is the host itself, then the longest pattern', () => {
    expect([closeness('a.b', 'a.b'), closeness('*.b', 'a.b'), closeness('*', 'a.b'), closeness('c.b', 'a.b')]).toEqual([Infinity, 3, 1, 0]);
  });

  it('is of all that have it, and of nobody where none fits', () => {
    const items = [['*'], ['*.b'], ['c.b', '*.b']];
    expect(closestTo('a.b', items, (one) => one)).toEqual([['*.b'], ['c.b', '*.b']]);
    expect(closestTo('a.b', [['c.b']], (one) => one)).toEqual([]);
  });
});
