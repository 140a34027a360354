import type { CallModel } from '../../model/mesh-model';
import type { SaidElsewhere } from '../../model/written/written-mesh';
import { partyText } from '../call-words';
import { type Discovery, rule } from '../rule';
import { isAllowedThere, refusalThere, saidOfCaller } from './words/allowed-there';
import { grantThereText, identityWords, lineText, optionWords } from './words/program-words';

export const notAllowedThere = rule({
  code: 'MESH620',
  level: 'warning',
  title: 'call that the program of the callee does not allow',

  check(model, report) {
    for (const call of model.calls) {
      const { action, callee, caller } = call;
      if (action !== 'ALLOW' || !callee.said || !(caller.owned || caller.isGuarded)) continue;
      const found = foundIn(call, callee.said, callee.cluster === undefined ? undefined : model.cluster?.name);
      if (found) report({ on: call, ...found });
    }
  },
});

function foundIn(
  call: CallModel,
  said: SaidElsewhere,
  cluster: string | undefined,
): Pick<Discovery, 'message' | 'got' | 'fix'> | undefined {
  const [caller, callee] = [partyText(call.caller), partyText(call.callee)];
  const refusal = refusalThere(said, call);
  if (refusal) {
    return {
      message: `${caller} calls ${callee}, whose program refuses that`,
      got: `a refusal in ${said.source}${lineText(refusal.declaredAt)}`,
      fix: `drop the call, or have that program take the refusal back; then read its mesh.json anew`,
    };
  }
  if (isAllowedThere(said, call)) return undefined;
  const grants = saidOfCaller(said, call.caller, 'ALLOW').map(grantThereText);
  return {
    message: `${caller} calls ${callee}, whose program lets nobody in whom it does not allow, and does not allow this`,
    got: `allowed to ${caller} in ${said.source}: ${grants.sort().join('; ') || 'nothing'}`,
    fix: `have that program say ${call.callee.name}.access.allow(${identityWords(call.caller, cluster)}${optionWords(call)}; then read its mesh.json anew`,
  };
}
