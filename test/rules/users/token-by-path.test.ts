import { type ExposeOptions, JwtIssuer, Mesh, MeshReport, PathNormalization } from 'istio-constructs';
import { tokenByPath } from '../../../lib/rules/users/token-by-path';
import { edgeGateway, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

const { code } = tokenByPath;
const host = 'shop.example.com';
const usersAtGateway = [{ issuer: JwtIssuer.of({ issuer: 'https://id.example.com', audiences: ['shop'] }) }];

function found(
  { dataPlane }: PlaneUnderTest,
  asks: Partial<ExposeOptions>,
  open?: Partial<ExposeOptions>,
  elsewhere = false,
  pathNormalization?: PathNormalization,
): string[] {
  const { chart, cart, product } = shop({ dataPlane });
  new Mesh(chart, 'mesh', { pathNormalization });
  const gateway = edgeGateway(chart, dataPlane);
  gateway.expose(cart, { host, usersAtGateway, ...asks });
  if (open) gateway.expose(elsewhere ? product : cart, { host, routeName: 'open', ...open });
  return MeshReport.of(chart).findings.flatMap(({ code: each, text }) => (each === code ? [text] : []));
}

describe(tokenByPath.title, () => {
  forEachPlane((plane) => {
    it('tells of other ways to write a path of a service that is open beside it', () => {
      const [got] = found(plane, { pathPrefix: '/admin' }, {});
      expect(got).toContain('letters of another case: /ADMIN');
      expect(found(plane, {}, { pathPrefix: '/public' })).toEqual([
        expect.stringContaining('slashes written as %2F: /public/..%2Felsewhere'),
      ]);
    });

    it('takes paths that the mesh puts in order', () => {
      expect(found(plane, {}, { pathPrefix: '/public' }, false, PathNormalization.DECODE_AND_MERGE_SLASHES)).toEqual([]);
    });

    it('takes a service that is open nowhere else, and paths of another one', () => {
      expect(found(plane, { pathPrefix: '/admin' })).toEqual([]);
      expect(found(plane, {})).toEqual([]);
      expect(found(plane, { pathPrefix: '/admin' }, {}, true)).toEqual([]);
      expect(found(plane, {}, { pathPrefix: '/public' }, true)).toEqual([]);
    });
  });
});
