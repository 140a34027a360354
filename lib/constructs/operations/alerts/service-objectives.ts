import type { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { renderObjectives } from '../../../render/observability/objectives';
import { BUCKETS } from '../../../render/observability/requests';
import { requireMilliseconds } from '../../../support/bounds/milliseconds';
import { markKind } from '../../../support/marker';
import { MeshError } from '../../../support/mesh-error';
import { requireOptions } from '../../../support/options/require-options';
import { freeScope } from '../../tree/free-scope';
import { joinApp } from '../../tree/join-app';
import { makeRules } from './make-rules';
import { countedRequests, observe } from './observed-service';
import { alertStyle } from './rule-options';
import { SERVICE_OBJECTIVES_PROPS, type ServiceObjectivesProps } from './service-objectives-props';

/**
 * What a service promises its callers, and alerts before the promise is broken: they compare how fast it uses up what may go wrong over four pairs of a long time and a short one,
 * so that somebody is woken by what matters and still goes on, and by nothing else.
 *
 * Expands into a PrometheusRule, which the Prometheus Operator reads: for each objective a recorded share of the requests that break it over several times, what is left of the
 * budget, and the alerts `MeshAvailabilityBudgetBurn` and `MeshLatencyBudgetBurn`. In sidecar mode the proxies of callers count the requests; in ambient mode the waypoint, which
 * is there for it.
 *
 * @see https://sre.google/workbook/alerting-on-slos/
 * @example
 * import { Duration } from 'cdk8s';
 * import { ServiceObjectives } from 'istio-constructs';
 *
 * new ServiceObjectives(shop, 'cart-objectives', {
 *   service: cart,
 *   availability: 99.9,
 *   latency: [{ percentile: 99, below: Duration.millis(300) }],
 *   window: Duration.days(28),
 *   labels: { release: 'kube-prometheus-stack' },
 * });
 */
export class ServiceObjectives extends Construct {
  /** The PrometheusRule. */
  public readonly resource: ApiObject;

  /**
   * Declares the objectives.
   * @param scope Where to declare it
   * @param id Id of the construct, and the name of the PrometheusRule
   * @param props Which service, and what it promises
   */
  public constructor(scope: Construct, id: string, props: ServiceObjectivesProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'ServiceObjectives');
    joinApp(this);
    requireOptions(this, props, SERVICE_OBJECTIVES_PROPS);
    const { service, availability, latency = [], countedBy } = props;
    if (availability === undefined && latency.length === 0) refuseNothing(this);
    const observed = observe(this, service, countedBy);
    const { name: serviceName, namespaceName } = observed.party;
    const promised = {
      serviceName,
      namespaceName,
      windowSeconds: secondsOf(this, props.window),
      availability: availability === undefined ? undefined : requirePercent(this, 'availability', availability),
      latency: latency.map(({ percentile, below }) => ({
        percentile: requirePercent(this, 'percentile', percentile),
        belowMs: requireInBuckets(this, below),
      })),
    };
    const style = alertStyle(props, { namespace: namespaceName, service: serviceName });
    const spec = () => renderObjectives({ ...promised, counted: countedRequests(this, observed) }, style);
    this.resource = makeRules(this, { namespaceName, labels: props.labels, spec });
  }
}

const DAY = 86_400;

// Over less than a week even the long times of the pairs are shorter than a release takes; Prometheus keeps what is older than a quarter nowhere.
function secondsOf(at: Construct, window: Duration | undefined): number {
  const seconds = window ? requireMilliseconds(at, 'window', window) / 1000 : 30 * DAY;
  if (seconds >= 7 * DAY && seconds <= 90 * DAY && seconds % DAY === 0) return seconds;
  throw new MeshError({
    code: 'MESH719',
    at,
    what: 'an objective holds over whole days, from 7 to 90',
    got: window!.toHumanString(),
    fix: 'give for example Duration.days(28)',
  });
}

function requirePercent(at: Construct, option: string, percent: number): number {
  if (percent > 0 && percent < 100) return percent;
  throw new MeshError({
    code: 'MESH818',
    at,
    what: 'an objective is a share of more than 0 and less than 100 percent: something has to be left that may go wrong',
    got: `${option}: ${percent}`,
    fix: 'give for example 99.9',
  });
}

function requireInBuckets(at: Construct, below: Duration): number {
  const ms = requireMilliseconds(at, 'below', below);
  const most = BUCKETS[BUCKETS.length - 1];
  if (ms <= most) return ms;
  throw new MeshError({
    code: 'MESH831',
    at,
    what: `proxies count durations in buckets, and tell none apart that are longer than ${most / 60_000} minutes`,
    got: below.toHumanString(),
    fix: 'give a shorter time',
  });
}

function refuseNothing(at: Construct): never {
  throw new MeshError({
    code: 'MESH817',
    at,
    what: 'objectives promise something',
    got: 'neither availability nor latency',
    fix: 'set availability, latency or both',
  });
}
