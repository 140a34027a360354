import type { CallModel, MeshModel, RouteModel } from '../../model/mesh-model';
import type { RouteFeatures } from '../../model/route-features';
import { partyText } from '../call-words';
import { perModel } from '../per-model';
import { isAmbient } from '../planes';
import { rule } from '../rule';

const sidecarRoutes = perModel(
  (model: MeshModel) => new Map(model.routes.filter(({ atWaypoint }) => !atWaypoint).map((route) => [route.service.key, route])),
);

export const wordsChangedOnTheWay = rule({
  code: 'MESH262',
  level: 'error',
  title: 'access by a header or a host that a route changes before it is looked at',

  check(model, report) {
    for (const call of model.calls) {
      const route = sidecarRoutes(model).get(call.callee.key);
      if (!route || call.toPods || isAmbient(call.caller.namespace)) continue;
      const { caller, callee } = call;
      for (const word of changedWords(call, route)) {
        report({
          on: call,
          message: `the route of ${partyText(callee)} changes ${word} before its proxy looks at it, so that what is said of ${partyText(caller)} holds for what the route wrote and not for what was sent`,
          got: word,
          fix: `leave ${word} as it is in the route, or say which requests are meant by method and path; or move ${callee.name} to DataPlane.ambient(), whose waypoint looks first`,
        });
      }
    }
  },
});

function changedWords({ conditions = [], http = [] }: CallModel, route: RouteModel): string[] {
  const features: readonly RouteFeatures[] = [route, ...route.rules];
  const changed = new Set(features.flatMap(headersOf));
  const headers = new Set(conditions.flatMap((one) => (one.in === 'header' && changed.has(one.name) ? [`header ${one.name}`] : [])));
  const hosts = http.some((part) => part.hosts) && features.some(({ rewrite }) => rewrite?.authority !== undefined);
  return [...headers, ...(hosts ? ['the host'] : [])];
}

function headersOf({ requestHeaders }: RouteFeatures): readonly string[] {
  return requestHeaders ? [...Object.keys(requestHeaders.set), ...Object.keys(requestHeaders.add), ...requestHeaders.remove] : [];
}
