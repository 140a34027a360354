import { BOOLEAN, optional, passedOn, struct, TEXT } from '../../support/options/kind';
import { TELEMETRY_SIDE, type TelemetrySide } from './telemetry-side';

/** Which requests are logged, and where to. Requests and connections that ztunnel carries are logged by ztunnel, whatever a Telemetry says. */
export interface AccessLogOptions {
  /**
   * Name of the provider, as the mesh configuration has it under `extensionProviders`: it says where lines go and how they are written, as text, JSON or OTLP.
   * @default envoy
   */
  readonly provider?: string;

  /**
   * Which requests, as an expression in CEL over Envoy's attributes: `response.code >= 500`. One that cannot be read is MESH912.
   * @default - all
   */
  readonly filter?: string;

  /**
   * At which end of the call.
   * @default - both
   */
  readonly side?: TelemetrySide;

  /**
   * Whether nothing is logged there, though a level above asks for it.
   * @default false
   */
  readonly disabled?: boolean;
}

export const ACCESS_LOG = struct<AccessLogOptions>({
  provider: optional(TEXT),
  filter: optional(passedOn(TEXT)),
  side: optional(TELEMETRY_SIDE),
  disabled: optional(BOOLEAN),
});
