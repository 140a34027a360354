import { type RouteProtocol, virtualServices, type WrittenRoute, writtenRoutes } from '../cluster/routes/virtual-services';
import type { MeshModel } from '../model/mesh-model';
import { clusterOf } from './cluster-of';
import { isRaw } from './owners';

/** Routes of VirtualServices that no construct of this library made. */
export function rawRoutes(model: MeshModel, protocols?: readonly RouteProtocol[]): WrittenRoute[] {
  return virtualServices(clusterOf(model))
    .filter(isRaw)
    .flatMap((one) => writtenRoutes(one, protocols));
}
