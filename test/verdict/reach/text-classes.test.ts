import fc from 'fast-check';
import { below, exactly, type Language, policyPath, startingWith } from '../../../lib/verdict/reach/languages';
import { textClasses, withinOf } from '../../../lib/verdict/reach/text-classes';

const PATHS = { source: '/[^?#]*', plain: '(?:/[a-z]+)*/?', usual: ['/'] };
const idOf = (within: ReadonlySet<number>) => [...within].join(' ');

describe('classes of texts', () => {
  it('are all that some languages tell apart, each with one of its texts', () => {
    const languages = [policyPath('/items/*'), policyPath('/items/{*}/x'), exactly('/items/a'), below('/orders'), policyPath('*.html')];
    const classes = textClasses(PATHS, languages);
    expect(classes.map(({ witness, within }) => [witness, [...within]])).toEqual([
      ['/items/a', [0, 2]],
      ['/items/a/x', [0, 1]],
      ['/items/.html', [0, 4]],
      ['/items/', [0]],
      ['/orders/.html', [3, 4]],
      ['/orders', [3]],
      ['/.html', [4]],
      ['/', []],
    ]);
  });

  it('leave out what nobody meets, and show what people know', () => {
    const methods = { source: '[A-Z]+', plain: '[A-Z]+', usual: ['GET', 'POST'] };
    expect(textClasses(methods, [exactly('GET'), startingWith('P')]).map(({ witness }) => witness)).toEqual(['GET', 'POST', 'A']);
    const languages = [exactly('/a//b'), startingWith('/a')];
    const merged = textClasses({ ...PATHS, without: ['[^]*//[^]*'] }, languages);
    expect(merged.map(({ witness }) => witness)).toEqual(['/a', '/']);
  });

  it('show a long text as soon as a short one, and none that stands for itself where there is another', () => {
    const hosts = { source: '[a-z.]+', plain: '[a-z]+', taken: new Set(['cart', 'carta', 'only']) };
    const languages = [policyPath('*.a.very.long.name.of.a.host.example.com'), startingWith('cart'), exactly('only')];
    expect(textClasses(hosts, languages).map(({ witness }) => witness)).toEqual([
      'only',
      'cart.a.very.long.name.of.a.host.example.com',
      '.a.very.long.name.of.a.host.example.com',
      'cartb',
      'a',
    ]);
  });

  it('have no member where single texts are all there is', () => {
    const letters = { source: 'a|b', plain: 'a|b' };
    expect(textClasses(letters, [exactly('a'), exactly('b')]).map(({ witness }) => witness)).toEqual(['a', 'b']);
  });

  const part = fc.constantFrom('a', 'b', 'ab', '{*}', '{**}', 'a.html');
  const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => `/${parts.join('/')}`);
  const language: fc.Arbitrary<Language> = fc.oneof(
    path.map(policyPath),
    path.map((one) => policyPath(`${one.replace(/\{\*+\}/g, 'c')}*`)),
    path.map((one) => below(one.replace(/\{\*+\}/g, 'c'))),
  );

  it('have a class for every text, and no two alike', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'ab', 'a.html', 'x'), { maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
    fc.assert(
      fc.property(fc.array(language, { maxLength: 4 }), fc.array(text, { minLength: 5, maxLength: 20 }), (languages, texts) => {
        const ids = textClasses(PATHS, languages).map(({ within }) => idOf(within));
        expect(new Set(ids).size).toBe(ids.length);
        expect(texts.filter((one) => !ids.includes(idOf(withinOf(one, languages))))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
