import { partyText, portText } from '../call-words';
import { rule } from '../rule';

export const openToAnyone = rule({
  code: 'MESH208',
  level: 'warning',
  title: 'service open to anyone in the mesh',

  check(model, report) {
    for (const call of model.calls) {
      // What takes spans takes them from everybody, and the report tells of it.
      if (call.caller.kind !== 'anyone' || call.action !== 'ALLOW' || call.plaintext || call.callee.isGuarded) continue;
      report({
        on: call,
        message: `anyone in the mesh may call ${partyText(call.callee)} on port ${portText(call.ports)}`,
        got: `reason: ${call.reason ?? 'none given'}`,
        fix: 'name the callers, or acknowledge the finding',
      });
    }
  },
});
