import { Words } from 'refa';
import { below, exactly, policyPath } from '../../../lib/verdict/reach/languages';
import { asAskedFor } from '../../../lib/verdict/reach/moved-paths';

const PATHS = ['/a', '/a/', '/a/x', '/b', '/b/x', '/api/x', '/api/v1/x', '/v1/x', '/'];
const taken = (languages: ReturnType<typeof asAskedFor>) =>
  Object.fromEntries(languages.map((one) => [one.name, PATHS.filter((path) => one.has(path))]));

describe('paths that are asked for', () => {
  it('are those that are compared, where nothing is rewritten', () => {
    const languages = [policyPath('/a/*'), exactly('/b')];
    expect(asAskedFor(languages, [])).toEqual(languages);
  });

  it('are also those that become such paths', () => {
    const found = taken(asAskedFor([policyPath('/b/*')], [{ from: '/a', to: '/b' }]));
    expect(found).toMatchObject({ '/b/*': ['/b/x'], '/a/*': ['/a/', '/a/x'] });
  });

  it('are followed through two rewrites', () => {
    const moves = [
      { from: '/api', to: '' },
      { from: '/v1', to: '/b' },
    ];
    const found = asAskedFor([exactly('/b/x')], moves);
    expect(found.filter(({ has }) => has('/api/v1/x')).map(({ only }) => only)).toEqual(['/api/v1/x']);
    expect(found.filter(({ has }) => has('/v1/x')).map(({ only }) => only)).toEqual(['/v1/x']);
  });

  it('are none that could not arrive', () => {
    const found = asAskedFor([exactly('/other')], [{ from: '/a', to: '/b' }]);
    expect(found.filter(({ has }) => has('/other') || has('/b/other')).map(({ name }) => name)).toEqual(['/other']);
    expect(found.filter(({ has }) => has('/a/../x')).map(({ name }) => name)).toContain('a path with dots or empty parts');
  });

  it('have automata that take the same', () => {
    for (const one of asAskedFor([below('/b'), policyPath('/{*}/x')], [{ from: '/a/', to: '/' }])) {
      const automaton = one.automaton();
      expect(PATHS.filter((path) => automaton.test(Words.fromStringToUTF16(path)))).toEqual(PATHS.filter((path) => one.has(path)));
    }
  });
});
