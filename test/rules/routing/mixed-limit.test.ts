import { Duration } from 'cdk8s';
import { DataPlane, PathRewrite, RateLimit, RequestMatch, RequestRouting } from 'istio-constructs';
import { mixedLimit } from '../../../lib/rules/routing/mixed-limit';
import { edgeGateway, findingCodes, shop } from '../../builders';

const TEN = { requests: 10, per: Duration.seconds(1) };
const SIDECAR = { dataPlane: DataPlane.sidecar() };

const found = (limited: string, rewritten: string, to: string): string[] => {
  const one = shop(SIDECAR);
  new RateLimit(one.shop, 'limit', { service: one.cart, ...TEN, match: RequestMatch.pathPrefix(limited) });
  const rules = [{ match: [RequestMatch.pathPrefix(rewritten)], rewrite: { path: PathRewrite.prefix(to) } }];
  new RequestRouting(one.shop, 'routes', { service: one.cart, rules });
  return findingCodes(one.chart).filter((code) => code === mixedLimit.code);
};

describe(mixedLimit.title, () => {
  it('takes a limit by a path that nobody rewrites, or as the sidecar sees it', () => {
    expect(found('/items', '/v1', '/')).toEqual([]);
    expect(found('/', '/v1', '/')).toEqual([]);
    expect(found('/other', '/v1', '/api')).toEqual([]);
  });

  it('tells of one whose path is rewritten into what others ask for', () => {
    expect(found('/v1', '/v1', '/')).toEqual([mixedLimit.code]);
    expect(found('/v1/items', '/v1', '/api')).toEqual([mixedLimit.code]);
  });

  it('says nothing of a limit at a gateway, which counts before', () => {
    const one = shop(SIDECAR);
    const gateway = edgeGateway(one.chart, SIDECAR.dataPlane);
    gateway.expose(one.cart, { host: 'shop.example.com', pathPrefix: '/v1', rewrite: { path: PathRewrite.prefix('/') } });
    new RateLimit(one.shop, 'limit', { gateway, ...TEN, match: RequestMatch.pathPrefix('/v1') });
    expect(findingCodes(one.chart)).not.toContain(mixedLimit.code);
  });
});
