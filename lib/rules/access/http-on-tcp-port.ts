import type { Party } from '../../model/party';
import { partyText, portText } from '../call-words';
import { rule } from '../rule';

export const httpOnTcpPort = rule({
  code: 'MESH202',
  level: 'error',
  title: 'methods or paths on a port that does not speak HTTP',

  check(model, report) {
    for (const call of model.calls) {
      const silent = call.http ? call.ports.filter((port) => !port.readsHttp) : [];
      if (silent.length === 0) continue;
      report({
        on: call,
        message: `the call from ${partyText(call.caller)} to ${partyText(call.callee)} names ${call.user ? 'users' : 'methods or paths'} on a port where no proxy reads HTTP`,
        got: portText(silent),
        fix: fixOf(call.callee),
      });
    }
  },
});

function fixOf({ kind }: Party): string {
  if (kind === 'external') return 'leave methods and paths out: the application itself speaks TLS, and the mesh cannot read its HTTP';
  if (kind === 'unmeshed') return 'leave methods and paths out: the pods of an unmeshed service have no proxy';
  return 'declare the port with MeshPort.http, http2 or grpc if it speaks one of them; otherwise allow it without methods and paths';
}
