import type { CallModel, MeshModel } from '../../model/mesh-model';
import { partyText, portText } from '../call-words';
import { groupedBy } from '../grouping';
import { rule } from '../rule';

export const refusalPassedBy = rule({
  code: 'MESH212',
  level: 'error',
  title: 'refusal by HTTP that a caller goes past',

  check(model: MeshModel, report) {
    const byCallee = groupedBy(model.calls, ({ callee }) => callee.key);
    for (const refusal of model.calls.filter(refusesByHttp)) {
      const past = byCallee.get(refusal.callee.key)!.filter((call) => goesPast(call, refusal));
      if (past.length === 0) continue;
      report({
        on: refusal,
        message: `requests that nobody may send to ${partyText(refusal.callee)} reach its pods past the waypoint, where no proxy reads HTTP`,
        got: `${[...new Set(past.map(({ caller }) => partyText(caller)))].sort().join(', ')} may dial ${portText(refusal.ports)}`,
        fix: 'move these callers to the ambient plane, or give what is refused a port of its own and refuse that',
      });
    }
  },
});

function refusesByHttp({ action, http, hops }: CallModel): boolean {
  return action === 'DENY' && http !== undefined && hops.some(({ enforcement }) => enforcement?.readsHttp);
}

// Who is refused by name, and only by name, concerns no other caller.
function goesPast(call: CallModel, refusal: CallModel): boolean {
  if (call.action === 'DENY' || (refusal.caller.kind !== 'anyone' && refusal.caller.principal !== call.caller.principal)) return false;
  const direct = call.hops.some(({ enforcement }) => enforcement?.role === 'direct');
  return direct && call.ports.some(({ number }) => refusal.ports.some((port) => port.number === number));
}
