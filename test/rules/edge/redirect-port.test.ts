import { PathRewrite, type Redirect, RequestMatch, RequestRouting, UrlScheme } from 'istio-constructs';
import { redirectPort } from '../../../lib/rules/edge/redirect-port';
import { edgeGateway, findingCodes, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

const found = (plane: PlaneUnderTest, redirect: Redirect, isExposed = true): string[] => {
  const one = shop(plane);
  new RequestRouting(one.shop, 'routes', { service: one.cart, rules: [{ match: [RequestMatch.path('/old')], redirect }] });
  if (isExposed) edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com' });
  return findingCodes(one.chart).filter((code) => code === redirectPort.code);
};

describe(redirectPort.title, () => {
  const path = PathRewrite.whole('/new');

  forEachPlane((plane) => {
    it('takes a redirect that says the scheme or the port, and one that no gateway leads to', () => {
      expect(found(plane, { path, scheme: UrlScheme.HTTPS })).toEqual([]);
      expect(found(plane, { path, port: 443 })).toEqual([]);
      expect(found(plane, { path }, false)).toEqual([]);
    });

    it('takes one of a gateway that rewrites paths, which makes it by itself', () => {
      const one = shop(plane);
      new RequestRouting(one.shop, 'routes', { service: one.cart, rules: [{ match: [RequestMatch.path('/old')], redirect: { path } }] });
      const rewrite = { path: PathRewrite.prefix('/') };
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com', pathPrefix: '/cart', rewrite });
      expect(findingCodes(one.chart)).not.toContain(redirectPort.code);
    });

    it('tells of one that keeps the port where a waypoint makes it', () => {
      expect(found(plane, { path })).toEqual(plane.of({ sidecar: [], ambient: [redirectPort.code] }));
    });
  });
});
