import { escapedPattern } from '../../../lib/support/patterns/escaped-pattern';

describe('a text in a pattern', () => {
  it.each(['a.b', '1+1', '(x)', '[y]', '$^|?*{}', 'back\\slash'])('means itself: %s', (text) => {
    const pattern = new RegExp(`^${escapedPattern(text)}$`);
    expect(pattern.test(text)).toBe(true);
    expect(pattern.test(`${text}x`)).toBe(false);
  });
});
