import { gatewayText, goesRound, partyText } from '../call-words';
import { rule } from '../rule';

export const openBesideGateway = rule({
  code: 'MESH423',
  level: 'warning',
  title: 'caller of an egress gateway that nothing keeps from leaving by itself',

  check(model, report) {
    for (const call of model.calls) {
      const { caller, callee, action } = call;
      if (!callee.through || action !== 'ALLOW' || goesRound(call) || caller.namespace.zeroTrust || !caller.namespace.owned) continue;
      report({
        on: call,
        message: `nothing keeps the pods of ${partyText(caller)} from connecting to ${callee.host ?? callee.name} past the egress gateway ${gatewayText(call)}: the network layer lets everything out of their namespace`,
        got: `open namespace ${caller.namespaceName}`,
        fix: `make ${caller.namespaceName} a ZeroTrustNamespace, or let a firewall at the cluster's edge let out the gateway alone`,
      });
    }
  },
});
