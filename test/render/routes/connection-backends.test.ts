import { foldRoutes } from '../../../lib/graph/fold-routes';
import { connectionBackends } from '../../../lib/render/routes/connection-backends';
import { always, cart, header, ownStatement, release } from '../../graph/route-statements';

describe('connections whose bytes nobody reads', () => {
  const backends = (...said: Parameters<typeof foldRoutes>[1]) => connectionBackends(foldRoutes(cart, [ownStatement(), ...said]));

  it('go where requests go that no match takes', () => {
    expect(backends(release('v2', 10), always('v2', header('x')))).toEqual([
      { version: 'v1', weight: 90 },
      { version: 'v2', weight: 10 },
    ]);
  });

  it('go to the Service where nothing tells versions apart', () => {
    expect(backends()).toEqual([]);
  });
});
