import { Words } from 'refa';
import {
  below,
  exactly,
  inAnyLetters,
  type Language,
  matching,
  policyPath,
  policyText,
  startingWith,
} from '../../../lib/verdict/reach/languages';
import { pathMatches, textMatches } from '../../../lib/verdict/decision/text-match';

const TEXTS = ['', '/', '/a', '/a/', '/ab', '/a/b', '/a/b/c', '/x.html', '/a.b', 'GET', 'a+b', '/a/{*}', '/A', '/a/b.html'];
const takes = ({ has, automaton }: Language, text: string) => [has(text), automaton().test(Words.fromStringToUTF16(text))];

describe('a language of texts', () => {
  it.each(['/a', '/a*', '*.html', '*', 'a+b', '/a.b'])('takes what a policy takes by %s, as a test and as an automaton', (pattern) => {
    const language = policyText(pattern);
    expect(TEXTS.map((text) => takes(language, text))).toEqual(TEXTS.map((text) => Array(2).fill(textMatches(pattern, text))));
    expect(language.name).toBe(pattern);
  });

  it.each(['/a/{*}', '/a/{**}', '/{*}/b', '/{**}/b.html', '/a/{*}/c', '/a'])('takes what a policy takes of paths by %s', (pattern) => {
    expect(TEXTS.map((text) => takes(policyPath(pattern), text))).toEqual(TEXTS.map((text) => Array(2).fill(pathMatches(pattern, text))));
  });

  it('takes a path with all below it, a beginning, a single text, or what an expression takes as a whole', () => {
    const taken = (language: Language) => TEXTS.filter((text) => takes(language, text).every(Boolean));
    expect(taken(below('/a'))).toEqual(['/a', '/a/', '/a/b', '/a/b/c', '/a/{*}', '/a/b.html']);
    expect(taken(below('/'))).toEqual(TEXTS.filter((text) => text === '' || text.startsWith('/')));
    expect(taken(startingWith('/a/'))).toEqual(['/a/', '/a/b', '/a/b/c', '/a/{*}', '/a/b.html']);
    expect(taken(exactly('a+b'))).toEqual(['a+b']);
    expect(taken(inAnyLetters('/A/', true))).toEqual(['/a/', '/a/b', '/a/b/c', '/a/{*}', '/a/b.html']);
    expect(taken(inAnyLetters('gEt', false))).toEqual(['GET']);
    expect(taken(matching('letters', '[A-Z]{3}'))).toEqual(['GET']);
    expect([exactly('a').only, below('/a').only]).toEqual(['a', undefined]);
  });
});
