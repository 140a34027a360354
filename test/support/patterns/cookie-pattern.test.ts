import { cookiePattern } from '../../../lib/support/patterns/cookie-pattern';

const matches = (header: string, ...cookies: Array<[string, string]>): boolean =>
  new RegExp(`^(?:${cookiePattern(cookies.map(([name, value]) => ({ name, value })))})$`).test(header);

describe('the pattern of cookies', () => {
  it.each([
    ['a=1', true],
    ['x=0; a=1', true],
    ['x=0;a=1; y=2', true],
    ['a=10', false],
    ['xa=1', false],
    ['', false],
  ])('finds one in %p: %p', (header, expected) => {
    expect(matches(header, ['a', '1'])).toBe(expected);
  });

  it.each([
    ['a=1; b=2', true],
    ['b=2; a=1', true],
    ['x=0; b=2; y=1; a=1; z=3', true],
    ['a=1;b=2', true],
    ['a=1', false],
    ['a=1; xb=2', false],
  ])('finds two in whatever order in %p: %p', (header, expected) => {
    expect(matches(header, ['a', '1'], ['b', '2'])).toBe(expected);
  });

  it('takes their letters for themselves', () => {
    expect(matches('a.b=1+1', ['a.b', '1+1'])).toBe(true);
    expect(matches('axb=1+1', ['a.b', '1+1'])).toBe(false);
  });
});
