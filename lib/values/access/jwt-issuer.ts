import type { IssuerFacts } from '../../model/users/end-user';
import { BOOLEAN, listOf, made, mapOf, optional, struct, TEXT } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import { sortedBy } from '../../support/ordering';
import { requireAudiences, requireClaimHeaders, requireIssuer, requireKeys } from './require-issuer';
import { TOKEN_PLACE, type TokenPlace } from './token-place';

/** Who signs tokens, and which of them are taken. */
export interface JwtIssuerProps {
  /** What tokens have in their claim `iss`, to the letter. */
  readonly issuer: string;

  /**
   * Address of the issuer's public keys. istiod fetches them, so that pods need no way there. With `http` a host of the cluster alone.
   * @default - as the issuer's own `/.well-known/openid-configuration` says; not together with `jwks`
   */
  readonly jwksUri?: string;

  /**
   * The public keys themselves, as the JSON of a JWK set. They stay as they are until somebody changes them here.
   * @default - those at jwksUri
   */
  readonly jwks?: string;

  /**
   * Whom tokens are for, the claim `aud`: one of these. A token that the same issuer gave for another application is refused.
   * @default - none; then anyAudience has to say why
   */
  readonly audiences?: string[];

  /**
   * Why tokens are taken whoever they are for. A finding reports it.
   * @default - they are not; audiences says whom they are for
   */
  readonly anyAudience?: string;

  /**
   * Where in a request the token stands.
   * @default - the header `Authorization` after `Bearer `, and the parameter `access_token`
   */
  readonly tokenPlaces?: TokenPlace[];

  /**
   * Headers that the application gets, and the claim in each: `{ 'x-user': 'sub' }`. What a caller itself writes into such a header is taken out.
   * @default - none
   */
  readonly claimHeaders?: { [header: string]: string };

  /**
   * Whether the application gets the token itself, to read it or to send it on.
   * @default false
   */
  readonly forwardsToken?: boolean;
}

/**
 * Somebody who signs tokens of end users (JWT), whose word is believed.
 *
 * Expands into a rule of the RequestAuthentication of each service that names it in a grant: by `selector` for a sidecar, by `targetRefs` for a waypoint, which
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
