import { foldRoutes } from '../../../lib/graph/fold-routes';
import { renderTcpRoute } from '../../../lib/render/routes/tcp-route';
import { cart, ownStatement, release } from '../../graph/route-statements';

describe('a TCPRoute', () => {
  const port = { name: 'tcp', number: 9000, targetPort: 9001, appProtocol: 'tcp', readsHttp: false };

  it('shares the connections to one port of the Service out between the Services of its versions', () => {
    const { parentRefs, rules } = renderTcpRoute(foldRoutes(cart, [ownStatement(), release('v2', 10)]), port);
    expect(parentRefs).toEqual([{ group: '', kind: 'Service', name: 'cart', port: 9000 }]);
    expect(rules).toHaveLength(1);
    expect(rules[0].backendRefs).toMatchObject([
      { name: 'cart-v1', port: 9000, weight: 90 },
      { name: 'cart-v2', port: 9000, weight: 10 },
    ]);
  });
});
