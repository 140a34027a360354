import { Construct } from 'constructs';
import { METRICS_PATH } from '../../../istio/metrics';
import { mergeMetrics } from '../../../render/kubernetes/merge-metrics';
import { markKind } from '../../../support/marker';
import { NUMBER, optional, struct, TEXT } from '../../../support/options/kind';
import { requireOptions } from '../../../support/options/require-options';
import { requireRequestPath } from '../../../support/request-path';
import type { MeshedService } from '../../service/meshed-service';
import { OWN_SERVICE } from '../../service/own-service';
import { podTemplateOf } from '../../service/service-pods';
import { amendManifest } from '../../tree/amend-manifest';
import { freeScope } from '../../tree/free-scope';
import { joinApp } from '../../tree/join-app';
import { requirePodPort } from './scraped-port';

/** Where an application offers metrics to its own proxy. */
export interface MergedMetricsProps {
  /** Whose metrics they are. */
  readonly service: MeshedService;

  /** Port of the service; or of its pods alone, which nobody else needs to call. */
  readonly port: number;

  /**
   * Path of the metrics.
   * @default /metrics
   */
  readonly path?: string;
}

/**
 * Has the sidecars of a service offer its metrics with their own, on port 15020 at /stats/prometheus. That port takes plaintext under STRICT and asks no
 * policy, so a Prometheus outside the mesh reads it, from the `monitoringNamespace` of `Infrastructure` where the namespace is closed. In ambient mode nobody
 * merges metrics (MESH503): `MetricsScraping` reads them at the pods.
 *
 * Expands into annotations of the pods, of all versions: `prometheus.io/scrape`, `port` and `path`, which injection replaces by those of port 15020; and
 * `prometheus.istio.io/merge-metrics`, and `scrape-targets` where there are several places.
 *
 * @see https://istio.io/latest/docs/ops/integrations/prometheus/#option-1-metrics-merging
 * @example
 * import { DataPlane, MergedMetrics, MeshedService, MeshPort, ZeroTrustNamespace } from 'istio-constructs';
 *
 * const books = new ZeroTrustNamespace(chart, 'books', { dataPlane: DataPlane.sidecar() });
 * const reviews = new MeshedService(books, 'reviews', { image: 'ghcr.io/acme/reviews:1.0.0', ports: [MeshPort.http(8080)] });
 * new MergedMetrics(books, 'metrics', { service: reviews, port: 9100 });
 */
export class MergedMetrics extends Construct {
  /**
   * Declares it.
   * @param scope Where to declare it
   * @param id Id of the construct
   * @param props Whose metrics, and where they are
   */
  public constructor(scope: Construct, id: string, props: MergedMetricsProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'MergedMetrics');
    joinApp(this);
    requireOptions(this, props, MERGED_METRICS_PROPS);
    const { service, path = METRICS_PATH } = props;
    const place = { port: requirePodPort(this, service, props.port), path: requireRequestPath(this, path) };
    amendManifest(podTemplateOf(service), (manifest) => mergeMetrics(manifest, place));
  }
}

const MERGED_METRICS_PROPS = struct<MergedMetricsProps>({ service: OWN_SERVICE, port: NUMBER, path: optional(TEXT) });
