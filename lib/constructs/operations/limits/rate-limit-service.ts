import type { Duration } from 'cdk8s';
import { MeshError } from '../../../support/mesh-error';
import { made, NUMBER, optional, struct, TEXT } from '../../../support/options/kind';
import { requireArguments, requireOptions } from '../../../support/options/require-options';
import { DURATION } from '../../../values/traffic/duration';
import { LIMITER_FAILURE, LimiterFailure } from '../../../values/traffic/limits/limiter-failure';
import type { IMeshedService } from '../../service/i-meshed-service';
import { SERVICE } from '../../service/own-service';

/** How proxies ask a rate limit service. */
export interface RateLimitServiceOptions {
  /**
   * Port of the service that speaks Envoy's rate limit protocol.
   * @default - its first port that speaks gRPC
   */
  readonly port?: number;

  /**
   * Name of the set of rules that is asked.
   * @default - the name of the service
   */
  readonly domain?: string;

  /**
   * What becomes of requests as long as the service gives no answer.
   * @default LimiterFailure.REFUSE
   */
  readonly onFailure?: LimiterFailure;

  /**
   * How long a proxy waits for an answer. Envoy alone would wait 20 milliseconds.
   * @default - 250 milliseconds
   */
  readonly timeout?: Duration;
}

/**
 * A service that counts requests for all proxies, such as envoyproxy/ratelimit.
 *
 * Expands into the service that Envoy's rate limit filter asks. Each GlobalRateLimit grants its proxies the call.
 *
 * @see https://github.com/envoyproxy/ratelimit
 * @example
 * import { MeshedService, MeshPort, RateLimitService } from 'istio-constructs';
 *
 * const counter = new MeshedService(shop, 'ratelimit', { image: 'docker.io/envoyproxy/ratelimit:e9ce92cc', ports: [MeshPort.grpc(8081)] });
 * RateLimitService.of(counter, { domain: 'shop' });
 */
export class RateLimitService {
  /**
   * A service that speaks Envoy's rate limit protocol.
   * @param service The service, of this program or of another
   * @param options Where it differs from the defaults
   */
  public static of(service: IMeshedService, options: RateLimitServiceOptions = {}): RateLimitService {
    requireArguments('RateLimitService', { service }, { service: SERVICE });
    requireOptions('RateLimitService', options, RATE_LIMIT_SERVICE_OPTIONS);
    return new RateLimitService(service, options);
  }

  /** The service that counts. */
  public readonly service: IMeshedService;
  /** Name of the set of rules that is asked. */
  public readonly domain: string;
  /** What becomes of requests as long as it gives no answer. */
  public readonly onFailure: LimiterFailure;
  /** @internal */
  public readonly _port?: number;
  /** @internal */
  public readonly _timeout?: Duration;

  private constructor(service: IMeshedService, { port, domain = service.serviceName, onFailure, timeout }: RateLimitServiceOptions) {
    this.service = service;
    this.domain = requireDomainName(domain);
    this.onFailure = onFailure ?? LimiterFailure.REFUSE;
    this._port = port;
    this._timeout = timeout;
  }
}

const RATE_LIMIT_SERVICE_OPTIONS = struct<RateLimitServiceOptions>({
  port: optional(NUMBER),
  domain: optional(TEXT),
  onFailure: optional(LIMITER_FAILURE),
  timeout: optional(DURATION),
});

export const RATE_LIMIT_SERVICE = made(RateLimitService, 'RateLimitService', 'RateLimitService.of(counter)');

// An empty one is refused by Envoy, together with all else that it is told.
function requireDomainName(domain: string): string {
  if (domain.trim() !== '') return domain;
  throw new MeshError({
    code: 'MESH741',
    at: 'RateLimitService',
    what: 'the set of rules of a rate limit service has a name',
    got: domain,
    fix: 'give the domain that stands in its rules, or leave it out',
  });
}
