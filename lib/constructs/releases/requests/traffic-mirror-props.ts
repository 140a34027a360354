import { listOf, NUMBER, optional, struct } from '../../../support/options/kind';
import { REQUEST_MATCH, type RequestMatch } from '../../../values/traffic/request-match';
import { RELEASED_VERSION, type ReleasedVersion } from '../released-version';
import type { IMeshedService } from '../../service/i-meshed-service';
import type { MeshedService } from '../../service/meshed-service';
import { OWN_SERVICE, SERVICE } from '../../service/own-service';

/** Which requests are copied, and where the copies go. */
export interface TrafficMirrorProps {
  /** The service whose requests are copied. */
  readonly service: MeshedService;

  /**
   * A version of it that gets the copies, and nothing else. Give either this or `mirrorService`.
   * @default - as `mirrorService` says
   */
  readonly mirror?: ReleasedVersion;

  /**
   * Another service of the mesh that gets the copies. Give either this or `mirror`.
   * @default - as `mirror` says
   */
  readonly mirrorService?: IMeshedService;

  /**
   * Share of the requests, in percent, that is copied; fractions included.
   * @default 100
   */
  readonly percentage?: number;

  /**
   * Requests that are copied; one match is enough.
   * @default - all requests to the service
   */
  readonly match?: RequestMatch[];
}

export const TRAFFIC_MIRROR_PROPS = struct<TrafficMirrorProps>({
  service: OWN_SERVICE,
  mirror: optional(RELEASED_VERSION),
  mirrorService: optional(SERVICE),
  percentage: optional(NUMBER),
  match: optional(listOf(REQUEST_MATCH)),
});
