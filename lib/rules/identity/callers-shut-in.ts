import { nameOf } from '../../cluster/objects/manifest-object';
import { shutInOf } from '../../inquiry/shut-in-callers';
import { partyText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { ownWorkloads } from '../owners';
import { rule } from '../rule';

export const callersShutIn = rule({
  code: 'MESH234',
  level: 'warning',
  title: 'callers who are let in and cannot get out',

  check(model, report) {
    const own = new Set(ownWorkloads(model).map(({ principal }) => principal));
    // A service of the program that is named by its identity is another mistake, told by another rule.
    const named = model.calls.filter(
      ({ caller }) => caller.kind === 'callers' || (caller.kind === 'identity' && !own.has(caller.principal)),
    );
    for (const call of named) {
      const shutIn = shutInOf(clusterOf(model), call);
      if (!shutIn) continue;
      const { caller, callee } = call;
      const { pods, decision } = shutIn;
      report({
        on: call,
        message: `${partyText(callee)} lets in ${partyText(caller)}, and none of its pods gets out to it: ${caller.namespaceName} is closed, and a grant to many or to an identity opens the end of ${callee.name} alone`,
        got: `${pods.map(({ object }) => nameOf(object)).join(', ')} held back by ${decision.by}`,
        fix: fixOf(call.caller.kind === 'callers', callee.name),
      });
    }
  },
});

function fixOf(isMany: boolean, callee: string): string {
  if (isMany)
    return `have each workload that is meant say calls(${callee}); it is let in by that as well, and the grant to all of its namespace can go`;
  return `give the pods labels that no pods under another account have, and their NetworkPolicy is written; or declare them with MeshedService or MeshedJob and say calls(${callee})`;
}
