import { oneOf } from '../../support/options/kind';

/** At which end of a call a proxy logs or counts. A waypoint and a gateway that takes requests are servers; a sidecar is both. */
export enum TelemetrySide {
  /** Where the call is made. */
  CLIENT = 'CLIENT',
  /** Where it arrives. */
  SERVER = 'SERVER',
}

export const TELEMETRY_SIDE = oneOf('TelemetrySide', TelemetrySide);
