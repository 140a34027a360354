import { ApiObject, type Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { recordCall } from '../../../graph/record-call';
import { METRICS_PATH } from '../../../istio/metrics';
import type { Port } from '../../../model/port';
import { renderScrapeMonitor } from '../../../render/telemetry/scrape-monitor';
import { requireLabels } from '../../../support/bounds/label-syntax';
import { optionalMilliseconds } from '../../../support/bounds/milliseconds';
import { gatewayDuration } from '../../../support/durations';
import { markKind } from '../../../support/marker';
import { mapOf, NUMBER, optional, passedOn, struct, TEXT } from '../../../support/options/kind';
import { requireOptions } from '../../../support/options/require-options';
import { timespan } from '../../../support/options/timespan';
import { requireRequestPath } from '../../../support/request-path';
import type { ServiceIdentity } from '../../../values/access/service-identity';
import { METRICS_DISCOVERY, MetricsDiscovery } from '../../../values/observability/metrics-discovery';
import type { MeshedService } from '../../service/meshed-service';
import { OWN_SERVICE } from '../../service/own-service';
import { servicePodsOf } from '../../service/service-pods';
import { freeScope } from '../../tree/free-scope';
import { joinApp } from '../../tree/join-app';
import { claimObject } from '../../tree/make-object';
import { comeAfter } from '../../tree/order/come-after';
import { requireOwnEndpoints, requireServicePort } from './scraped-port';
import { SCRAPER, scrapeClassOf } from './scraper';

/** Whose metrics a Prometheus reads at each pod, and under which identity. */
export interface MetricsScrapingProps {
  /** Whose metrics they are. */
  readonly service: MeshedService;

  /** Port of the service that has them. */
  readonly port: number;

  /**
   * Path of the metrics.
   * @default /metrics
   */
  readonly path?: string;

  /**
   * The ServiceAccount of the Prometheus, with its `dataPlane`: in ambient mode ztunnel shows its identity; with a sidecar it shows the certificate of that one itself.
   * @default - a Prometheus outside the mesh, which needs a port with `plaintext`
   */
  readonly scraper?: ServiceIdentity;

  /**
   * Scrape class of a Prometheus with a sidecar: where its certificates lie. Counts for such a `scraper` only.
   * @default istio
   */
  readonly scrapeClass?: string;

  /**
   * By what the Prometheus finds the pods: some read PodMonitors alone, some ServiceMonitors alone. Who is let in, and where, is the same.
   * @default MetricsDiscovery.PODS
   */
  readonly discovery?: MetricsDiscovery;

  /**
   * How often.
   * @default - as the Prometheus has it, 30 s unless told otherwise
   */
  readonly interval?: Duration;

  /**
   * Labels of the monitor, by which the Prometheus chooses it, such as `release`.
   * @default - none
   */
  readonly labels?: { [key: string]: string };
}

/**
 * Has a Prometheus read the metrics of an application at each of its pods, past Services and waypoints, under STRICT and whatever else is closed: by its own
 * identity, which is let in on this port alone, or at a port that takes plaintext, with the reason that `MeshPort` says.
 *
 * Expands into a PodMonitor or ServiceMonitor of the Prometheus Operator with the name of the service and the port, and into the grant: a rule of the callee's
 * AuthorizationPolicy `<service>` and of its NetworkPolicy. In an open namespace that is the first grant, which closes the service to callers without one.
 *
 * @see https://istio.io/latest/docs/ops/integrations/prometheus/#tls-settings
 * @example
 * import { DataPlane, MeshedService, MeshPort, MetricsScraping, ServiceIdentity } from 'istio-constructs';
 *
 * const ports = [MeshPort.http(8080), MeshPort.http(9100, { suffix: 'metrics' })];
 * const reviews = new MeshedService(shop, 'reviews', { image: 'ghcr.io/acme/reviews:1.0.0', ports });
 * const prometheus = ServiceIdentity.of('monitoring', 'prometheus', { dataPlane: DataPlane.ambient() });
 * new MetricsScraping(shop, 'metrics', { service: reviews, port: 9100, scraper: prometheus, labels: { release: 'prometheus' } });
 */
export class MetricsScraping extends Construct {
  /** The PodMonitor, or the ServiceMonitor. */
  public readonly monitor: ApiObject;

  /**
   * Declares it.
   * @param scope Where to declare it
   * @param id Id of the construct
   * @param props Whose metrics, where they are, and who reads them
   */
  public constructor(scope: Construct, id: string, props: MetricsScrapingProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'MetricsScraping');
    joinApp(this);
    requireOptions(this, props, METRICS_SCRAPING_PROPS);
    const { service, scraper, labels = {} } = props;
    requireLabels(this, 'labels', labels);
    comeAfter(this, () => service);

    const port = requireServicePort(this, service, props.port);
    const monitor = monitorOf(this, props, port);
    if (scraper) recordCall(this, { caller: scraper, callee: service, action: 'ALLOW', options: { port: port.number, toPods: true } });
    const metadata = { name: `${service.serviceName}-${port.number}`, namespace: service.namespaceName, labels };
    this.monitor = claimObject(new ApiObject(this, 'Resource', { ...monitor, metadata }));
  }
}

const METRICS_SCRAPING_PROPS = struct<MetricsScrapingProps>({
  service: OWN_SERVICE,
  port: NUMBER,
  path: optional(TEXT),
  scraper: optional(SCRAPER),
  scrapeClass: optional(passedOn(TEXT)),
  discovery: optional(METRICS_DISCOVERY),
  interval: optional(timespan<Duration>()),
  labels: optional(mapOf(TEXT)),
});

function monitorOf(at: Construct, props: MetricsScrapingProps, port: Port): ReturnType<typeof renderScrapeMonitor> {
  const { service, path = METRICS_PATH, interval, discovery } = props;
  const ms = optionalMilliseconds(at, 'interval', interval);
  return renderScrapeMonitor({
    podLabels: servicePodsOf(service).party.podLabels!,
    serviceName: discovery === MetricsDiscovery.SERVICE ? requireOwnEndpoints(at, service) : undefined,
    port: port.name,
    path: requireRequestPath(at, path),
    interval: ms === undefined ? undefined : gatewayDuration(ms),
    scrapeClass: scrapeClassOf(at, props, port),
  });
}
