import { ApiObject, Duration } from 'cdk8s';
import { PathRewrite, RateLimit, RequestMatch } from 'istio-constructs';
import { uncountedLimit } from '../../../lib/rules/routing/uncounted-limit';
import { edgeGateway, findingCodes, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

const exposed = (plane: PlaneUnderTest, limited: string, pathPrefix = '/cart') => {
  const one = shop(plane);
  const gateway = edgeGateway(one.chart, plane.dataPlane);
  gateway.expose(one.cart, { host: 'shop.example.com', pathPrefix, rewrite: { path: PathRewrite.prefix('/') } });
  const match = RequestMatch.pathPrefix(limited);
  new RateLimit(one.shop, 'limit', { gateway, requests: 10, per: Duration.seconds(1), match });
  return one;
};
const found = (one: ReturnType<typeof shop>): string[] => findingCodes(one.chart).filter((code) => code === uncountedLimit.code);

describe(uncountedLimit.title, () => {
  forEachPlane((plane) => {
    it('takes a limit by a path that clients ask for', () => {
      expect(found(exposed(plane, '/cart/items'))).toEqual([]);
      expect(found(exposed(plane, '/'))).toEqual([]);
    });

    it('tells of one by a path that the gateway makes', () => {
      expect(found(exposed(plane, '/items'))).toEqual([uncountedLimit.code]);
    });

    it('says nothing where a raw route may take the path', () => {
      const one = exposed(plane, '/items');
      new ApiObject(one.chart, 'raw', {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: { name: 'raw', namespace: 'edge' },
        spec: { parentRefs: [{ name: 'gateway' }], rules: [{ backendRefs: [{ name: 'x', port: 80 }] }] },
      });
      expect(found(one)).toEqual([]);
    });
  });
});
