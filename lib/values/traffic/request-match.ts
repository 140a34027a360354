import type { HeaderTest, RouteMatch } from '../../model/route';
import { requireLength } from '../../support/bounds/text-length';
import { requireToken } from '../../support/bounds/token';
import { MeshError } from '../../support/mesh-error';
import { made, TEXT } from '../../support/options/kind';
import { requireArguments } from '../../support/options/require-options';
import { requireMatchedPath, requirePathPrefix } from '../../support/request-path';

/**
 * What a request looks like, to route it: one of its headers, cookies or query parameters, or its path.
 *
 * Expands into a match of VirtualService or HTTPRoute; several in a list are alternatives.
 *
 * @example
 * import { CanaryRelease, RequestMatch } from 'istio-constructs';
 *
 * // Testers, and everything below one path; all others stay with the version that serves.
 * new CanaryRelease(shop, 'cart-v2', {
 *   service: cart,
 *   canary: { version: 'v2', image: 'ghcr.io/acme/cart:2.0.0' },
 *   weight: 0,
 *   match: [RequestMatch.cookie('group', 'testers'), RequestMatch.pathPrefix('/cart/preview')],
 * });
 */
export class RequestMatch {
  /**
   * Requests with this header.
   * @param name Name of the header; case does not matter
   * @param value Its exact value
   */
  public static header(name: string, value: string): RequestMatch {
    requireArguments('RequestMatch', { name, value }, { name: TEXT, value: TEXT });
    return new RequestMatch({
      headers: [exactly(requireToken('RequestMatch', 'header name', name).toLowerCase(), value, MOST_LETTERS)],
      queryParams: [],
    });
  }

  /**
   * Requests with this cookie.
   * @param name Name of the cookie
   * @param value Its exact value
   */
  public static cookie(name: string, value: string): RequestMatch {
    requireArguments('RequestMatch', { name, value }, { name: TEXT, value: TEXT });
    const pair = `${escaped(requireToken('RequestMatch', 'cookie name', name))}=${escaped(value)}`;
    const pattern = requireLength('RequestMatch', 'the pattern for a cookie', `^(.*; ?)?${pair}(;.*)?$`, MOST_LETTERS);
    return new RequestMatch({ headers: [{ name: 'cookie', type: 'RegularExpression', value: pattern }], queryParams: [] });
  }

  /**
   * Requests with this query parameter.
   * @param name Name of the parameter
   * @param value Its exact value
   */
  public static queryParam(name: string, value: string): RequestMatch {
    requireArguments('RequestMatch', { name, value }, { name: TEXT, value: TEXT });
    return new RequestMatch({
      headers: [],
      queryParams: [exactly(requireToken('RequestMatch', 'query parameter', name), value, MOST_LETTERS_IN_QUERY)],
    });
  }

  /**
   * Requests for exactly this path.
   * @param path The path, beginning with `/`
   */
  public static path(path: string): RequestMatch {
    requireArguments('RequestMatch', { path }, { path: TEXT });
    return new RequestMatch({ headers: [], queryParams: [], path: { type: 'Exact', value: requireMatchedPath('RequestMatch', path) } });
  }

  /**
   * Requests for this path and all below it: `/cart` matches `/cart` and `/cart/7`, not `/carts`.
   * @param prefix The path, beginning with `/`
   */
  public static pathPrefix(prefix: string): RequestMatch {
    requireArguments('RequestMatch', { prefix }, { prefix: TEXT });
    return new RequestMatch({
      headers: [],
      queryParams: [],
      path: { type: 'PathPrefix', value: requirePathPrefix('RequestMatch', prefix) },
    });
  }

  /** @internal */
  public readonly _facts: RouteMatch;

  private constructor(match: RouteMatch) {
    this._facts = Object.freeze(match);
  }
}

export const REQUEST_MATCH = made(RequestMatch, 'RequestMatch', "RequestMatch.header('x-canary', 'true')");

// As the API server counts them.
const MOST_LETTERS = 4096;
const MOST_LETTERS_IN_QUERY = 1024;

function exactly(name: string, value: string, most: number): HeaderTest {
  if (value === '') {
    throw new MeshError({
      code: 'MESH039',
      at: 'RequestMatch',
      what: `a match of ${name} has a value`,
      got: value,
      fix: 'give the value that requests carry',
    });
  }
  return { name, type: 'Exact', value: requireLength('RequestMatch', `a value of ${name}`, value, most) };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
