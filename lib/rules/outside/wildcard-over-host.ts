import type { CallModel, MeshModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { groupedBy } from '../../support/grouping';
import { partyText } from '../call-words';
import { perModel } from '../per-model';
import { isAmbient } from '../planes';
import { rule } from '../rule';
import { covers, isWildcardHost } from './reach/known-to';

export const wildcardOverHost = rule({
  code: 'MESH427',
  level: 'warning',
  title: 'wildcard without a name that ztunnel sends to a waypoint',

  check(model, report) {
    for (const call of model.calls) {
      const { caller, callee, action } = call;
      if (callee.kind !== 'external' || action !== 'ALLOW' || !isWildcardHost(callee) || !isAmbient(caller.namespace)) continue;
      const lost = model.others.filter((host) => host.waypoint && covers(callee, host) && !isReached(model, call, host));
      if (lost.length === 0) continue;
      const names = [...new Set(lost.map(({ host }) => host!))].sort().join(', ');
      report({
        on: call,
        message: `${partyText(caller)} may call ${callee.host!}, but not all names below it: ztunnel sends whoever asks for a declared host to its waypoint, which lets in the callers of that host alone`,
        got: `${names}, declared behind a waypoint`,
        fix: `let ${partyText(caller)} call ${names} on the same ports as well, if it is to`,
      });
    }
  },
});

/** The caller calls the host itself, or whoever asks is let through; on all ports that it may call below the wildcard. */
function isReached(model: MeshModel, { caller, ports }: CallModel, host: Party): boolean {
  const calls = callsByHost(model).get(host.host!) ?? [];
  const isOpen = host.owned && calls.length === 0 && !host.namespace.zeroTrust && !caller.namespace.zeroTrust;
  const reached = isOpen ? host.ports : calls.filter((call) => call.caller.key === caller.key).flatMap((call) => call.ports);
  return ports.every(({ number }) => reached.some((port) => port.number === number));
}

const callsByHost = perModel(({ calls }): ReadonlyMap<string, CallModel[]> => {
  const allowed = calls.filter(({ callee, action }) => callee.kind === 'external' && action === 'ALLOW');
  return groupedBy(allowed, ({ callee }) => callee.host ?? callee.name);
});
