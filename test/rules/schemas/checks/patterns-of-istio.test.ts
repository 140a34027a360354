import { patternFault } from '../../../../lib/rules/schemas/checks/patterns-of-istio';

describe('regular expressions of Istio', () => {
  it.each([
    '',
    '/a(b|c)*',
    '[(]',
    String.raw`\(`,
    '(?i)a',
    '(?P<a>b)',
    'a*?',
    '[[:alpha:]](',
    '[](]',
    String.raw`\Q(\E`,
    String.raw`\d+\.\d+`,
  ])('takes %s, or says nothing of it', (pattern) => {
    expect(patternFault(pattern)).toBeUndefined();
  });

  it.each([
    ['a(b', 'bracket'],
    ['a)b(', 'bracket'],
    ['[a', 'bracket'],
    ['*a', 'repeats nothing'],
    ['a**', 'repeats nothing'],
    ['(?=a)', 'looks ahead'],
    ['(?i)(?<!a)b', 'looks ahead'],
    [String.raw`(a)\1`, 'refers back'],
    ['a'.repeat(1025), '1024'],
  ])('tells of %s', (pattern, fault) => {
    expect(patternFault(pattern)).toContain(fault);
  });
});
