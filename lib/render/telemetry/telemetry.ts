import type * as telemetry from '../../../imports/telemetry.istio.io';

export interface TelemetryFacts {
  readonly tracing?: { readonly provider: string; readonly samplingPercentage: number };
  readonly accessLog?: boolean;
}

/** How much is traced and logged, where somebody says so. */
export function renderTelemetry({ tracing, accessLog }: TelemetryFacts): telemetry.TelemetrySpec {
  return {
    tracing: tracing && [{ providers: [{ name: tracing.provider }], randomSamplingPercentage: tracing.samplingPercentage }],
    accessLogging: accessLog === undefined ? undefined : [{ providers: [{ name: 'envoy' }], disabled: accessLog ? undefined : true }],
  };
}
