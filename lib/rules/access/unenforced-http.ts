import { isByAddress } from '../../model/access/many-callers';
import type { CallModel, MeshModel } from '../../model/mesh-model';
import { goesPastWaypoints } from '../planes';
import { partyText } from '../call-words';
import { type Discovery, rule } from '../rule';
import { isToldByNamespace } from '../told-needs';

export const unenforcedHttp = rule({
  code: 'MESH201',
  level: 'error',
  title: 'methods or paths that no proxy on the way can check',

  check(model, report) {
    for (const call of model.calls) {
      const [unclear] = call.hops.flatMap(({ enforcement }) => enforcement?.unclearPaths ?? []);
      if (unclear !== undefined) report(changedOnTheWay(call, unclear));
      if (!needsHttp(call) || isEnforced(call) || isExplained(model, call)) continue;
      const { caller, callee } = call;
      report({
        on: call,
        message: `no proxy between ${partyText(caller)} and ${partyText(callee)} reads HTTP, so nothing can check ${call.user ? 'tokens' : 'methods and paths'}`,
        got:
          callee.kind !== 'unmeshed' && goesPastWaypoints(caller)
            ? `${partyText(caller)} has a sidecar, and sidecars bypass waypoints`
            : 'no waypoint on the way',
        fix: fixOf(call),
      });
    }
  },
});

// A route has changed the path before the callee's proxy looks at it, and patterns of policies do not say how.
function changedOnTheWay(call: CallModel, path: string): Discovery {
  const { caller, callee } = call;
  return {
    on: call,
    message: `the route of ${partyText(callee)} changes paths before its proxy looks at them, and no policy can say what becomes of ${path}, which ${partyText(caller)} may ask for`,
    got: path,
    fix: `name the paths that ${caller.name} asks for as they begin, such as /cart/*, on either side of what the route changes; or move ${callee.name} to DataPlane.ambient(), whose waypoint looks first`,
  };
}

// A TCP port is another mistake, told by another rule.
function needsHttp({ http, httpIsOptional, callee, ports }: CallModel): boolean {
  return (
    http !== undefined &&
    !httpIsOptional &&
    (callee.kind === 'service' || callee.kind === 'unmeshed' || callee.kind === 'external') &&
    ports.length > 0 &&
    ports.every((port) => port.readsHttp)
  );
}

function isEnforced({ hops }: CallModel): boolean {
  return hops.some(({ enforcement }) => enforcement?.readsHttp && enforcement.http);
}

// No waypoint can tell a caller by its address; or the namespace, or the service, lacks the waypoint that this very call asks for: told where that is judged.
function isExplained(model: MeshModel, call: CallModel): boolean {
  const { caller, callee, path } = call;
  if (isByAddress(call)) return true;
  return !goesPastWaypoints(caller) && isToldByNamespace(model, callee.namespaceName, path);
}

function fixOf({ caller, callee, user }: CallModel): string {
  const asked = user ? 'users' : 'methods and paths';
  const otherwise = `or allow the whole port without ${asked}`;
  if (callee.kind === 'unmeshed') return `leave ${asked} out: the pods of an unmeshed service have no proxy`;
  if (goesPastWaypoints(caller)) return `move ${caller.name} to ambient mode, ${otherwise}`;
  return callee.owned
    ? `give namespace ${callee.namespaceName} a waypoint, ${otherwise}`
    : `name the waypoint of ${callee.name} where it is imported, ${otherwise}`;
}
