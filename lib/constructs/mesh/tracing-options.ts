import type { Construct } from 'constructs';
import type { TelemetryFacts } from '../../render/telemetry/telemetry';
import { isDeferred } from '../../support/deferred';
import { MeshError } from '../../support/mesh-error';
import { NUMBER, optional, passedOn, struct, TEXT } from '../../support/options/kind';

/** How much is traced, and where to. */
export interface TracingOptions {
  /** Name of the tracing provider, as the mesh configuration has it under `extensionProviders`. */
  readonly provider: string;

  /**
   * Share of requests, in percent, that are traced.
   * @default 1
   */
  readonly samplingPercentage?: number;
}

export const TRACING = struct<TracingOptions>({ provider: TEXT, samplingPercentage: optional(passedOn(NUMBER)) });

interface Observed {
  readonly tracing?: TracingOptions;
  readonly accessLog?: boolean;
}

/** What is traced and logged, as it is rendered. */
export function telemetryFacts(at: Construct, { tracing, accessLog }: Observed): TelemetryFacts {
  const share = tracing?.samplingPercentage ?? 1;
  if (!isDeferred(share) && !(share >= 0 && share <= 100)) {
    throw new MeshError({ code: 'MESH029', at, what: 'samplingPercentage is from 0 to 100', got: share, fix: 'give it in percent' });
  }
  if (tracing?.provider.trim() === '') {
    throw new MeshError({
      code: 'MESH063',
      at,
      what: 'tracing names a provider',
      got: tracing.provider,
      fix: 'take a name from extensionProviders of the mesh configuration',
    });
  }
  return { tracing: tracing && { provider: tracing.provider, samplingPercentage: share }, accessLog };
}
