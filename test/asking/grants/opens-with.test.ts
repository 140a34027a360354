import { EndUser, HttpAccess, JwtIssuer, Verdicts } from 'istio-constructs';
import { shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

const ISSUER = 'https://id.example.com';

describe('a token that opens a request', () => {
  forEachPlane((plane) => {
    it('is named, and no grant goes round it', () => {
      const { chart, cart, product } = shop(plane);
      const issuer = JwtIssuer.of({ issuer: ISSUER, jwksUri: `${ISSUER}/keys`, audiences: ['shop'] });
      cart.calls(product, { http: [HttpAccess.get('/items')], user: { issuer, claims: { role: ['clerk'] } } as EndUser });
      const mesh = Verdicts.of(chart);
      const question = { caller: 'cart', callee: 'product', path: '/items' };
      expect(mesh.ask(question)).toMatchObject({
        allowed: false,
        opensWith: `a token of ${ISSUER} with audience: shop with claim role: clerk`,
      });
      expect(mesh.smallestGrant(question)).toBeUndefined();
      expect(mesh.ask({ ...question, claims: { role: ['clerk'] } })).toMatchObject({ allowed: true });
      expect(mesh.ask({ ...question, path: '/other' }).opensWith).toBeUndefined();
      expect(mesh.smallestGrant({ ...question, path: '/other' })).toBeDefined();
    });
  });
});
