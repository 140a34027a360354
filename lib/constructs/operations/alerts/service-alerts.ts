import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { settledOf } from '../../../graph/settle';
import { planeOf } from '../../../planes/plane-of';
import type { ServiceAlertsFacts, ServiceBounds } from '../../../render/observability/service-alerts';
import { renderServiceAlerts } from '../../../render/observability/service-alerts';
import { markKind } from '../../../support/marker';
import { requireOptions } from '../../../support/options/require-options';
import { freeScope } from '../../tree/free-scope';
import { joinApp } from '../../tree/join-app';
import { AlertThresholds } from './alert-thresholds';
import { makeRules } from './make-rules';
import { countedRequests, observe, type ObservedService } from './observed-service';
import { alertStyle } from './rule-options';
import { SERVICE_ALERTS_PROPS, type ServiceAlertsProps } from './service-alerts-props';

/**
 * Alerts about one service: errors, slow answers, nobody calls, retries that do not help, circuit breakers that are open, requests and connections that policies refuse, and a new
 * version that is worse than the stable one.
 *
 * Expands into a PrometheusRule, which the Prometheus Operator reads. In sidecar mode the proxies of callers count the requests; in ambient mode the waypoint, which is there for
 * it, and ztunnel counts the connections that it refuses. All series are there by default: no proxy has to keep more statistics for them.
 *
 * @see https://istio.io/latest/docs/reference/config/metrics/
 * @example
 * import { Duration } from 'cdk8s';
 * import { AlertThresholds, ServiceAlert, ServiceAlerts } from 'istio-constructs';
 *
 * new ServiceAlerts(shop, 'cart-alerts', {
 *   service: cart,
 *   thresholds: AlertThresholds.of({ errorPercent: 0.5, latency: Duration.millis(400) }),
 *   without: [ServiceAlert.NO_TRAFFIC],
 *   labels: { release: 'kube-prometheus-stack' },
 * });
 */
export class ServiceAlerts extends Construct {
  /** The PrometheusRule. */
  public readonly resource: ApiObject;
  /** From where on something is told. */
  public readonly thresholds: AlertThresholds;

  /**
   * Declares the alerts.
   * @param scope Where to declare it
   * @param id Id of the construct, and the name of the PrometheusRule
   * @param props Which service, and what is told
   */
  public constructor(scope: Construct, id: string, props: ServiceAlertsProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'ServiceAlerts');
    joinApp(this);
    requireOptions(this, props, SERVICE_ALERTS_PROPS);
    const { service, without = [], countedBy } = props;
    this.thresholds = props.thresholds ?? AlertThresholds.of();
    const observed = observe(this, service, countedBy);
    const { name, namespaceName } = observed.party;
    const said = { bounds: boundsOf(this.thresholds), without };
    const spec = () => renderServiceAlerts({ ...said, ...watched(this, observed) }, style);
    const style = alertStyle(props, { namespace: namespaceName, service: name });
    this.resource = makeRules(this, { namespaceName, labels: props.labels, spec });
  }
}

function boundsOf(thresholds: AlertThresholds): ServiceBounds {
  const { errorPercent, exhaustedPercent, brokenPercent, deniedPercent, canaryFactor, leastPerMinute } = thresholds;
  const silentSeconds = Math.ceil(thresholds.silence.toMilliseconds() / 1000);
  const shares = { errorPercent, exhaustedPercent, brokenPercent, deniedPercent };
  return { ...shares, p99Ms: thresholds.latencyMilliseconds, silentSeconds, canaryFactor, leastPerMinute };
}

/** Who tells what of the service, by now. */
function watched(at: Construct, observed: ObservedService): Omit<ServiceAlertsFacts, 'bounds' | 'without'> {
  const settled = settledOf(at);
  const { party } = observed;
  const { podsHoldProxies, hasWaypoints, requestReporters } = planeOf(settled.party(party).namespace);
  const { versions, controller } = settled.table(party);
  const counted = countedRequests(at, observed);
  return {
    serviceName: party.name,
    namespaceName: party.namespaceName,
    counted,
    routed: { ...counted, reporters: requestReporters },
    heard: { ...counted, reporters: [...requestReporters, ...(podsHoldProxies ? ['destination'] : [])] },
    refusing: { atPods: podsHoldProxies, atWaypoint: hasWaypoints },
    // A release controller measures what it tries out, and tells its pods apart by labels of its own.
    versions: controller ? [] : versions,
  };
}
