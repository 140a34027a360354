import type { TokenPlaceFacts } from '../../model/users/end-user';
import { MeshError } from '../../support/mesh-error';
import { made, TEXT } from '../../support/options/kind';
import { requireArguments } from '../../support/options/require-options';

/**
 * Where in a request a token stands.
 *
 * Expands into `fromHeaders`, `fromCookies` or `fromParams` of a rule of the RequestAuthentication.
 *
 * @see https://istio.io/latest/docs/reference/config/security/request_authentication/#JWTRule
 * @example
 * import { JwtIssuer, TokenPlace } from 'istio-constructs';
 *
 * const issuer = JwtIssuer.of({
 *   issuer: 'https://id.example.com',
 *   audiences: ['shop'],
 *   tokenPlaces: [TokenPlace.header('authorization', 'Bearer '), TokenPlace.cookie('session')],
 * });
 * product.access.allow(cart, { user: { issuer } });
 */
export class TokenPlace {
  /**
   * A header.
   * @param name Its name
   * @param prefix What stands before the token in it, with the space that follows
   */
  public static header(name: string, prefix: string = ''): TokenPlace {
    requireArguments('TokenPlace', { prefix }, { prefix: TEXT });
    return new TokenPlace({ in: 'header', name: requireToken(name), prefix });
  }

  /**
   * A cookie.
   * @param name Its name
   */
  public static cookie(name: string): TokenPlace {
    return new TokenPlace({ in: 'cookie', name: requireToken(name) });
  }

  /**
   * A parameter of the query. Servers write queries to their logs, and a token with them.
   * @param name Its name
   */
  public static query(name: string): TokenPlace {
    return new TokenPlace({ in: 'query', name: requireToken(name) });
  }

  /** @internal */
  public readonly _facts: TokenPlaceFacts;

  private constructor(facts: TokenPlaceFacts) {
    this._facts = Object.freeze(facts);
  }
}

export const TOKEN_PLACE = made(TokenPlace, 'TokenPlace', "TokenPlace.header('authorization', 'Bearer ')");

function requireToken(name: string): string {
  requireArguments('TokenPlace', { name }, { name: TEXT });
  if (/^[A-Za-z0-9_.!#$%&'*+^`|~-]+$/.test(name)) return name;
  throw new MeshError({
    code: 'MESH807',
    at: 'TokenPlace',
    what: 'a header, cookie or parameter has a name of letters, digits and marks such as - and _',
    got: name === '' ? 'no name' : name,
    fix: "write for example TokenPlace.header('authorization', 'Bearer ')",
  });
}
