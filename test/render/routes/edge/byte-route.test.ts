import { foldRoutes } from '../../../../lib/graph/fold-routes';
import { renderGatewayTcpRoute, renderGatewayTlsRoute } from '../../../../lib/render/routes/edge/byte-route';
import { cart, ownStatement, release } from '../../../graph/route-statements';
import { exposure, service } from '../../../rules/model-builder';

const port = { name: 'tcp', number: 9000, targetPort: 9001, appProtocol: 'tcp', readsHttp: false };
const exposed = exposure(service('cart', { ports: [port] }), { protocol: 'tls', port: 9000, listener: 'passthrough' });
const table = foldRoutes(cart, [ownStatement(), release('v2', 10)]);
const parentRefs = [expect.objectContaining({ kind: 'Gateway', name: 'gateway', sectionName: 'passthrough' })];

describe('the route of connections through a gateway', () => {
  it('shares them out between the versions where no waypoint does', () => {
    expect(renderGatewayTcpRoute(exposed, table, true)).toEqual({
      parentRefs,
      rules: [
        {
          backendRefs: [expect.objectContaining({ name: 'cart-v1', weight: 90 }), expect.objectContaining({ name: 'cart-v2', weight: 10 })],
        },
      ],
    });
  });

  it('names the Service where a waypoint does, and the server that TLS asks for', () => {
    expect(renderGatewayTlsRoute(exposed, table, false)).toEqual({
      hostnames: ['shop.example.com'],
      parentRefs,
      rules: [{ backendRefs: [{ group: '', kind: 'Service', name: 'cart', port: 9000, weight: 1 }] }],
    });
  });
});
