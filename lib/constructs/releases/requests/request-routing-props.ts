import { listOf, optional, struct } from '../../../support/options/kind';
import { RELEASED_VERSION, type ReleasedVersion } from '../released-version';
import type { MeshedService } from '../../service/meshed-service';
import { OWN_SERVICE } from '../../service/own-service';
import { REQUEST_RULE, type RequestRule } from './request-rule';

/** Which requests to a service go where. */
export interface RequestRoutingProps {
  /** The service. */
  readonly service: MeshedService;

  /** What is done with which requests: the first rule whose match a request has holds, as in a VirtualService. */
  readonly rules: RequestRule[];

  /**
   * Versions that get pods here, beside the service's own and those of other releases.
   * @default - none
   */
  readonly versions?: ReleasedVersion[];
}

export const REQUEST_ROUTING_PROPS = struct<RequestRoutingProps>({
  service: OWN_SERVICE,
  rules: listOf(REQUEST_RULE),
  versions: optional(listOf(RELEASED_VERSION)),
});
