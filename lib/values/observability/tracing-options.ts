import { BOOLEAN, mapOf, NUMBER, optional, passedOn, struct, TEXT } from '../../support/options/kind';
import { TELEMETRY_SIDE, type TelemetrySide } from './telemetry-side';
import { TRACE_TAG, type TraceTag } from './trace-tag';

/** How much is traced, and where to. */
export interface TracingOptions {
  /**
   * Name of the tracing provider, as the mesh configuration has it under `extensionProviders`. A Mesh has to name one.
   * @default - the one of the level above: the namespace's, or the mesh's
   */
  readonly provider?: string;

  /**
   * Share of requests, in percent, that are traced.
   * @default - 1 where `provider` is named, else that of the level above
   */
  readonly samplingPercentage?: number;

  /**
   * Tags on each span, by name. They take the place of those of the level above.
   * @default - those of the level above
   */
  readonly customTags?: { [key: string]: TraceTag };

  /**
   * Whether no spans are sent, though a level above asks for them.
   * @default false
   */
  readonly disabled?: boolean;

  /**
   * At which end of the call.
   * @default - both
   */
  readonly side?: TelemetrySide;

  /**
   * Whether spans have the tags of Istio: of the service, its version, namespace and mesh.
   * @default - as the level above says, in the end true
   */
  readonly istioTags?: boolean;

  /**
   * Whether requests go on with the headers of the trace. Without them whoever is called begins a trace of its own: for hosts of others. Istio 1.30 and later.
   * @default - as the level above says, in the end true
   */
  readonly contextPropagation?: boolean;
}

export const TRACING = struct<TracingOptions>({
  provider: optional(TEXT),
  samplingPercentage: optional(passedOn(NUMBER)),
  customTags: optional(mapOf(TRACE_TAG)),
  disabled: optional(BOOLEAN),
  side: optional(TELEMETRY_SIDE),
  istioTags: optional(BOOLEAN),
  contextPropagation: optional(BOOLEAN),
});
