import type { CallModel, MeshModel, ServiceModel } from '../../model/mesh-model';
import { partyText } from '../call-words';
import { isAmbient } from '../planes';
import { rule } from '../rule';

export const untoldCaller = rule({
  code: 'MESH268',
  level: 'warning',
  title: 'callers whose identity no proxy tells the application',

  check(model, report) {
    for (const service of model.services) {
      if (!service.forwardsIdentity || !isAmbient(service.namespace)) continue;
      const past = waysPast(model, service);
      if (past.length === 0) continue;
      report({
        on: service,
        message: `whoever connects to the pods of ${partyText(service)} itself is not told of by the waypoint, and writes X-Forwarded-Client-Cert as it likes`,
        got: past.join(', '),
        fix: 'close the service by a ZeroTrustNamespace or a grant, and let callers use its Service from ambient mode; or use DataPlane.sidecar() for it, whose sidecar tells of all',
      });
    }
  },
});

function waysPast({ calls }: MeshModel, { key, namespace, waypoint }: ServiceModel): string[] {
  if (!waypoint) return [];
  const granted = calls.filter(({ action, callee }) => action === 'ALLOW' && callee.key === key);
  const isClosed = namespace.zeroTrust || (namespace.stage === undefined && granted.some(({ plaintext }) => !plaintext));
  const direct = granted.filter(connectsToPods).map(({ caller }) => partyText(caller));
  return [...(isClosed ? [] : ['anybody may connect to its pods']), ...new Set(direct)];
}

/** The waypoint itself is let in at the pods, too. */
function connectsToPods({ caller, callee, hops }: CallModel): boolean {
  return hops.some(({ from, to }) => to.key === callee.key && (from.key === undefined || from.key === caller.key));
}
