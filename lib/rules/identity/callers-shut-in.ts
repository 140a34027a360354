import { nameOf } from '../../cluster/objects/manifest-object';
import { shutInOf } from '../../inquiry/shut-in-callers';
import { partyText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { rule } from '../rule';

export const callersShutIn = rule({
  code: 'MESH234',
  level: 'warning',
  title: 'callers who are let in and cannot get out',

  check(model, report) {
    // Of pods under one account, whose own end is written by their labels, another rule tells.
    for (const call of model.calls.filter(({ caller }) => caller.kind === 'callers')) {
      const shutIn = shutInOf(clusterOf(model), call);
      if (!shutIn) continue;
      const { caller, callee } = call;
      const { pods, decision } = shutIn;
      report({
        on: call,
        message: `${partyText(callee)} lets in ${partyText(caller)}, and none of its pods gets out to it: ${caller.namespaceName} is closed, and a grant to many opens the end of ${callee.name} alone`,
        got: `${pods.map(({ object }) => nameOf(object)).join(', ')} held back by ${decision.by}`,
        fix: `have each workload that is meant say calls(${callee.name}); it is let in by that as well, and the grant to all of its namespace can go`,
      });
    }
  },
});
