import { gatewayText, partyText } from '../call-words';
import { goesPastWaypoints } from '../planes';
import { rule } from '../rule';

export const staysBehindGateway = rule({
  code: 'MESH146',
  level: 'warning',
  title: 'caller of an egress gateway that moves without it',

  check(model, report) {
    for (const call of model.calls) {
      const { action, caller, callee } = call;
      if (action !== 'ALLOW' || !callee.through || !callee.namespace.migration) continue;
      if (caller.namespace.migration || !goesPastWaypoints(caller)) continue;
      report({
        on: call,
        message: `${partyText(caller)} has no way through the egress gateway ${gatewayText(call)} once ${callee.namespaceName} is in ambient mode alone: sidecars pass waypoints by`,
        got: `namespace ${callee.namespaceName} moves, and namespace ${caller.namespaceName} keeps its sidecars`,
        fix: `move ${caller.namespaceName} as well, before migration is left out of ${callee.namespaceName}`,
      });
    }
  },
});
