import { gatewayText, goesRound, partyText } from '../call-words';
import { rule } from '../rule';

export const roundTheGateway = rule({
  code: 'MESH422',
  level: 'error',
  title: 'call that goes round an egress gateway',

  check(model, report) {
    for (const call of model.calls.filter(goesRound)) {
      const { caller, callee } = call;
      // Of one that moves MESH138 tells, with the stages.
      if (caller.namespace.migration) continue;
      report({
        on: call,
        message: `${partyText(caller)} calls ${callee.host ?? callee.name} past the egress gateway ${gatewayText(call)}: sidecars pass waypoints by, and ztunnel follows no route to a gateway`,
        got: `a caller in ${caller.namespace.mode} mode, a gateway in ${callee.namespace.mode} mode`,
        fix: 'declare a gateway and the host in a namespace of the data plane of the caller',
      });
    }
  },
});
