import { celTokens } from '../../../lib/support/expressions/cel-tokens';

const kinds = (text: string) => celTokens(text).tokens.map((token) => `${token.kind} ${token.text}`);

describe('the tokens of an expression', () => {
  it('are the longest that there are', () => {
    expect(kinds('a.b>=1.5e3')).toEqual(['name a', 'sign .', 'name b', 'sign >=', 'number 1.5e3']);
    expect(kinds('0x1Fu 2u .5')).toEqual(['number 0x1Fu', 'number 2u', 'number .5']);
    expect(kinds(`""" " """ '' b"a" r'\\'`)).toEqual(['text """ " """', "text ''", 'text b"a"', "text r'\\'"]);
  });

  it('leave out blanks and comments, and know where they began', () => {
    expect(celTokens(' a // b\n c ')).toEqual({
      tokens: [
        { kind: 'name', text: 'a', at: 1 },
        { kind: 'name', text: 'c', at: 9 },
      ],
      rest: 11,
    });
  });

  it('end where there is none', () => {
    expect(celTokens('a = b')).toEqual({ tokens: [{ kind: 'name', text: 'a', at: 0 }], rest: 2 });
    expect(celTokens('"a\n"').rest).toBe(0);
  });
});
