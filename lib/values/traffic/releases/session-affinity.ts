import type { Duration } from 'cdk8s';
import type { AffinityFacts } from '../../../model/route';
import { MeshError } from '../../../support/mesh-error';
import { made, optional, struct, TEXT } from '../../../support/options/kind';
import { requireOptions } from '../../../support/options/require-options';
import { DURATION } from '../duration';

/** What may differ from the cookie's defaults. */
export interface SessionCookieOptions {
  /**
   * Name of the cookie; its value is the version.
   * @default 'release'
   */
  readonly name?: string;

  /**
   * How long a customer stays, in whole seconds, counted from the first answer.
   * @default - a day
   */
  readonly maxAge?: Duration;
}

/**
 * How one customer stays on one version, while a release shares requests out.
 *
 * The first request is shared out by weight; its answer sets a cookie that names the version, and requests with the cookie go there as long as that
 * version takes any. Whoever keeps no cookies, as most callers inside a mesh, is shared out by weight each time.
 *
 * @example
 * import { CanaryRelease, SessionAffinity } from 'istio-constructs';
 *
 * // One customer in ten sees the new cart, and goes on seeing it for a day.
 * new CanaryRelease(shop, 'cart-v2', {
 *   service: cart,
 *   canary: { version: 'v2', image: 'ghcr.io/acme/cart:2.0.0' },
 *   weight: 10,
 *   affinity: SessionAffinity.cookie({ name: 'cart-release' }),
 * });
 */
export class SessionAffinity {
  /**
   * By a cookie.
   * @param options What differs from the defaults
   */
  public static cookie(options: SessionCookieOptions = {}): SessionAffinity {
    requireOptions('SessionAffinity', options, SESSION_COOKIE_OPTIONS);
    const { name = 'release', maxAge } = options;
    return new SessionAffinity({ cookie: requireCookieName(name), maxAgeSeconds: maxAge ? secondsOf(maxAge) : DAY });
  }

  /** @internal */
  public readonly _facts: AffinityFacts;

  private constructor(facts: AffinityFacts) {
    this._facts = Object.freeze(facts);
  }
}

const SESSION_COOKIE_OPTIONS = struct<SessionCookieOptions>({ name: optional(TEXT), maxAge: optional(DURATION) });

export const SESSION_AFFINITY = made(SessionAffinity, 'SessionAffinity', 'SessionAffinity.cookie()', SESSION_COOKIE_OPTIONS);

function requireCookieName(name: string): string {
  if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/.test(name)) return name;
  throw new MeshError({
    code: 'MESH761',
    at: 'SessionAffinity',
    what: 'the name of a cookie has 1 to 256 letters, without spaces and separators',
    got: name,
    fix: 'give the name alone, such as cart-release',
  });
}

function secondsOf(maxAge: Duration): number {
  const seconds = maxAge.toMilliseconds({ integral: false }) / 1000;
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= MOST_SECONDS) return seconds;
  throw new MeshError({
    code: 'MESH762',
    at: 'SessionAffinity',
    what: 'a cookie is kept for whole seconds, up to 400 days, after which browsers drop it',
    got: maxAge.toHumanString(),
    fix: 'give maxAge a Duration within these bounds',
  });
}

const DAY = 24 * 3600;
const MOST_SECONDS = 400 * DAY;
