import { Duration } from 'cdk8s';
import { DataPlane, PathRewrite, RateLimit, RequestMatch, RequestRouting } from 'istio-constructs';
import { limitModels } from '../../lib/assembly/limit-models';
import { MeshGraph } from '../../lib/graph/mesh-graph';
import { settledOf } from '../../lib/graph/settle';
import { edgeGateway, shop } from '../builders';

const TEN = { requests: 10, per: Duration.seconds(1) };
const STRIP = { rewrite: { path: PathRewrite.prefix('/') } };

describe('limits by a path that their proxies see in other words', () => {
  it('are those of a service whose route rewrites it, with who does', () => {
    const one = shop({ dataPlane: DataPlane.sidecar() });
    const limit = (id: string, match?: RequestMatch) => new RateLimit(one.shop, id, { service: one.cart, ...TEN, match });
    limit('all');
    limit('by-header', RequestMatch.header('x-a', 'b'));
    limit('elsewhere', RequestMatch.pathPrefix('/v2'));
    limit('rewritten', RequestMatch.pathPrefix('/v1/items'));
    new RequestRouting(one.shop, 'routes', {
      service: one.cart,
      rules: [
        { match: [RequestMatch.pathPrefix('/v1')], ...STRIP },
        { match: [RequestMatch.pathPrefix('/v3')], ...STRIP },
      ],
    });
    const models = limitModels(MeshGraph.of(one.chart), settledOf(one.chart));
    expect(models).toMatchObject([
      {
        path: expect.stringContaining('rewritten'),
        owner: { name: 'cart' },
        said: { value: '/v1/items' },
        seen: [{ value: '/items' }, { value: '/v1/items' }],
        others: [{ value: '/items' }, { value: '/v3/items' }, { value: '/v3/v1/items' }],
        by: [{ path: expect.stringContaining('routes') }],
      },
    ]);
  });

  it('are those of a gateway by what only its rewrite makes', () => {
    const one = shop({ dataPlane: DataPlane.ambient() });
    const gateway = edgeGateway(one.chart, DataPlane.ambient());
    new RateLimit(one.shop, 'limit', { gateway, ...TEN, match: RequestMatch.path('/items') });
    expect(limitModels(MeshGraph.of(one.chart), settledOf(one.chart))).toEqual([]);
    gateway.expose(one.cart, { host: 'shop.example.com', pathPrefix: '/cart', ...STRIP });
    const [model] = limitModels(MeshGraph.of(one.chart), settledOf(one.chart));
    expect(model).toMatchObject({ owner: { kind: 'gateway' }, seen: [{ type: 'Exact', value: '/cart/items' }], others: [] });
  });
});
