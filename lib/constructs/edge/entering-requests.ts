import type { Construct } from 'constructs';
import type { Exposure } from '../../model/exposure';
import type { RouteMatch } from '../../model/route';
import { arrivingAt } from '../../planes/shaping/exposed-paths';
import { patternsOf } from '../../planes/shaping/path-pattern';
import { requireMilliseconds } from '../../support/bounds/milliseconds';
import { MeshError } from '../../support/mesh-error';
import { requirePathPrefix } from '../../support/request-path';
import { HttpAccess } from '../../values/access/http-access';
import { someMatchesOf } from '../routes/match-facts-of';
import { exposedRedirect, exposedRewrite } from '../routes/shaping/exposed-rewrite';
import type { ExposeOptions } from './expose-options';

type Entering = Pick<Exposure, 'pathPrefix' | 'pathPattern' | 'matches' | 'rewrite' | 'redirect' | 'timeoutMs'>;

/** Which requests come in, and in which words they are sent on. */
export function enteringRequests(at: Construct, options: ExposeOptions): Entering {
  requireNothingSent(at, options);
  const pathPrefix = requirePathPrefix(at, options.pathPrefix ?? '/');
  const rewrite = options.rewrite && exposedRewrite(at, pathPrefix, options.rewrite);
  const redirect = options.redirect && exposedRedirect(at, pathPrefix, options.redirect);
  const matches = someMatchesOf(at, options.match);
  const { pathPattern } = options;
  matches?.forEach((match) => requireAtGateway(at, pathPrefix, match));
  if (pathPattern !== undefined) requirePattern(at, pathPattern, { pathPrefix, matches, rewrite, redirect });
  const timeoutMs = options.timeout && requireMilliseconds(at, 'timeout', options.timeout);
  return { pathPrefix, pathPattern, matches, rewrite, redirect, timeoutMs };
}

/** The same as the service's policy admits it, once the gateway has changed what it changes; undefined for all requests. */
export function arrivingRequests({
  pathPrefix,
  matches = [{ headers: [], queryParams: [] }],
  rewrite,
}: Entering): HttpAccess[] | undefined {
  const parts = matches.map(({ method, path }) => {
    const patterns = patternsOf(arrivingAt({ pathPrefix, rewrite, entrance: path }));
    return { methods: method === undefined ? [] : [method], paths: patterns.includes('/*') ? [] : [...patterns] };
  });
  if (parts.some(({ methods, paths }) => methods.length === 0 && paths.length === 0)) return undefined;
  return parts.map((part) => HttpAccess.of(part));
}

// Whoever reads a token or waits for an answer stands behind the gateway.
function requireNothingSent(at: Construct, { redirect, port, rewrite, user, usersAtGateway, timeout }: ExposeOptions): void {
  const said = Object.entries({ port, rewrite, user, usersAtGateway, timeout }).filter(([, value]) => value !== undefined);
  if (!redirect || said.length === 0) return;
  throw new MeshError({
    code: 'MESH859',
    at,
    what: 'a gateway sends clients elsewhere by itself: of these requests the service sees none',
    got: `redirect with ${said.map(([key]) => key).join(' and ')}`,
    fix: 'leave it out, or expose the service without redirect',
  });
}

/** What says something of requests, where a gateway reads none. */
export function requireNoRequests(at: Construct, options: ExposeOptions): void {
  const { pathPrefix, pathPattern, match, rewrite, redirect, user, usersAtGateway, timeout } = options;
  const said = Object.entries({ pathPrefix, pathPattern, match, rewrite, redirect, user, usersAtGateway, timeout }).filter(
    ([, value]) => value !== undefined,
  );
  if (said.length > 0)
    refuse(at, `${said.map(([key]) => key).join(' and ')} of connections`, 'leave it out, or expose a port that speaks HTTP');
}

function requireAtGateway(at: Construct, pathPrefix: string, { source, path }: RouteMatch): void {
  if (source) refuse(at, 'RequestMatch.sentBy', 'match by what clients send: nobody outside is a service of the mesh');
  const isBelow = !path || pathPrefix === '/' || path.value === pathPrefix || path.value.startsWith(`${pathPrefix}/`);
  if (!isBelow)
    refuse(at, `a match for ${path.value} with pathPrefix ${pathPrefix}`, 'match paths below pathPrefix, or leave pathPrefix out');
}

const MOST_LETTERS = 1024;

function requirePattern(at: Construct, pattern: string, { matches = [], rewrite, redirect }: Entering): void {
  if (matches.some(({ path }) => path)) refuse(at, 'pathPattern together with a match by path', 'say paths in one of the two');
  if ((rewrite ?? redirect)?.path?.replaces === 'matched')
    refuse(at, 'a new beginning of paths that a pattern takes', 'use PathRewrite.whole');
  if (!pattern.startsWith('/') || !isPattern(pattern))
    refuse(at, `pathPattern ${pattern}`, "write a pattern for whole paths, such as '/items/[0-9]+'");
}

// Neither lookaround nor references to groups: RE2 has none, and Envoy refuses all of its configuration for one.
function isPattern(pattern: string): boolean {
  return pattern.length <= MOST_LETTERS && !/\(\?(=|!|<=|<!)|\\[1-9]/.test(pattern);
}

function refuse(at: Construct, got: string, fix: string): never {
  throw new MeshError({ code: 'MESH796', at, what: 'a gateway tells requests by what it reads of them, and paths in one way', got, fix });
}
