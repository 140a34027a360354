import type { HeaderTest, RouteMatch } from '../../model/route';
import { MeshError } from '../../support/mesh-error';
import { made, TEXT } from '../../support/options/kind';
import { requireArguments } from '../../support/options/require-options';
import { requirePathPrefix, requireRequestPath } from '../../support/request-path';

/**
 * What a request looks like, to route it: one of its headers, cookies or query parameters, or its path.
 *
 * Expands into a match of VirtualService or HTTPRoute; several in a list are alternatives.
 */
export class RequestMatch {
  /**
   * Requests with this header.
   * @param name Name of the header; case does not matter
   * @param value Its exact value
   */
  public static header(name: string, value: string): RequestMatch {
    requireArguments('RequestMatch', { name, value }, { name: TEXT, value: TEXT });
    return new RequestMatch({ headers: [exactly(requireToken('header name', name).toLowerCase(), value)], queryParams: [] });
  }

  /**
   * Requests with this cookie.
   * @param name Name of the cookie
   * @param value Its exact value
   */
  public static cookie(name: string, value: string): RequestMatch {
    requireArguments('RequestMatch', { name, value }, { name: TEXT, value: TEXT });
    const pair = `${escaped(requireToken('cookie name', name))}=${escaped(value)}`;
    return new RequestMatch({
      headers: [{ name: 'cookie', type: 'RegularExpression', value: `^(.*; ?)?${pair}(;.*)?$` }],
      queryParams: [],
    });
  }

  /**
   * Requests with this query parameter.
   * @param name Name of the parameter
   * @param value Its exact value
   */
  public static queryParam(name: string, value: string): RequestMatch {
    requireArguments('RequestMatch', { name, value }, { name: TEXT, value: TEXT });
    return new RequestMatch({ headers: [], queryParams: [exactly(requireToken('query parameter', name), value)] });
  }

  /**
   * Requests for exactly this path.
   * @param path The path, beginning with `/`
   */
  public static path(path: string): RequestMatch {
    requireArguments('RequestMatch', { path }, { path: TEXT });
    return new RequestMatch({ headers: [], queryParams: [], path: { type: 'Exact', value: requireRequestPath(path) } });
  }

  /**
   * Requests for this path and all below it: `/cart` matches `/cart` and `/cart/7`, not `/carts`.
   * @param prefix The path, beginning with `/`
   */
  public static pathPrefix(prefix: string): RequestMatch {
    requireArguments('RequestMatch', { prefix }, { prefix: TEXT });
    return new RequestMatch({ headers: [], queryParams: [], path: { type: 'PathPrefix', value: requirePathPrefix(prefix) } });
  }

  /** @internal */
  public readonly _facts: RouteMatch;

  private constructor(match: RouteMatch) {
    this._facts = Object.freeze(match);
  }
}

export const REQUEST_MATCH = made(RequestMatch, 'RequestMatch', "RequestMatch.header('x-canary', 'true')");

function requireToken(what: string, name: string): string {
  if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return name;
  throw new MeshError({
    code: 'MESH007',
    at: 'RequestMatch',
    what: `a ${what} has no spaces or separators and is not empty`,
    got: name,
    fix: `give the ${what} alone`,
  });
}

function exactly(name: string, value: string): HeaderTest {
  if (value === '') {
    throw new MeshError({
      code: 'MESH039',
      at: 'RequestMatch',
      what: `a match of ${name} has a value`,
      got: value,
      fix: 'give the value that requests carry',
    });
  }
  return { name, type: 'Exact', value };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
