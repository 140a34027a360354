import type { RouteStatement } from '../../lib/model/route';
import { byOwnPaths } from '../../lib/graph/own-paths';
import { always, path } from './route-statements';

const strip = (statement: RouteStatement): RouteStatement => ({ ...statement, rewrite: { path: { replaces: 'matched', value: '/' } } });
const pathOf = ({ rewrite }: RouteStatement): unknown => rewrite?.path?.value;

describe('requests whose paths change', () => {
  it('stay together where nothing depends on what their matches name', () => {
    const group = { matches: [path('/a'), path('/b')], statements: [always('v2', path('/a'), path('/b'))] };
    expect(byOwnPaths(group)).toEqual([group]);
  });

  it('have a route for each match otherwise', () => {
    const statements = [strip(always('v2', path('/a'), path('/b')))];
    const groups = byOwnPaths({ matches: [path('/a'), path('/b')], statements });
    expect(groups.map(({ matches }) => matches)).toEqual([[path('/a')], [path('/b')]]);
    expect(groups.map((group) => group.statements.map(pathOf))).toEqual([['/'], ['/']]);
  });

  // What two statements share is matched by itself, and is narrower than what one of them said.
  it('lose what was said, and no more, where a match is narrower', () => {
    const [group] = byOwnPaths({ matches: [path('/cart/items')], statements: [strip(always('v2', path('/cart')))] });
    expect(group.statements.map(pathOf)).toEqual(['/items']);
  });
});
