import type { CallModel, RouteModel } from '../../model/mesh-model';
import { hasSidecars, isAmbient } from '../planes';
import { partyText } from '../call-words';
import { groupedBy } from '../../support/grouping';
import { rule } from '../rule';

export const callersWithoutRoute = rule({
  code: 'MESH312',
  level: 'warning',
  title: 'callers in ambient mode do not follow the route of a service with sidecars',

  check(model, report) {
    const grants = groupedBy(model.calls.filter(isGrantToAmbient), ({ callee }) => callee.key);
    for (const route of model.routes.filter(({ service, atWaypoint }) => !atWaypoint && hasSidecars(service.namespace))) {
      const lost = partsOf(route);
      const callers = [...new Set((grants.get(route.service.key) ?? []).map(({ caller }) => partyText(caller)))].sort();
      if (lost.length === 0 || callers.length === 0) continue;
      report({
        on: route,
        message: `requests from ${callers.join(', ')} reach ${partyText(route.service)} without ${lost.join(', ')}: ztunnel does not route, and only services in ambient mode have a waypoint`,
        got: lost.join(', '),
        fix: "move the service's namespace to DataPlane.ambient(), whose waypoint serves all callers, or these callers to DataPlane.sidecar()",
      });
    }
  },
});

/** Who connects to pods follows no route, whatever its proxy. */
const isGrantToAmbient = ({ action, caller, toPods }: CallModel): boolean =>
  action === 'ALLOW' && !toPods && caller.kind !== 'gateway' && isAmbient(caller.namespace);

/** What the proxy of a caller would have to do. */
function partsOf({ rules, features, controller }: RouteModel): string[] {
  return [
    ...(rules.some(({ matches }) => matches.length > 0) ? ['matches'] : []),
    ...(controller === 'flagger' || rules.some(({ backends }) => backends.length > 1) ? ['shares of versions'] : []),
    ...features,
  ];
}
