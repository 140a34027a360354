import type { RouteMatch } from '../../../lib/model/route';
import { callerAtWaypoint } from '../../../lib/rules/routing/caller-at-waypoint';
import { findings, route, service } from '../model-builder';

const ANY: RouteMatch = { headers: [], queryParams: [] };
const BY_WEB: RouteMatch = { ...ANY, source: { namespaceName: 'shop', podLabels: { app: 'web' } } };

const found = (matches: readonly RouteMatch[], atWaypoint: boolean) =>
  findings(callerAtWaypoint, { routes: [route(service('cart'), { atWaypoint, rules: [{ name: 'ab-match', matches, backends: [] }] })] });

describe(callerAtWaypoint.title, () => {
  it('takes matches by caller where the callers’ own proxies route, and others at a waypoint', () => {
    expect(found([BY_WEB], false)).toEqual([]);
    expect(found([ANY], true)).toEqual([]);
    expect(found([], true)).toEqual([]);
  });

  it('fails a match by caller at a waypoint', () => {
    expect(found([ANY, BY_WEB], true)).toMatchObject([{ on: { path: 'shop/cart' }, got: 'ab-match' }]);
  });
});
