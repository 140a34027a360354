import { isPartyOf } from '../../graph/party-of';
import type { Kind } from '../../support/options/kind';
import type { IMeshedService } from './i-meshed-service';
import type { MeshedService } from './meshed-service';
import { servicePodsOf } from './service-pods';

/** A service that this program makes, with its objects: what is known of one of others does not do. */
export const OWN_SERVICE: Kind<MeshedService> = {
  wanted: 'a MeshedService that this program makes',
  example: 'what new MeshedService or MeshedService.fromWorkload gives',
  isOne: (value) => typeof value === 'object' && value !== null && servicePodsOf(value as MeshedService) !== undefined,
};

/** A service that a gateway may send requests to: one whose pods are outside the mesh too, where this program guards them. */
export const EXPOSED: Kind<IMeshedService> = {
  wanted: 'a MeshedService',
  example: 'what new MeshedService, MeshedService.fromWorkload or MeshedService.fromAttributes gives',
  isOne: (value) => isPartyOf(['service'], value) || (isPartyOf(['unmeshed'], value) && 'serviceName' in (value as object)),
};

/** A service of the mesh, whoever makes it. */
export const SERVICE: Kind<IMeshedService> = {
  wanted: 'a MeshedService',
  example: 'what new MeshedService, MeshedService.fromWorkload or MeshedService.fromAttributes gives',
  isOne: (value) => isPartyOf(['service'], value),
};
