import type { CallModel } from '../../model/mesh-model';
import { partyText, portText } from '../call-words';
import { rule } from '../rule';

export const callerWithoutProxy = rule({
  code: 'MESH505',
  level: 'error',
  title: 'add-on outside the mesh that calls a service in it',

  check(model, report) {
    for (const call of model.calls.filter(needsProof)) {
      const { caller, callee, ports } = call;
      report({
        on: call,
        message: `${partyText(caller)} has no proxy to prove who it is, and ${partyText(callee)} lets in whom it knows`,
        got: `a call to port ${portText(ports)}`,
        fix: `say dataPlane of both add-ons, or of neither; or let ${callee.name} take plaintext on a port of its own, with the reason`,
      });
    }
  },
});

function needsProof({ caller, callee, ports, action }: CallModel): boolean {
  return (
    action === 'ALLOW' && caller.kind === 'unmeshed' && callee.kind === 'service' && ports.some(({ plaintext }) => plaintext === undefined)
  );
}
