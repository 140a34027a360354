import type { LimitKeyFacts } from '../../../model/limits/limits';
import { requireLength } from '../../../support/bounds/text-length';
import { MeshError } from '../../../support/mesh-error';
import { made, TEXT } from '../../../support/options/kind';
import { requireArguments } from '../../../support/options/require-options';

/**
 * By what a rate limit tells requests apart: each value has a count of its own.
 *
 * Expands into a descriptor of Envoy's rate limit filter.
 *
 * @example
 * import { Duration } from 'cdk8s';
 * import { RateLimit, RateLimitKey } from 'istio-constructs';
 *
 * // A hundred requests a minute from each address on the internet.
 * new RateLimit(edge, 'per-client', { gateway, requests: 100, per: Duration.minutes(1), by: RateLimitKey.clientAddress() });
 */
export class RateLimitKey {
  /**
   * By the value of a header. Requests without it, or with an empty one, are counted together, so that nobody evades the limit by leaving it out. Whoever can write
   * the header chooses how they are counted: take one that a gateway or a token check sets.
   * @param name Name of the header; case does not matter
   */
  public static header(name: string): RateLimitKey {
    requireArguments('RateLimitKey', { name }, { name: TEXT });
    return new RateLimitKey({ header: requireToken('header name', name).toLowerCase() });
  }

  /**
   * By the address that a request comes from. At a gateway alone: a sidecar sees the address of the caller's pod, or what `x-forwarded-for` claims. Behind a load balancer
   * that hides addresses, the gateway sees only the balancer's.
   */
  public static clientAddress(): RateLimitKey {
    return new RateLimitKey({});
  }

  /** @internal */
  public readonly _facts: LimitKeyFacts;

  private constructor(facts: LimitKeyFacts) {
    this._facts = Object.freeze(facts);
  }
}

const MOST_LETTERS_IN_NAME = 256;

export const RATE_LIMIT_KEY = made(RateLimitKey, 'RateLimitKey', "RateLimitKey.header('x-user')");

function requireToken(what: string, name: string): string {
  if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return requireLength('RateLimitKey', `a ${what}`, name, MOST_LETTERS_IN_NAME);
  throw new MeshError({
    code: 'MESH007',
    at: 'RateLimitKey',
    what: `a ${what} has no spaces or separators and is not empty`,
    got: name,
    fix: `give the ${what} alone`,
  });
}
