import type { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { renderLocalLimit } from '../../../render/limits/local-limit';
import { markKind } from '../../../support/marker';
import { MeshError } from '../../../support/mesh-error';
import { requireCount } from '../../../support/numbers';
import { requireName } from '../../../support/object-names';
import { requireOptions } from '../../../support/options/require-options';
import { requireMilliseconds } from '../../../support/bounds/milliseconds';
import { freeScope } from '../../tree/free-scope';
import { joinApp } from '../../tree/join-app';
import { limitedBy } from './limit-place';
import { asSeen, makeLimit, recordLimit } from './make-limit';
import { rateLimitOf } from './over-limit';
import { RATE_LIMIT_PROPS, type RateLimitProps } from './rate-limit-props';

/**
 * A limit on requests that each proxy counts by itself: a sidecar those to its pod, a proxy of a gateway those that it takes. With three pods three times as many pass in
 * all; `GlobalRateLimit` counts for all of them. A proxy counts once more for each port and for each way in: mutual TLS, tunnels of ambient mode, plaintext where it is taken.
 *
 * Expands into an EnvoyFilter with Envoy's local rate limit, which comes after authentication and authorization: requests that are refused there use nothing up. Several
 * limits hold side by side. Istio supports no EnvoyFilter at waypoints, so that in ambient mode a service cannot be limited (MESH737), but
 * a gateway in front of it can.
 *
 * @see https://istio.io/latest/docs/tasks/policy-enforcement/rate-limit/
 * @example
 * import { Duration } from 'cdk8s';
 * import { RateLimit, RateLimitKey, RequestMatch } from 'istio-constructs';
 *
 * // What comes in, all together; and searches, of which each user has a few.
 * new RateLimit(edge, 'all', { gateway, requests: 1000, per: Duration.seconds(1) });
 * new RateLimit(edge, 'searches', {
 *   gateway,
 *   requests: 30,
 *   per: Duration.minutes(1),
 *   burst: 5,
 *   match: RequestMatch.pathPrefix('/search'),
 *   by: RateLimitKey.header('x-user'),
 * });
 */
export class RateLimit extends Construct {
  /** The EnvoyFilter. */
  public readonly resource: ApiObject;

  /**
   * Declares the limit.
   * @param scope Where to declare it
   * @param id Id of the construct, and the name of the limit
   * @param props Whose requests, how many, in which time
   */
  public constructor(scope: Construct, id: string, props: RateLimitProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'RateLimit');
    joinApp(this);
    requireOptions(this, props, RATE_LIMIT_PROPS);
    const name = requireName(this, 'name of a limit', id);
    const limited = limitedBy(this, props);
    const requests = requireCount(this, 'requests of a limit', props.requests, 1);
    const limit = {
      ...rateLimitOf(this, limited, props),
      name,
      requests,
      perMs: fillTimeOf(this, props.per),
      burst: requireCount(this, 'burst of a limit', props.burst ?? requests, 1),
      maxValues: requireCount(this, 'maxValues of a limit', props.maxValues ?? 1000, 1),
    };
    recordLimit(this, limited, limit);
    this.resource = makeLimit(this, name, limited, () => renderLocalLimit(asSeen(this, limited, limit)));
  }
}

const LEAST_MS = 50;

// Envoy refuses the whole configuration of a proxy for less.
function fillTimeOf(at: Construct, per: Duration): number {
  const ms = requireMilliseconds(at, 'per', per);
  if (ms >= LEAST_MS) return ms;
  throw new MeshError({
    code: 'MESH740',
    at,
    what: `requests are counted over ${LEAST_MS} milliseconds at least`,
    got: per.toHumanString(),
    fix: 'allow more requests in a longer time',
  });
}
