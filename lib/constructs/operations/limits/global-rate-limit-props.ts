import { BOOLEAN, NUMBER, optional, passedOn, struct } from '../../../support/options/kind';
import { RATE_LIMIT_KEY, type RateLimitKey } from '../../../values/traffic/limits/rate-limit-key';
import { RATE_LIMIT_UNIT, type RateLimitUnit } from '../../../values/traffic/limits/rate-limit-unit';
import { REQUEST_MATCH, type RequestMatch } from '../../../values/traffic/request-match';
import type { IngressGateway } from '../../edge/ingress-gateway';
import { OWN_GATEWAY } from '../../edge/own-gateway';
import type { MeshedService } from '../../service/meshed-service';
import { OWN_SERVICE } from '../../service/own-service';
import { RATE_LIMIT_SERVICE, type RateLimitService } from './rate-limit-service';

/** How many requests all proxies together let through. Give either `service` or `gateway`. */
export interface GlobalRateLimitProps {
  /** Who counts. */
  readonly limiter: RateLimitService;

  /** Requests that pass in one unit of time. */
  readonly requests: number;

  /** The unit of time. */
  readonly per: RateLimitUnit;

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
   * @default - all its ports that speak HTTP
   */
  readonly port?: number;

  /**
   * Requests that are counted and limited; others pass unasked.
   * @default - all requests
   */
  readonly match?: RequestMatch;

  /**
   * By what requests are told apart, so that each value has a count of its own.
   * @default - all share one count
   */
  readonly by?: RateLimitKey;

  /**
   * HTTP status of the answer to a request too many, from 400 to 599. gRPC requests are answered RESOURCE_EXHAUSTED.
   * @default 429
   */
  readonly status?: number;

  /**
   * Share of the requests too many that are refused, in whole percent. With 0 they are counted and pass, to try a limit.
   * @default 100
   */
  readonly enforced?: number;

  /**
   * Answers say in headers `x-ratelimit-limit`, `-remaining` and `-reset` how much is left.
   * @default false
   */
  readonly tellCallers?: boolean;
}

export const GLOBAL_RATE_LIMIT_PROPS = struct<GlobalRateLimitProps>({
  limiter: RATE_LIMIT_SERVICE,
  requests: NUMBER,
  per: RATE_LIMIT_UNIT,
  service: optional(OWN_SERVICE),
  gateway: optional(OWN_GATEWAY),
  port: optional(NUMBER),
  match: optional(REQUEST_MATCH),
  by: optional(RATE_LIMIT_KEY),
  status: optional(passedOn(NUMBER)),
  enforced: optional(passedOn(NUMBER)),
  tellCallers: optional(BOOLEAN),
});
