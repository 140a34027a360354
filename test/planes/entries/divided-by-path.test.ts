import type { RouteMatch } from '../../../lib/model/route';
import { dividedByPath, type PlacedMatch } from '../../../lib/planes/entries/divided-by-path';

const on = (type: 'Exact' | 'PathPrefix', value: string): RouteMatch => ({ headers: [], queryParams: [], path: { type, value } });
const placed = (match: RouteMatch): PlacedMatch => ({ match, named: match.path });
const all = [placed(on('PathPrefix', '/a')), placed(on('Exact', '/b')), placed(on('PathPrefix', '/'))];

const pathsOf = (division: 'path' | 'uri' | undefined): string[][] =>
  dividedByPath(all, division).map((part) => part.map(({ match }) => `${match.path!.type} ${match.path!.value}`));

describe('the matches of a route', () => {
  it('stay together where what is written does not depend on them', () => {
    expect(pathsOf(undefined)).toEqual([['PathPrefix /a', 'Exact /b', 'PathPrefix /']]);
    expect(dividedByPath([], 'path')).toEqual([[]]);
  });

  it('are one a route where it does, the narrowest first, and a prefix two where text is matched', () => {
    expect(pathsOf('path')).toEqual([['Exact /b'], ['PathPrefix /a'], ['PathPrefix /']]);
    expect(pathsOf('uri')).toEqual([['Exact /b'], ['Exact /a'], ['PathPrefix /a/'], ['PathPrefix /']]);
  });
});
