import { isByAddress } from '../../model/access/many-callers';
import type { CallModel, MeshModel } from '../../model/mesh-model';
import { partyText, portText } from '../call-words';
import { hasSidecars, isAmbient } from '../planes';
import { rule } from '../rule';

export const addressBehindWaypoint = rule({
  code: 'MESH248',
  level: 'error',
  title: 'callers known by their address where nobody is told it',

  check(model, report) {
    for (const call of model.calls.filter(isByAddress)) {
      const { caller, callee, action, ports } = call;
      const where = whereOf(model, call);
      if (where === undefined) continue;
      report({
        on: call,
        message: `${partyText(caller)} ${action === 'ALLOW' ? 'may' : 'may not'} call ${partyText(callee)} on port ${portText(ports)}, and ${where}`,
        got: action === 'ALLOW' ? 'a grant that lets nobody in' : 'a refusal that some pass by',
        fix: fixOf(call),
      });
    }
  },
});

/** Why nobody can compare addresses; nothing where somebody can. Who connects to pods themselves meets ztunnel, which knows from where. */
function whereOf({ namespaces }: MeshModel, { caller, callee, action, toPods }: CallModel): string | undefined {
  if (callee.kind !== 'service') return 'nobody before a host outside the mesh compares addresses of callers';
  if (callee.waypoint && !toPods) {
    return 'its waypoint stands between, which is not told from where somebody connects, and shows the pods its own address';
  }
  const isAmbientCaller = action === 'DENY' ? namespaces.some(isAmbient) : isAmbient(caller.namespace);
  const isTunnelled = hasSidecars(callee.namespace) && isAmbientCaller;
  return isTunnelled ? 'its sidecar is not told from where callers in ambient mode come, whose tunnels end in it' : undefined;
}

function fixOf({ callee, action, http }: CallModel): string {
  if (callee.kind !== 'service') return 'name the callers';
  if (!callee.waypoint && action === 'DENY') return 'allow the callers that are meant, instead of refusing others';
  if (!callee.waypoint) return 'leave the addresses out: their identity tells the callers';
  const without = `do without a waypoint for ${callee.namespaceName}: DataPlane.ambient({ waypoint: Waypoint.NEVER })`;
  const pods = action === 'ALLOW' && !http ? ', say toPods where they connect to the pods themselves' : '';
  return `name the callers by their identity, ${without}${pods}, or use DataPlane.sidecar()`;
}
