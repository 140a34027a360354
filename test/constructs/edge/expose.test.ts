import { Duration } from 'cdk8s';
import { type ExposeOptions, JwtIssuer, PathRewrite, UrlScheme } from 'istio-constructs';
import { edgeGateway, findingCodes, names, shop, spec } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const host = 'shop.example.com';
const GATEWAY = 'test/edge/gateway';

function moved({ dataPlane }: Pick<PlaneUnderTest, 'dataPlane'>, options: Partial<ExposeOptions>) {
  const one = shop({ dataPlane });
  edgeGateway(one.chart, dataPlane).expose(one.cart, { host, ...options });
  return one;
}

describe('expose with a redirect', () => {
  forEachPlane((plane) => {
    it('makes a route that sends nothing on, and no grant', () => {
      const { chart } = moved(plane, { pathPrefix: '/old', redirect: { path: PathRewrite.prefix('/new'), status: 301 } });
      const { rules } = spec(chart, 'HTTPRoute', 'cart-gateway') as { readonly rules: unknown[] };
      expect(rules).toEqual([
        {
          matches: [{ path: { type: 'PathPrefix', value: '/old' } }],
          filters: [
            {
              type: 'RequestRedirect',
              requestRedirect: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/new' }, statusCode: 301 },
            },
          ],
        },
      ]);
      expect(names(chart, 'AuthorizationPolicy').filter((name) => name === 'cart')).toEqual([]);
      expect(findingCodes(chart)).toEqual([]);
    });

    it('fails with what only the service could do', () => {
      const issuer = JwtIssuer.of({ issuer: 'https://id.example.com', audiences: ['shop'] });
      const said: Array<Partial<ExposeOptions>> = [
        { port: 8080 },
        { rewrite: { authority: 'a.com' } },
        { user: { issuer } },
        { timeout: Duration.seconds(1) },
      ];
      for (const options of said) {
        const got = `redirect with ${Object.keys(options)[0]}`;
        const act = (): unknown => moved(plane, { redirect: { scheme: UrlScheme.HTTPS }, ...options });
        expectRefusal(act, { code: 'MESH859', path: GATEWAY, got, fix: 'leave it out' });
      }
    });

    it('fails with another beginning for all paths, or for those that a pattern takes', () => {
      const redirect = { path: PathRewrite.prefix('/new') };
      expectRefusal(() => moved(plane, { redirect }), { code: 'MESH723', path: GATEWAY, fix: 'set pathPrefix' });
      const act = (): unknown => moved(plane, { pathPrefix: '/old', pathPattern: '/old/[a-z]+', redirect });
      expectRefusal(act, { code: 'MESH796', path: GATEWAY, fix: 'use PathRewrite.whole' });
    });
  });
});
