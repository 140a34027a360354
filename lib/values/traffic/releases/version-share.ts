import { NUMBER, struct, TEXT } from '../../../support/options/kind';

/** How much a version of a service gets of some requests. */
export interface VersionShare {
  /** Version, the `version` label of its pods. */
  readonly version: string;

  /** Share of these requests, in percent. What all shares leave is the service's own version's. */
  readonly weight: number;
}

export const VERSION_SHARE = struct<VersionShare>({ version: TEXT, weight: NUMBER });
