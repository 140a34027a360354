import type { CallModel } from '../../model/mesh-model';
import { hasPolicies } from '../../model/namespace-facts';
import { sortedBy } from '../../support/ordering';
import { partyText } from '../call-words';
import { groupedBy } from '../../support/grouping';
import { rule } from '../rule';

export const firstGrant = rule({
  code: 'MESH206',
  level: 'warning',
  title: 'first allowed caller closes an open service',

  check(model, report) {
    for (const calls of groupedBy(model.calls.filter(closes), ({ callee }) => callee.key).values()) {
      if (calls.some(admitsAll)) continue;
      const [{ callee, site }] = sortedBy(calls, ({ path, caller }) => `${path} ${caller.key}`);
      const callers = new Set(calls.map(({ caller }) => partyText(caller)));
      report({
        on: { path: callee.path, site },
        message: `${partyText(callee)} was open to everybody; now that some callers are allowed, all others are refused`,
        got: `allowed: ${[...callers].sort().join(', ')}`,
        fix: 'allow every caller and acknowledge this; or use a ZeroTrustNamespace, where everything is closed from the start',
      });
    }
  },
});

function closes({ action, callee, hops, plaintext }: CallModel): boolean {
  const isOpen = callee.kind === 'service' && callee.owned && !hasPolicies(callee.namespace);
  return action === 'ALLOW' && isOpen && !plaintext && hops.some(({ enforcement }) => enforcement);
}

// Anyone, for part of the ports or requests only, leaves the rest closed.
function admitsAll({ caller, callee, ports, http, conditions }: CallModel): boolean {
  return caller.kind === 'anyone' && !http && !conditions && ports.length === callee.ports.length;
}
