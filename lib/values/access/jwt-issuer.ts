import type { IssuerFacts } from '../../model/users/end-user';
import { BOOLEAN, listOf, made, mapOf, optional, struct, TEXT } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import { sortedBy } from '../../support/ordering';
import type { JwtIssuerProps } from './jwt-issuer-props';
import { requireAudiences, requireClaimHeaders, requireIssuer, requireKeys } from './require-issuer';
import { TOKEN_PLACE } from './token-place';

/**
 * Somebody who signs tokens of end users (JWT), whose word is believed.
 *
 * Expands into a rule of the RequestAuthentication of each service that names it in a grant, and of each gateway that asks for it (`usersAtGateway`): by `selector` for a sidecar, by `targetRefs` for a waypoint, which
 * reads no other. A request with a wrong or expired token is refused there whoever sends it; one without a token has no user.
 *
 * @see https://istio.io/latest/docs/reference/config/security/request_authentication/#JWTRule
 * @example
 * import { JwtIssuer } from 'istio-constructs';
 *
 * const staff = JwtIssuer.of({ issuer: 'https://id.example.com', jwksUri: 'https://id.example.com/jwks', audiences: ['shop'] });
 * product.access.allow(cart, { user: { issuer: staff, claims: { role: ['clerk'] } } });
 */
export class JwtIssuer {
  /**
   * An issuer of tokens.
   * @param props Its name, its keys, and which of its tokens are taken
   */
  public static of(props: JwtIssuerProps): JwtIssuer {
    return new JwtIssuer(props);
  }

  /** What tokens have in their claim `iss`. */
  public readonly issuer: string;
  /** @internal */
  public readonly _facts: IssuerFacts;

  private constructor(props: JwtIssuerProps) {
    requireOptions('JwtIssuer', props, JWT_ISSUER_PROPS);
    const { issuer, jwksUri, jwks, audiences = [], anyAudience, tokenPlaces = [], claimHeaders = {}, forwardsToken = false } = props;
    this.issuer = requireIssuer(issuer);
    requireKeys(props);
    requireAudiences(props);
    requireClaimHeaders(claimHeaders);
    this._facts = Object.freeze({
      issuer,
      jwksUri,
      jwks,
      audiences: [...audiences].sort(),
      anyAudience,
      tokenPlaces: tokenPlaces.map(({ _facts }) => _facts),
      claimHeaders: Object.fromEntries(sortedBy(Object.entries(claimHeaders), ([header]) => header)),
      forwardsToken,
    });
  }
}

const JWT_ISSUER_PROPS = struct<JwtIssuerProps>({
  issuer: TEXT,
  jwksUri: optional(TEXT),
  jwks: optional(TEXT),
  audiences: optional(listOf(TEXT)),
  anyAudience: optional(TEXT),
  tokenPlaces: optional(listOf(TOKEN_PLACE)),
  claimHeaders: optional(mapOf(TEXT)),
  forwardsToken: optional(BOOLEAN),
});

export const JWT_ISSUER = made(
  JwtIssuer,
  'JwtIssuer',
  "JwtIssuer.of({ issuer: 'https://id.example.com', audiences: ['shop'] })",
  JWT_ISSUER_PROPS,
);
