import { JwtIssuer, type JwtIssuerProps, TokenPlace } from 'istio-constructs';
import { shop, spec } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

const ISSUER: JwtIssuerProps = { issuer: 'https://id.example.com', jwksUri: 'https://id.example.com/jwks', audiences: ['shop'] };
const KEYS = '{"keys":[{"kty":"RSA","e":"AQAB","n":"xAE7eB6qugXyCAG3yhh7pkDkT65pHymX"}]}';

describe('a JwtIssuer', () => {
  forEachPlane((plane) => {
    /** What the proxy that guards the product is told of tokens. */
    const ruleOf = (...issuers: JwtIssuerProps[]): unknown => {
      const { chart, cart, product } = shop(plane);
      for (const props of issuers) product.access.allow(cart, { user: { issuer: JwtIssuer.of(props) } });
      return spec(chart, 'RequestAuthentication', plane.of({ sidecar: 'product', ambient: 'product-waypoint' }));
    };

    it('is told to the proxy that reads HTTP, attached as that proxy reads it', () => {
      expect(ruleOf(ISSUER)).toEqual({
        ...plane.of<object>({
          sidecar: { selector: { matchLabels: { app: 'product' } } },
          ambient: { targetRefs: [{ group: '', kind: 'Service', name: 'product' }] },
        }),
        jwtRules: [ISSUER],
      });
    });

    it('is told once, however many grants name it, and each of several', () => {
      const other = { issuer: 'https://partners.example.com', audiences: ['shop'] };
      expect(ruleOf(other, ISSUER, ISSUER)).toMatchObject({ jwtRules: [ISSUER, other] });
    });

    it('says where tokens stand, and what the application gets of them', () => {
      const tokenPlaces = [TokenPlace.header('x-token', 'Token '), TokenPlace.cookie('session'), TokenPlace.query('token')];
      const claimHeaders = { 'x-user': 'sub', 'x-role': 'role' };
      expect(ruleOf({ issuer: 'shop', jwks: KEYS, anyAudience: 'none', tokenPlaces, claimHeaders, forwardsToken: true })).toMatchObject({
        jwtRules: [
          {
            issuer: 'shop',
            jwks: KEYS,
            fromHeaders: [{ name: 'x-token', prefix: 'Token ' }],
            fromCookies: ['session'],
            fromParams: ['token'],
            outputClaimToHeaders: [
              { header: 'x-role', claim: 'role' },
              { header: 'x-user', claim: 'sub' },
            ],
            forwardOriginalToken: true,
          },
        ],
      });
    });
  });
});
