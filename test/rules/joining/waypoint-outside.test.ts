import { waypointOutside } from '../../../lib/rules/joining/waypoint-outside';
import { findings, raw } from '../model-builder';
import { namespace, pod } from '../in-few-words';

const find = (text: string) => findings(waypointOutside, { objects: raw(text.replace(/---$/, '')) });

const WAYPOINT = 'istio.io/use-waypoint: waypoint';

describe(waypointOutside.title, () => {
  it.each([
    ['a namespace in ambient mode', namespace('shop', `${WAYPOINT}, istio.io/dataplane-mode: ambient`) + pod('shop')],
    ['pods that are in it themselves', namespace('shop', WAYPOINT) + pod('shop', 'istio.io/dataplane-mode: ambient')],
    ['callers that are', namespace('shop', WAYPOINT) + pod('shop') + namespace('web', 'istio.io/dataplane-mode: ambient') + pod('web')],
    ['a word that names none', namespace('shop', 'istio.io/use-waypoint: none') + pod('shop')],
    ['a namespace without pods', namespace('shop', WAYPOINT)],
  ])('takes %s', (_, text) => {
    expect(find(text)).toEqual([]);
  });

  it('tells of one that nobody goes through', () => {
    expect(find(namespace('shop', WAYPOINT) + pod('shop'))).toMatchObject([
      { got: WAYPOINT, field: ['metadata', 'labels', 'istio.io/use-waypoint'] },
    ]);
  });
});
