import { partyText, portText } from '../call-words';
import { rule } from '../rule';

export const plaintextPort = rule({
  code: 'MESH233',
  level: 'info',
  title: 'port that takes callers without mutual TLS',

  check(model, report) {
    for (const call of model.calls) {
      if (!call.plaintext) continue;
      report({
        on: call,
        message: `whoever reaches the pods of ${partyText(call.callee)} may connect to port ${portText(call.ports)} without showing an identity`,
        got: `reason: ${call.reason}`,
        fix: 'have the application itself check who calls there, and drop plaintext when the reason is over',
      });
    }
  },
});
