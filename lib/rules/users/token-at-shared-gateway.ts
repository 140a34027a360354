import type { CallModel } from '../../model/mesh-model';
import { partyText } from '../call-words';
import { rule } from '../rule';

export const tokenAtSharedGateway = rule({
  code: 'MESH239',
  level: 'error',
  title: 'token of one host that an egress gateway reads in requests to others',

  check(model, report) {
    for (const call of model.calls.filter(({ user }) => user)) {
      const gateway = gatewayOf(call);
      if (gateway === undefined) continue;
      const other = model.calls.find((one) => one.callee.key !== call.callee.key && gatewayOf(one) === gateway);
      if (!other) continue;
      report({
        on: call,
        message: `the egress gateway ${gateway} reads tokens in the requests to all its hosts: those to ${partyText(other.callee)} are refused with a token that is not for ${partyText(call.callee)}, and lose it otherwise`,
        got: `${partyText(call.callee)} and ${partyText(other.callee)} through one gateway`,
        fix: `give ${call.callee.name} an EgressGateway of its own, or leave user out: whose token it is, the host itself asks`,
      });
    }
  },
});

/** The Gateway at which a sidecar's call is checked on its way out. */
function gatewayOf({ hops, callee }: CallModel): string | undefined {
  if (callee.kind !== 'external') return undefined;
  for (const { enforcement } of hops) {
    const targets = enforcement && 'targetRefs' in enforcement.attachment ? enforcement.attachment.targetRefs : [];
    const gateway = targets.find(({ kind }) => kind === 'Gateway');
    if (gateway) return `${enforcement!.namespaceName}/${gateway.name}`;
  }
  return undefined;
}
