import { type ApiObject, Yaml } from 'cdk8s';
import { Construct } from 'constructs';
import { MeshGraph } from '../../../graph/mesh-graph';
import { partyOf } from '../../../graph/party-of';
import { recordCall } from '../../../graph/record-call';
import type { GlobalLimit, LimiterFacts } from '../../../model/limits/limits';
import { speaksGrpc } from '../../../model/retry-safety';
import { renderGlobalLimit } from '../../../render/limits/global-limit';
import { renderRules } from '../../../render/limits/rules';
import { kindOf, markKind } from '../../../support/marker';
import { MeshError } from '../../../support/mesh-error';
import { requireCount } from '../../../support/numbers';
import { requireName } from '../../../support/object-names';
import { type Kind, listOf } from '../../../support/options/kind';
import { requireArguments, requireOptions } from '../../../support/options/require-options';
import { forEveryReader } from '../../../support/yaml/every-reader';
import { LimiterFailure } from '../../../values/traffic/limits/limiter-failure';
import { requireMilliseconds } from '../../../support/bounds/milliseconds';
import { freeScope } from '../../tree/free-scope';
import { joinApp } from '../../tree/join-app';
import { GLOBAL_RATE_LIMIT_PROPS, type GlobalRateLimitProps } from './global-rate-limit-props';
import { limitedBy } from './limit-place';
import { asSeen, makeLimit, recordLimit } from './make-limit';
import { rateLimitOf } from './over-limit';
import type { RateLimitService } from './rate-limit-service';

/**
 * A limit on requests that one service counts for all proxies: however many pods there are, so many requests pass.
 *
 * Expands into an EnvoyFilter with Envoy's rate limit, which comes after authentication and authorization, and grants the proxies that limit, those of the service or of
 * the gateway, the call to the one who counts. As long as that gives no answer requests are refused, unless `LimiterFailure.LET_THROUGH` asks for the contrary. The number
 * stands in the rules of the rate limit service, which `rules` writes. Istio supports no EnvoyFilter at waypoints: in ambient mode a service
 * cannot be limited (MESH737), but a gateway in front of it can; and the service that counts may be in either mode.
 *
 * @see https://istio.io/latest/docs/tasks/policy-enforcement/rate-limit/
 * @example
 * import { ApiObject } from 'cdk8s';
 * import { GlobalRateLimit, MeshedService, MeshPort, RateLimitKey, RateLimitService, RateLimitUnit } from 'istio-constructs';
 *
 * const counter = new MeshedService(shop, 'ratelimit', { image: 'docker.io/envoyproxy/ratelimit:e9ce92cc', ports: [MeshPort.grpc(8081)] });
 * const limiter = RateLimitService.of(counter, { domain: 'shop' });
 * const by = RateLimitKey.header('x-user');
 * const perUser = new GlobalRateLimit(edge, 'per-user', { gateway, limiter, requests: 100, per: RateLimitUnit.MINUTE, by });
 *
 * new ApiObject(shop, 'rules', {
 *   apiVersion: 'v1',
 *   kind: 'ConfigMap',
 *   metadata: { name: 'ratelimit-rules' },
 *   data: { 'config.yaml': GlobalRateLimit.rules([perUser]) },
 * });
 */
export class GlobalRateLimit extends Construct {
  /**
   * The rules that the rate limit service has to know of limits, as the configuration of envoyproxy/ratelimit writes them: one file for each domain.
   * @param limits Limits of one domain
   */
  public static rules(limits: GlobalRateLimit[]): string {
    requireArguments('GlobalRateLimit', { limits }, { limits: listOf(GLOBAL_RATE_LIMIT) });
    const domains = [...new Set(limits.map(({ _facts }) => _facts.limiter.domain))];
    const facts = limits.map(({ _facts }) => _facts);
    if (domains.length === 1) return forEveryReader(Yaml.stringify, [renderRules(domains[0], facts)]);
    throw new MeshError({
      code: 'MESH743',
      at: 'GlobalRateLimit',
      what: 'one file of rules is for the limits of one domain',
      got: domains.length === 0 ? 'no limit' : `limits of ${domains.join(' and ')}`,
      fix: 'write a file for each domain, of one limit at least',
    });
  }

  /** The EnvoyFilter. */
  public readonly resource: ApiObject;
  /** @internal */
  public readonly _facts: GlobalLimit;

  /**
   * Declares the limit.
   * @param scope Where to declare it
   * @param id Id of the construct, and the name of the limit
   * @param props Whose requests, how many, in which time, and who counts
   */
  public constructor(scope: Construct, id: string, props: GlobalRateLimitProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'GlobalRateLimit');
    joinApp(this);
    requireOptions(this, props, GLOBAL_RATE_LIMIT_PROPS);
    const name = requireName(this, 'name of a limit', id);
    const limited = limitedBy(this, props);
    const limiter = limiterOf(this, props.limiter);
    this._facts = {
      ...rateLimitOf(this, limited, props),
      name: `${limited.party.namespaceName}/${name}`,
      requests: requireCount(this, 'requests of a limit', props.requests, 1),
      unit: props.per,
      limiter,
    };
    recordCall(this, { caller: limited.owner, callee: props.limiter.service, action: 'ALLOW', options: { port: limiter.port } });
    recordLimit(this, limited, this._facts);
    const filter = () => renderGlobalLimit(name, asSeen(this, limited, this._facts));
    this.resource = makeLimit(this, name, limited, filter, limiter);
  }
}

const GLOBAL_RATE_LIMIT: Kind<GlobalRateLimit> = {
  wanted: 'a GlobalRateLimit',
  example: 'what new GlobalRateLimit gives',
  isOne: (value) => kindOf(value) === 'GlobalRateLimit',
};

const DEFAULT_TIMEOUT_MS = 250;

function limiterOf(at: Construct, { service, domain, onFailure, _port, _timeout }: RateLimitService): LimiterFacts {
  const { name, namespaceName, host, ports } = partyOf(at, service, MeshGraph.of(at));
  const port = ports.find((one) => speaksGrpc(one) && (_port === undefined || one.number === _port));
  if (!port) {
    throw new MeshError({
      code: 'MESH735',
      at,
      what: 'a rate limit service is asked by gRPC',
      got: `${_port === undefined ? 'no gRPC port' : `port ${_port}`} of ${name}`,
      fix: 'declare the port that it is asked on with MeshPort.grpc',
    });
  }
  const timeoutMs = _timeout === undefined ? DEFAULT_TIMEOUT_MS : requireMilliseconds(at, 'timeout', _timeout);
  return { domain, host: host!, namespaceName, port: port.number, timeoutMs, failsClosed: onFailure === LimiterFailure.REFUSE };
}
