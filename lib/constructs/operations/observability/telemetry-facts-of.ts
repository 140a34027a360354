import type { Construct } from 'constructs';
import type { AccessLogFacts, MetricFacts, TelemetryFacts } from '../../../model/observability/telemetry';
import { MeshError } from '../../../support/mesh-error';
import type { AccessLogOptions } from '../../../values/observability/access-log-options';
import { requireExpression } from '../../../values/observability/require-expression';
import type { MetricOverride } from '../../../values/observability/metric-override';
import { requireTracing } from '../../../values/observability/require-tracing';
import type { TracingOptions } from '../../../values/observability/tracing-options';

interface Said {
  readonly tracing?: TracingOptions;
  readonly accessLogs?: AccessLogOptions[];
  readonly metrics?: MetricOverride[];
}

/** What a Telemetry says, as it is rendered. */
export function telemetryFactsOf(at: Construct, { tracing, accessLogs, metrics }: Said): TelemetryFacts {
  if (!tracing && !accessLogs?.length && !metrics?.length) {
    throw new MeshError({
      code: 'MESH865',
      at,
      what: 'a Telemetry says what is traced, logged or counted',
      got: 'none of them',
      fix: 'set tracing, accessLogs or metrics',
    });
  }
  return {
    tracing: tracing && requireTracing(at, tracing),
    accessLogs: accessLogs?.length ? accessLogs.map((log) => logOf(at, log)) : undefined,
    metrics: metrics?.length ? metrics.map((metric) => metricOf(at, metric)) : undefined,
  };
}

function logOf(at: Construct, { provider = 'envoy', filter, side, disabled }: AccessLogOptions): AccessLogFacts {
  if (filter !== undefined) requireExpression(at, 'filter', filter);
  return { provider, filter, side, disabled };
}

function metricOf(
  at: Construct,
  { provider = 'prometheus', metric, customMetric, side, disabled, tags, removeTags }: MetricOverride,
): MetricFacts {
  if (metric !== undefined && customMetric !== undefined) {
    throw new MeshError({
      code: 'MESH882',
      at,
      what: 'an override is about one metric, or about all',
      got: `${metric} and ${customMetric}`,
      fix: 'leave out metric or customMetric; a second override may be about the other',
    });
  }
  Object.entries(tags ?? {}).forEach(([name, value]) => requireExpression(at, `tag ${name}`, value));
  return { provider, metric, customMetric, side, disabled, tags, removedTags: removeTags };
}
