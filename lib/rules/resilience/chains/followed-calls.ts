import type { CallModel, MeshModel, RouteModel } from '../../../model/mesh-model';
import { groupedBy } from '../../../support/grouping';
import { perModel } from '../../per-model';
import { hasSidecars, isAmbient } from '../../planes';

/** Calls that follow the callee's route, by the callee's key: whoever dials pods follows none, nor does ztunnel before a service with sidecars. */
export const followedCalls = perModel((model): ReadonlyMap<string, readonly CallModel[]> =>
  groupedBy(
    model.calls.filter(({ action, toPods, caller, callee }) => {
      const isPassedBy = caller.kind !== 'gateway' && isAmbient(caller.namespace) && hasSidecars(callee.namespace);
      return action === 'ALLOW' && !toPods && !isPassedBy;
    }),
    ({ callee }) => callee.key,
  ),
);

/** The route of each service of the program, by the service's key. */
export const routesByService = perModel(
  (model: MeshModel): ReadonlyMap<string, RouteModel> => new Map(model.routes.map((route) => [route.service.key, route])),
);

/**
 * What follows for every party from its callers, each asked once. Where calls go in a circle, the one that closes it counts for nothing: whoever is
 * asked while it is being asked itself gets nothing.
 */
export function fromCallers<Result>(
  follow: (key: string, ask: (key: string) => Result | undefined) => Result,
): (key: string) => Result | undefined {
  const known = new Map<string, Result | undefined>();
  const ask = (key: string): Result | undefined => {
    if (known.has(key)) return known.get(key);
    known.set(key, undefined);
    const result = follow(key, ask);
    known.set(key, result);
    return result;
  };
  return ask;
}
