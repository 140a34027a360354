import type { Duration } from 'cdk8s';
import { listOf, NUMBER, optional, passedOn, struct, TEXT } from '../../support/options/kind';
import { timespan } from '../../support/options/timespan';
import { END_USER, type EndUser } from '../../values/access/end-user';
import { REQUEST_MATCH, type RequestMatch } from '../../values/traffic/request-match';
import { REDIRECT, type Redirect } from '../../values/traffic/shaping/redirect';
import { REWRITE, type Rewrite } from '../../values/traffic/shaping/rewrite';

/** What of a service is made reachable. */
export interface ExposeOptions {
  /**
   * Host name that requests carry, or that TLS asks for.
   * @default - none: for a port of bytes, which its listener alone tells
   */
  readonly host?: string;

  /**
   * Further host names; each has a route of its own, `<routeName>-<host>`.
   * @default - none
   */
  readonly moreHosts?: string[];

  /**
   * Path that requests begin with; `/cart` takes `/cart` and all below it.
   * @default - all paths
   */
  readonly pathPrefix?: string;

  /**
   * What whole paths look like, in the syntax of RE2: `/items/[0-9]+`. The gateway alone compares it; the service lets the gateway in for all below
   * `pathPrefix`.
   * @default - all paths below `pathPrefix`
   */
  readonly pathPattern?: string;

  /**
   * What requests look like: an exact path, a header, a method. One match is enough; paths lie below `pathPrefix`.
   * @default - all requests
   */
  readonly match?: RequestMatch[];

  /**
   * Other words in which the gateway sends these requests on; `PathRewrite.prefix('/')` takes `pathPrefix` away. The service, its routes and its policies see
   * the new path.
   * @default - as they came
   */
  readonly rewrite?: Rewrite;

  /**
   * Where the gateway sends clients instead; the service never sees these requests and lets nobody in for them. `PathRewrite.prefix('/new')` takes the place of
   * `pathPrefix`.
   * @default - requests go to the service
   * @example
   * import { PathRewrite } from 'istio-constructs';
   *
   * gateway.expose(product, { host: 'shop.example.com' });
   * const redirect = { path: PathRewrite.prefix('/items'), status: 301 };
   * gateway.expose(product, { host: 'shop.example.com', pathPrefix: '/products', redirect, routeName: 'moved' });
   */
  readonly redirect?: Redirect;

  /**
   * Whose token requests have to carry. The service's own proxy, or its waypoint, checks it, and lets the gateway in for such requests alone.
   * @default - no token is asked for
   */
  readonly user?: EndUser;

  /**
   * How long the gateway waits for an answer.
   * @default - as long as the service says
   */
  readonly timeout?: Duration;

  /**
   * Port of the Service.
   * @default - its first port that speaks HTTP; without one the first of all, where the gateway has a listener for it
   */
  readonly port?: number;

  /**
   * Name of the listener.
   * @default - the one that is for the host; HTTPS goes before HTTP in the open
   */
  readonly listener?: string;

  /**
   * Name of the route; needed when one gateway exposes a service more than once.
   * @default - <service>-<gateway>
   */
  readonly routeName?: string;
}

export const EXPOSE_OPTIONS = struct<ExposeOptions>({
  host: optional(passedOn(TEXT)),
  moreHosts: optional(listOf(TEXT)),
  pathPrefix: optional(TEXT),
  pathPattern: optional(TEXT),
  match: optional(listOf(REQUEST_MATCH)),
  rewrite: optional(REWRITE),
  redirect: optional(REDIRECT),
  user: optional(END_USER),
  timeout: optional(timespan<Duration>()),
  port: optional(NUMBER),
  listener: optional(TEXT),
  routeName: optional(TEXT),
});
