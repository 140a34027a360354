import { containedText, containingPattern } from '../../../lib/support/patterns/contained-text';

describe('the pattern of a value that has a text somewhere', () => {
  it.each(['Firefox', 'a.b*', '\\d', '(x|y)', '.', '$'])('is read back as %s', (text) => {
    expect(new RegExp(`^${containingPattern(text)}$`).test(`before ${text} behind`)).toBe(true);
    expect(containedText(containingPattern(text))).toBe(text);
  });

  it.each(['.*', '.+', 'a', '.*a+.*', '^(.*; ?)?a=b(;.*)?$', '.*a'])('is no other one, such as %s', (pattern) => {
    expect(containedText(pattern)).toBeUndefined();
  });
});
