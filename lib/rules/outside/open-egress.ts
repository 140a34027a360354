import { partyText, portText } from '../call-words';
import { rule } from '../rule';

export const openEgress = rule({
  code: 'MESH209',
  level: 'info',
  title: 'port open to every public address',

  check(model, report) {
    for (const call of model.calls) {
      const { callee, caller, action, ports } = call;
      if (callee.kind !== 'external' || action !== 'ALLOW') continue;
      report({
        on: call,
        message: `for ${callee.host ?? callee.name}, packets of ${partyText(caller)} to port ${portText(ports)} may go to any public address: a NetworkPolicy cannot name hosts`,
        fix: "where that is too wide, allow only the addresses of the host, or of an egress gateway, at the cluster's edge",
      });
    }
  },
});
