import type { Duration } from 'cdk8s';
import { BOOLEAN, NUMBER, optional, passedOn, struct } from '../../../support/options/kind';
import { DURATION } from '../../../values/traffic/duration';
import { RATE_LIMIT_KEY, type RateLimitKey } from '../../../values/traffic/limits/rate-limit-key';
import { REQUEST_MATCH, type RequestMatch } from '../../../values/traffic/request-match';
import type { IngressGateway } from '../../edge/ingress-gateway';
import { OWN_GATEWAY } from '../../edge/own-gateway';
import type { MeshedService } from '../../service/meshed-service';
import { OWN_SERVICE } from '../../service/own-service';

/** How many requests a proxy lets through. Give either `service` or `gateway`. */
export interface RateLimitProps {
  /** Requests that each proxy lets through in the time of `per`. */
  readonly requests: number;

  /** The time in which so many pass; 50 milliseconds at least. */
  readonly per: Duration;

  /**
   * The service whose sidecars limit what it gets. In ambient mode there is none that could.
   * @default - as `gateway` says
   */
  readonly service?: MeshedService;

  /**
   * The gateway whose proxies limit what they take, for whichever service.
   * @default - as `service` says
   */
  readonly gateway?: IngressGateway;

  /**
   * Port of the service.
   * @default - all its ports that speak HTTP, each with a count of its own
   */
  readonly port?: number;

  /**
   * Requests that may come at once after a pause: the size of the bucket, which fills steadily.
   * @default - as many as `requests`
   */
  readonly burst?: number;

  /**
   * Requests that are counted and limited; others pass.
   * @default - all requests
   */
  readonly match?: RequestMatch;

  /**
   * By what requests are told apart, so that each value has a count of its own.
   * @default - all share one count
   */
  readonly by?: RateLimitKey;

  /**
   * Values of `by` that a proxy remembers at the same time. One that was not seen for longest is forgotten for a new one, and starts again with a full bucket.
   * @default 1000
   */
  readonly maxValues?: number;

  /**
   * HTTP status of the answer to a request too many, from 400 to 599. gRPC requests are answered RESOURCE_EXHAUSTED.
   * @default 429
   */
  readonly status?: number;

  /**
   * Share of the requests too many that are refused, in whole percent. With 0 they are counted in the proxy's statistics and pass, to try a limit.
   * @default 100
   */
  readonly enforced?: number;

  /**
   * Answers say in headers `x-ratelimit-limit`, `-remaining` and `-reset` how much is left.
   * @default false
   */
  readonly tellCallers?: boolean;
}

export const RATE_LIMIT_PROPS = struct<RateLimitProps>({
  requests: passedOn(NUMBER),
  per: DURATION,
  service: optional(OWN_SERVICE),
  gateway: optional(OWN_GATEWAY),
  port: optional(NUMBER),
  burst: optional(passedOn(NUMBER)),
  match: optional(REQUEST_MATCH),
  by: optional(RATE_LIMIT_KEY),
  maxValues: optional(passedOn(NUMBER)),
  status: optional(passedOn(NUMBER)),
  enforced: optional(passedOn(NUMBER)),
  tellCallers: optional(BOOLEAN),
});
