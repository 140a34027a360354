import { claimTest } from '../../model/matches/claim-test';
import { overlapOf } from '../../model/matches/match-overlap';
import type { HeaderTest, RouteMatch } from '../../model/route';
import { requireLength } from '../../support/bounds/text-length';
import { requireToken } from '../../support/bounds/token';
import { cookiePattern } from '../../support/patterns/cookie-pattern';
import { containingPattern } from '../../support/patterns/contained-text';
import { MeshError } from '../../support/mesh-error';
import { type Kind, listOf, made, TEXT } from '../../support/options/kind';
import { requireArguments } from '../../support/options/require-options';
import { requireMatchedPath, requirePathPrefix } from '../../support/request-path';
import type { ICaller } from '../access/caller';
import { CALLERS } from '../access/callers';
import { claimName } from '../access/claim-name';

/**
 * What a request looks like, to route it: one of its headers, cookies or query parameters, its method, its path, or who sends it.
 *
 * Expands into a match of VirtualService or HTTPRoute; several in a list are alternatives, and `RequestMatch.all` asks for several at once.
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
   * Requests with this header, whatever its value.
   * @param name Name of the header; case does not matter
   */
  public static hasHeader(name: string): RequestMatch {
    requireArguments('RequestMatch', { name }, { name: TEXT });
    return RequestMatch.patterned(name, '.*');
  }

  /**
   * Requests with this header, where a part of its value is this text.
   * @param name Name of the header; case does not matter
   * @param text The text; case matters
   */
  public static headerContaining(name: string, text: string): RequestMatch {
    requireArguments('RequestMatch', { name, text }, { name: TEXT, text: TEXT });
    exactly(requireToken('RequestMatch', 'header name', name), text, MOST_LETTERS);
    const pattern = containingPattern(text);
    return RequestMatch.patterned(name, requireLength('RequestMatch', `the pattern for ${name}`, pattern, MOST_LETTERS));
  }

  /**
   * Requests whose token says this of its user, where an `IngressGateway` with `istioPods` exposes a service and asks for tokens (`usersAtGateway`): a match of the gateway's VirtualService by
   * `@request.auth.claims`. Inside the mesh Istio routes by no claim (MESH283), and HTTPRoute has no words for one (MESH883).
   * @param name Name of the claim; one inside another is written `[realm_access][roles]`. Case matters
   * @param value Its value; of a list, one that it holds
   * @see https://istio.io/latest/docs/tasks/security/authentication/jwt-route/
   */
  public static claim(name: string, value: string): RequestMatch {
    requireArguments('RequestMatch', { name, value }, { name: TEXT, value: TEXT });
    const { value: said } = exactly(`claim ${name}`, value, MOST_LETTERS);
    return new RequestMatch({ headers: [claimTest(claimName('RequestMatch', name), said)], queryParams: [] });
  }

  /**
   * Requests of some browser or program, which says its name in the header `user-agent`.
   * @param text A part of that name, such as `Firefox`; case matters
   */
  public static userAgent(text: string): RequestMatch {
    requireArguments('RequestMatch', { text }, { text: TEXT });
    return RequestMatch.headerContaining('user-agent', text);
  }

  /**
   * Requests with this method.
   * @param method The method, such as `GET`
   */
  public static httpMethod(method: string): RequestMatch {
    requireArguments('RequestMatch', { method }, { method: TEXT });
    return new RequestMatch({ headers: [], queryParams: [], method: requireMethod(method) });
  }

  /**
   * Requests that a service of this program sends. Its own proxy knows that it is the one, so it holds for services with sidecars; a
   * waypoint does not tell requests by who sends them (MESH321), nor does what comes in through a gateway come from a service.
   * @param caller The MeshedService
   */
  public static sentBy(caller: ICaller): RequestMatch {
    requireArguments('RequestMatch', { caller }, { caller: SENDER });
    return new RequestMatch({ headers: [], queryParams: [] }, caller);
  }

  /**
   * Requests that have all of some matches.
   * @param matches Two matches or more, each of something else
   */
  public static all(matches: RequestMatch[]): RequestMatch {
    requireArguments('RequestMatch', { matches }, { matches: listOf(REQUEST_MATCH) });
    const callers = new Set(matches.flatMap(({ _caller }) => _caller ?? []));
    const facts = matches.reduce<RouteMatch | undefined>((sum, { _facts }) => sum && tryBoth(sum, _facts), {
      headers: [],
      queryParams: [],
    });
    if (facts && callers.size < 2 && matches.length > 0) return new RequestMatch(facts, [...callers][0]);
    throw new MeshError({
      code: 'MESH093',
      at: 'RequestMatch',
      what: 'a request can have all matches at once, each of something else',
      got: matches.length === 0 ? 'matches: []' : matches.map(textOf).join(' and '),
      fix: 'give one match for each header, cookie, parameter, path, method or caller; alternatives stand side by side in the list of match',
    });
  }

  private static patterned(name: string, pattern: string): RequestMatch {
    const header = {
      name: requireToken('RequestMatch', 'header name', name).toLowerCase(),
      type: 'RegularExpression',
      value: pattern,
    } as const;
    return new RequestMatch({ headers: [header], queryParams: [] });
  }

  /**
   * Requests with this cookie.
   * @param name Name of the cookie
   * @param value Its exact value
   */
  public static cookie(name: string, value: string): RequestMatch {
    requireArguments('RequestMatch', { name, value }, { name: TEXT, value: TEXT });
    const cookies = [{ name: requireToken('RequestMatch', 'cookie name', name), value }];
    requireLength('RequestMatch', 'the pattern for a cookie', cookiePattern(cookies), MOST_LETTERS);
    return new RequestMatch({ headers: [], queryParams: [], cookies });
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

  /**
   * Who sends the requests, where it is asked.
   * @internal
   */
  public readonly _caller?: ICaller;

  private constructor(match: RouteMatch, caller?: ICaller) {
    this._facts = Object.freeze(match);
    this._caller = caller;
  }
}

export const REQUEST_MATCH: Kind<RequestMatch> = made(RequestMatch, 'RequestMatch', "RequestMatch.header('x-canary', 'true')");

const SENDER: Kind<ICaller> = {
  wanted: 'a MeshedService',
  example: 'what new MeshedService gives',
  isOne: (value) => typeof (value as ICaller | null)?.serviceAccountName === 'string' && !CALLERS.isOne(value),
};

// As the API server counts them.
const MOST_LETTERS = 4096;
const MOST_LETTERS_IN_QUERY = 1024;

// As HTTPRoute lists them.
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];

function requireMethod(method: string): string {
  if (METHODS.includes(method)) return method;
  throw new MeshError({
    code: 'MESH094',
    at: 'RequestMatch',
    what: `a route tells requests by one of the methods ${METHODS.join(', ')}`,
    got: method,
    fix: 'write one of them, in capital letters',
  });
}

function tryBoth(a: RouteMatch, b: RouteMatch): RouteMatch | undefined {
  const overlap = overlapOf(a, b);
  return overlap.is === 'match' ? overlap.match : undefined;
}

function textOf({ _facts, _caller }: RequestMatch): string {
  const { headers, queryParams, cookies = [], method, path } = _facts;
  const named = [...headers, ...queryParams, ...cookies].map(({ name, value }) => `${name}: ${value}`);
  return [...named, method, path?.value, _caller?.serviceAccountName].filter(Boolean).join(', ');
}

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
