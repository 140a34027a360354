import type { MeshModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { groupedBy } from '../../support/grouping';
import { partyText } from '../call-words';
import { rule } from '../rule';
import { bytesPorts, hasNothingButName, isSeenBySidecar, toldApart } from './reach/bytes';
import { knownTo } from './reach/known-to';

export const bytesAlike = rule({
  code: 'MESH420',
  level: 'warning',
  title: 'hosts outside that a sidecar cannot tell apart',

  check(model, report) {
    const calls = model.calls.filter((call) => isSeenBySidecar(call) && hasNothingButName(call.callee));
    const places = calls.flatMap((call) => bytesPorts(call).map((port) => ({ port, call })));
    for (const alike of groupedBy(places, ({ call, port }) => `${call.caller.key} ${port}`).values()) {
      const { call, port } = alike[alike.length - 1];
      const callees = hostsAt(model, call.caller, port);
      const hosts = [...new Set(callees.map(({ host }) => host!))].sort();
      if (hosts.length < 2) continue;
      report({
        on: call,
        message: `the sidecar of ${partyText(call.caller)} knows several hosts on port ${port}, where bytes name none of them, and sends all connections to one`,
        got: hosts.join(', '),
        fix: toldApart(callees),
      });
    }
  },
});

function hostsAt(model: MeshModel, caller: Party, port: number): Party[] {
  return knownTo(model, caller).filter((party) => hasNothingButName(party) && bytesPorts(party).includes(port));
}
