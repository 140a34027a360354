import type { CallModel } from '../../model/mesh-model';
import type { Port } from '../../model/port';
import { sortedBy } from '../../support/ordering';
import { partyText, portText } from '../call-words';
import { groupedBy } from '../../support/grouping';
import { rule } from '../rule';

const WORDS = { ALLOW: 'open', DENY: 'denied', CUSTOM: 'asked about', AUDIT: 'marked', DRY_RUN: 'tried' };

export const sharedTargetPort = rule({
  code: 'MESH216',
  level: 'error',
  title: 'call to one of two ports that share a target port',

  check(model, report) {
    const calls = model.calls.filter(({ callee }) => callee.ports.length > 1);
    for (const same of groupedBy(calls, sameEdge).values()) {
      const covered = coveredToo(same);
      if (covered.length === 0) continue;
      const [first] = sortedBy(same, ({ path, ports }) => `${path} ${portText(ports)}`);
      report({
        on: first,
        message: `the proxy at the pods of ${partyText(first.callee)} sees only pod ports, so these Service ports are ${WORDS[first.action]} for ${partyText(first.caller)} as well`,
        got: `${portText(covered)} on ${[...new Set(covered.map(({ targetPort }) => `targetPort ${targetPort}`))].join(', ')}`,
        fix: 'give each port its own targetPort, or include all of them in the call',
      });
    }
  },
});

// Calls that say the same of several ports are one.
function sameEdge({ caller, callee, action, http }: CallModel): string {
  return `${caller.key} ${callee.key} ${action} ${JSON.stringify(http)}`;
}

function coveredToo(calls: readonly CallModel[]): Port[] {
  const named = new Set(calls.flatMap(({ ports }) => ports.map(({ number }) => number)));
  const unnamed = calls[0].callee.ports.filter(({ number }) => !named.has(number));
  if (unnamed.length === 0) return [];
  const atPods = new Set(calls.flatMap(podPorts));
  return unnamed.filter(({ targetPort }) => atPods.has(targetPort));
}

function podPorts({ hops }: CallModel): readonly number[] {
  return hops.flatMap(({ enforcement }) => (enforcement && 'selector' in enforcement.attachment ? (enforcement.ports ?? []) : []));
}
