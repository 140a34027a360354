import type * as telemetry from '../../../imports/telemetry.istio.io';
import type { Attachment } from '../../model/hop';
import type { AccessLogFacts, MetricFacts, TelemetryFacts, TraceTagFacts, TracingFacts } from '../../model/observability/telemetry';
import { groupedBy } from '../../support/grouping';

/** What proxies trace, log and count; those of one place, or all of a namespace. */
export function renderTelemetry({ tracing, accessLogs, metrics }: TelemetryFacts, attachment?: Attachment): telemetry.TelemetrySpec {
  return {
    ...(attachment && attached(attachment)),
    tracing: tracing && [renderTracing(tracing)],
    accessLogging: accessLogs?.map(renderLog),
    metrics: metrics && renderMetrics(metrics),
  };
}

function attached(attachment: Attachment): Pick<telemetry.TelemetrySpec, 'selector' | 'targetRefs'> {
  return 'selector' in attachment ? { selector: { matchLabels: { ...attachment.selector } } } : { targetRefs: [...attachment.targetRefs] };
}

function renderTracing(said: TracingFacts): telemetry.TelemetrySpecTracing {
  const { provider, samplingPercentage, tags, side, disabled, istioTags, contextPropagation } = said;
  return {
    match: side && { mode: side as telemetry.TelemetrySpecTracingMatchMode },
    providers: provider === undefined ? undefined : [{ name: provider }],
    randomSamplingPercentage: samplingPercentage,
    customTags: tags && Object.fromEntries(Object.entries(tags).map(([name, tag]) => [name, renderTag(tag)])),
    disableSpanReporting: disabled ? true : undefined,
    enableIstioTags: istioTags,
    disableContextPropagation: contextPropagation === undefined ? undefined : !contextPropagation,
  };
}

function renderTag({ from, text, otherwise }: TraceTagFacts): telemetry.TelemetrySpecTracingCustomTags {
  const isText = from === 'literal' || from === 'formatter';
  return { [from]: isText ? { value: text } : { name: text, defaultValue: otherwise } };
}

function renderLog({ provider, filter, side, disabled }: AccessLogFacts): telemetry.TelemetrySpecAccessLogging {
  return {
    providers: [{ name: provider }],
    match: side && { mode: side as telemetry.TelemetrySpecAccessLoggingMatchMode },
    filter: filter === undefined ? undefined : { expression: filter },
    disabled: disabled ? true : undefined,
  };
}

function renderMetrics(metrics: readonly MetricFacts[]): telemetry.TelemetrySpecMetrics[] {
  return [...groupedBy(metrics, ({ provider }) => provider)].map(([name, same]) => ({
    providers: [{ name }],
    overrides: same.map(renderOverride),
  }));
}

function renderOverride({ metric, customMetric, side, disabled, tags, removedTags }: MetricFacts): telemetry.TelemetrySpecMetricsOverrides {
  const set = Object.entries(tags ?? {}).map(([name, value]) => [name, { value }]);
  const removed = (removedTags ?? []).map((name) => [name, { operation: 'REMOVE' }]);
  return {
    match: {
      metric: customMetric === undefined ? ((metric ?? 'ALL_METRICS') as telemetry.TelemetrySpecMetricsOverridesMatchMetric) : undefined,
      customMetric,
      mode: side && (side as telemetry.TelemetrySpecMetricsOverridesMatchMode),
    },
    disabled: disabled ? true : undefined,
    tagOverrides: set.length + removed.length > 0 ? Object.fromEntries([...set, ...removed]) : undefined,
  };
}
