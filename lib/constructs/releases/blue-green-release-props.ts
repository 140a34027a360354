import { listOf, optional, struct } from '../../support/options/kind';
import { COLOR, type Color } from '../../values/traffic/releases/color';
import { REQUEST_MATCH, type RequestMatch } from '../../values/traffic/request-match';
import type { MeshedService } from '../service/meshed-service';
import { OWN_SERVICE } from '../service/own-service';
import { RELEASED_VERSION, type ReleasedVersion } from './released-version';

/** Between which two versions a service switches, and which of them is live. */
export interface BlueGreenReleaseProps {
  /** The service; its own version is blue. */
  readonly service: MeshedService;

  /** The version that is green. */
  readonly green: ReleasedVersion;

  /** The colour that takes all requests: another word here is the switch, and the way back. */
  readonly live: Color;

  /**
   * Requests that reach the colour that is not live; one match is enough. Before the switch they try green, after it they reach blue, which
   * waits for the way back. So name a header for what it does, such as `x-preview: true`, rather than for a colour.
   * @default - none, the colour that is not live gets no requests
   */
  readonly preview?: RequestMatch[];
}

export const BLUE_GREEN_RELEASE_PROPS = struct<BlueGreenReleaseProps>({
  service: OWN_SERVICE,
  green: RELEASED_VERSION,
  live: COLOR,
  preview: optional(listOf(REQUEST_MATCH)),
});
