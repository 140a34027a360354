import { BOOLEAN, listOf, mapOf, optional, struct, TEXT } from '../../support/options/kind';
import { ISTIO_METRIC, type IstioMetric } from './istio-metric';
import { TELEMETRY_SIDE, type TelemetrySide } from './telemetry-side';

/** What a metric counts otherwise than by default. */
export interface MetricOverride {
  /**
   * The metric.
   * @default - `customMetric`, or else IstioMetric.ALL
   */
  readonly metric?: IstioMetric;

  /**
   * A metric that is none of Istio's own.
   * @default - as `metric` says
   */
  readonly customMetric?: string;

  /**
   * Name of the provider, as the mesh configuration has it under `extensionProviders`.
   * @default prometheus
   */
  readonly provider?: string;

  /**
   * At which end of the call.
   * @default - both
   */
  readonly side?: TelemetrySide;

  /**
   * Whether it is not counted at all.
   * @default false
   */
  readonly disabled?: boolean;

  /**
   * Tags that are set, each to an expression in CEL over Envoy's attributes: `{ method: 'request.method' }`. Each value of a tag is a series of its own: a tag with the path of
   * requests, in which identifiers stand, makes more of them than a Prometheus can hold.
   * @default - those of Istio
   */
  readonly tags?: { [key: string]: string };

  /**
   * Tags that are left out.
   * @default - none
   */
  readonly removeTags?: string[];
}

export const METRIC_OVERRIDE = struct<MetricOverride>({
  metric: optional(ISTIO_METRIC),
  customMetric: optional(TEXT),
  provider: optional(TEXT),
  side: optional(TELEMETRY_SIDE),
  disabled: optional(BOOLEAN),
  tags: optional(mapOf(TEXT)),
  removeTags: optional(listOf(TEXT)),
});
