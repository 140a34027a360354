import { listOf, struct } from '../../support/options/kind';
import { REQUEST_MATCH, type RequestMatch } from '../../values/traffic/request-match';
import type { MeshedService } from '../service/meshed-service';
import { OWN_SERVICE } from '../service/own-service';
import { RELEASED_VERSION_SHAPE, type ReleasedVersion } from './released-version';

/** A version that some customers see. */
export interface Variant extends ReleasedVersion {
  /** Whose requests reach it; one match is enough. */
  readonly match: RequestMatch[];
}

/** Which customers see which version of a service. */
export interface ABTestProps {
  /** The service; its own version is what everybody else sees. */
  readonly service: MeshedService;

  /** The other versions, each for its own customers. Of two whose matches a request has, the first in this list gets it. */
  readonly variants: Variant[];
}

const VARIANT = struct<Variant>({ ...RELEASED_VERSION_SHAPE, match: listOf(REQUEST_MATCH) });

export const AB_TEST_PROPS = struct<ABTestProps>({ service: OWN_SERVICE, variants: listOf(VARIANT) });
