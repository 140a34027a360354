import { missingHome } from '../../../lib/rules/waypoints/missing-home';
import { findings, namespace, waypointOf } from '../model-builder';

const GUEST = namespace('search', 'ambient', { waypointHome: 'team' });

describe(missingHome.title, () => {
  it('takes one that shares a waypoint which is there, and one that has its own', () => {
    const namespaces = [{ ...GUEST, waypoint: waypointOf('team') }, namespace('shop', 'ambient'), namespace('web', 'sidecar')];
    expect(findings(missingHome, { namespaces })).toEqual([]);
  });

  it.each([
    [[], 'a namespace that the program does not name'],
    [[namespace('team', 'sidecar')], 'a namespace that has no waypoint, and forbids one'],
    [[namespace('team', 'ambient', { owned: false })], 'a namespace for which no waypoint is named'],
    [[namespace('team', 'ambient', { waypointHome: 'other' })], 'a namespace that shares the waypoint of other itself'],
  ])('fails one whose home has none: %#', (others, got) => {
    const namespaces = [GUEST, ...others];
    expect(findings(missingHome, { namespaces }).find(({ on }) => on.path === 'shop/search')).toMatchObject({ got });
  });
});
