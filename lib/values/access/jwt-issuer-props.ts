import type { TokenPlace } from './token-place';

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
