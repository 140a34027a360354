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
   * Whose tokens the gateway itself asks for, before anything is sent on; one of several users is enough, and where one of them is optional a request may come
   * without. The service lets the gateway in as before, and needs neither a waypoint nor a look at the token.
   *
   * Expands into a RequestAuthentication of the gateway and a policy `<gateway>-users`, which refuses what comes without: under these hosts, at the path and all
   * below it, in every way of writing it that a policy has words for. Other hosts and paths stay as they are, but for this: the gateway reads the tokens of all requests, and
   * refuses a wrong one everywhere (MESH272). Errors: MESH860, MESH861, MESH862; MESH270 where a policy cannot tell the requests from others.
   * @see https://istio.io/latest/docs/tasks/security/authentication/authn-policy/#end-user-authentication
   * @default - the gateway asks for no token
   * @example
   * import { JwtIssuer } from 'istio-constructs';
   *
   * const issuer = JwtIssuer.of({ issuer: 'https://id.example.com', audiences: ['shop'] });
   * gateway.expose(product, { host: 'shop.example.com' });
   * gateway.expose(cart, { host: 'shop.example.com', pathPrefix: '/cart', usersAtGateway: [{ issuer }] });
   */
  readonly usersAtGateway?: EndUser[];

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

  /**
   * Why it is reached from outside, for those who read the report.
   * @default - no reason is needed
   */
  readonly reason?: string;
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
  usersAtGateway: optional(listOf(END_USER)),
  timeout: optional(timespan<Duration>()),
  port: optional(NUMBER),
  listener: optional(TEXT),
  routeName: optional(TEXT),
  reason: optional(TEXT),
});
