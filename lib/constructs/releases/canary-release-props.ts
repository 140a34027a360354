import { listOf, NUMBER, optional, struct } from '../../support/options/kind';
import { REQUEST_MATCH, type RequestMatch } from '../../values/traffic/request-match';
import { SESSION_AFFINITY, type SessionAffinity } from '../../values/traffic/releases/session-affinity';
import { WEIGHTS_OWNER, type WeightsOwner } from '../../values/traffic/weights-owner';
import type { MeshedService } from '../service/meshed-service';
import { OWN_SERVICE } from '../service/own-service';
import { RELEASED_VERSION, RELEASED_VERSION_SHAPE, type ReleasedVersion } from './released-version';

/** The pods that are tried out. */
export interface CanaryVersion extends ReleasedVersion {}

/** A further version that is tried out beside the first one. */
export interface FurtherVersion extends ReleasedVersion {
  /**
   * Share of all requests, in percent, that reach it.
   * @default 0
   */
  readonly weight?: number;

  /**
   * Requests that always reach it, at weight 0 as well; one match is enough.
   * @default - none, the weight alone decides
   */
  readonly match?: RequestMatch[];
}

/** How a new version takes over. Say `weight`, or `steps` and `step`; with `weightsOwnedBy` they may be left out. */
export interface CanaryReleaseProps {
  /** The service that gets a new version. */
  readonly service: MeshedService;

  /** The new version. */
  readonly canary: CanaryVersion;

  /**
   * Share of requests, in percent, that reach the new version: 0 is the rollback, 100 the promotion.
   * @default - as `steps` and `step` say; 0 where `weightsOwnedBy` is set without them
   */
  readonly weight?: number;

  /**
   * Shares, in percent, of one step after the other; each larger than the one before.
   * @default - as `weight` says
   */
  readonly steps?: number[];

  /**
   * How many of the steps are taken: 0 for none, 1 for the first.
   * @default 0
   */
  readonly step?: number;

  /**
   * Requests that always reach the new version, at weight 0 as well; one match is enough.
   * @default - none, the weight alone decides
   */
  readonly match?: RequestMatch[];

  /**
   * Further versions that are tried at the same time, each with a share and matches of its own. What all of them leave is the service's own.
   * @default - the canary alone
   */
  readonly others?: FurtherVersion[];

  /**
   * How a customer stays on the version of the first request. All releases of a service that say it say the same.
   * @default - each request is shared out for itself
   */
  readonly affinity?: SessionAffinity;

  /**
   * Who moves the weights after the first deployment. The manifests carry what this program says as the first value, and `ForeignFields`
   * tells a back end to leave it alone from then on. What applies manifests from a repository writes the first value again each time unless it is told:
   * Argo CD by `ignoreDifferences` with the jqPathExpressions `.spec.http[]?.route[]?.weight` (VirtualService) and
   * `.spec.rules[]?.backendRefs[]?.weight` (HTTPRoute), and by the sync option `RespectIgnoreDifferences=true`.
   * @default - this program: each deployment writes its weights
   */
  readonly weightsOwnedBy?: WeightsOwner;
}

const FURTHER_VERSION = struct<FurtherVersion>({
  ...RELEASED_VERSION_SHAPE,
  weight: optional(NUMBER),
  match: optional(listOf(REQUEST_MATCH)),
});

export const CANARY_RELEASE_PROPS = struct<CanaryReleaseProps>({
  service: OWN_SERVICE,
  canary: RELEASED_VERSION,
  weight: optional(NUMBER),
  steps: optional(listOf(NUMBER)),
  step: optional(NUMBER),
  match: optional(listOf(REQUEST_MATCH)),
  others: optional(listOf(FURTHER_VERSION)),
  affinity: optional(SESSION_AFFINITY),
  weightsOwnedBy: optional(WEIGHTS_OWNER),
});
