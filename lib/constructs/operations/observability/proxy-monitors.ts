import { ApiObject, type Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { POD_MONITOR, renderProxyMonitor, renderZtunnelMonitor } from '../../../render/telemetry/pod-monitor';
import { requireLabels } from '../../../support/bounds/label-syntax';
import { optionalMilliseconds } from '../../../support/bounds/milliseconds';
import { gatewayDuration } from '../../../support/durations';
import { markKind } from '../../../support/marker';
import { requireNamespaceName } from '../../../support/object-names';
import { mapOf, optional, struct, TEXT } from '../../../support/options/kind';
import { requireOptions } from '../../../support/options/require-options';
import { timespan } from '../../../support/options/timespan';
import { freeScope } from '../../tree/free-scope';
import { joinApp } from '../../tree/join-app';
import { claimObject } from '../../tree/make-object';

/** How the metrics of proxies are read. */
export interface ProxyMonitorsProps {
  /**
   * Namespace of the PodMonitors.
   * @default monitoring
   */
  readonly namespaceName?: string;

  /**
   * How often.
   * @default - as the Prometheus has it, 30 s unless told otherwise
   */
  readonly interval?: Duration;

  /**
   * Labels of the PodMonitors, by which the Prometheus chooses them, such as `release`.
   * @default - none
   */
  readonly labels?: { [key: string]: string };
}

/**
 * Has a Prometheus read the metrics of all proxies of the mesh, and with them those that `MergedMetrics` adds: on port 15020, in plaintext, by a Prometheus outside the mesh.
 * Namespaces that are closed open the port to `monitoringNamespace` of their `Infrastructure`.
 *
 * Expands into two PodMonitors of the Prometheus Operator: `istio-proxies` for sidecars, gateways and waypoints of all namespaces, `ztunnel` for the nodes.
 *
 * @see https://istio.io/latest/docs/ops/integrations/prometheus/
 * @example
 * import { ProxyMonitors } from 'istio-constructs';
 *
 * new ProxyMonitors(chart, 'monitors', { labels: { release: 'prometheus' } });
 */
export class ProxyMonitors extends Construct {
  /** The PodMonitor of sidecars, gateways and waypoints. */
  public readonly proxies: ApiObject;
  /** The PodMonitor of ztunnel. */
  public readonly ztunnel: ApiObject;

  /**
   * Declares them.
   * @param scope Where to declare them
   * @param id Id of the construct
   * @param props Where they are, and how often they ask
   */
  public constructor(scope: Construct, id: string, props: ProxyMonitorsProps = {}) {
    super(freeScope(scope, id), id);
    markKind(this, 'ProxyMonitors');
    joinApp(this);
    requireOptions(this, props, PROXY_MONITORS_PROPS);
    const { labels = {} } = props;
    requireLabels(this, 'labels', labels);
    const namespace = requireNamespaceName(this, props.namespaceName ?? 'monitoring');
    const ms = optionalMilliseconds(this, 'interval', props.interval);
    const interval = ms === undefined ? undefined : gatewayDuration(ms);

    const make = (id: string, name: string, spec: unknown): ApiObject =>
      claimObject(new ApiObject(this, id, { ...POD_MONITOR, metadata: { name, namespace, labels }, spec }));
    this.proxies = make('Proxies', 'istio-proxies', renderProxyMonitor(interval));
    this.ztunnel = make('Ztunnel', 'ztunnel', renderZtunnelMonitor(interval));
  }
}

const PROXY_MONITORS_PROPS = struct<ProxyMonitorsProps>({
  namespaceName: optional(TEXT),
  interval: optional(timespan<Duration>()),
  labels: optional(mapOf(TEXT)),
});
