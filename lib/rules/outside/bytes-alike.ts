import type { CallModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { groupedBy } from '../../support/grouping';
import { partyText } from '../call-words';
import { hasSidecars } from '../planes';
import { rule } from '../rule';

export const bytesAlike = rule({
  code: 'MESH420',
  level: 'warning',
  title: 'hosts outside that a sidecar cannot tell apart',

  check(model, report) {
    const calls = model.calls.filter(
      ({ caller, callee, action }) => action === 'ALLOW' && hasNothingButName(callee) && hasSidecars(caller.namespace),
    );
    const places = calls.flatMap(bytesOf);
    for (const alike of groupedBy(places, ({ call, port }) => `${call.caller.key} ${port}`).values()) {
      const hosts = [...new Set(alike.map(({ host }) => host))].sort();
      if (hosts.length < 2) continue;
      const { call, port } = alike[alike.length - 1];
      report({
        on: call,
        message: `${partyText(call.caller)} calls several hosts on port ${port} with bytes that name none of them, and its sidecar sends all connections to one`,
        got: hosts.join(', '),
        fix: 'say the addresses of each of them: the sidecar tells connections apart by these',
      });
    }
  },
});

function hasNothingButName({ kind, addresses, host }: Party): boolean {
  return kind === 'external' && addresses === undefined && host !== undefined;
}

function bytesOf(call: CallModel): Array<{ readonly port: number; readonly host: string; readonly call: CallModel }> {
  const bytes = call.ports.filter(({ appProtocol }) => appProtocol === 'tcp');
  return bytes.map(({ number }) => ({ port: number, host: call.callee.host!, call }));
}
