import { Granted } from '../../inquiry/granted';
import { isAmong, isToldByAddress } from '../../model/access/many-callers';
import type { Party } from '../../model/party';
import type { CallThere } from '../../model/written/written-mesh';
import { partyText } from '../call-words';
import { type Report, rule } from '../rule';
import { lineText } from './words/program-words';

export const notAllowedHere = rule({
  code: 'MESH622',
  level: 'warning',
  title: 'call of another program that nothing allows here',

  check(model, report) {
    const granted = new Granted(model);
    const ours = [...model.services, ...model.others.filter(({ isGuarded }) => isGuarded)];
    const closed = ours.filter((one) => granted.isClosed(one) || one.isGuarded);
    for (const caller of model.others.filter(({ said }) => said)) {
      closed.forEach((callee) => reportRefused(caller, callee, granted, report));
    }
  },
});

function reportRefused(caller: Party, callee: Party, granted: Granted, report: Report): void {
  const { source, callsFrom } = caller.said!;
  const call = callsFrom.find((one) => one.action === 'ALLOW' && isMeant(one, callee));
  const isAllowed = granted.callsTo(callee).some((one) => one.action === 'ALLOW' && mayBe(caller, one.caller));
  if (!call || isAllowed) return;
  report({
    on: caller,
    message: `${partyText(caller)} calls ${partyText(callee)}, as its program says, and nothing here allows it`,
    got: `calls in ${source}: ${partyText(callee)}${lineText(call.declaredAt)}`,
    fix: `say ${callee.name}.access.allow(${caller.name}) here; or drop the call there, and read its mesh.json anew`,
  });
}

function isMeant({ callee: { host } }: CallThere, callee: Party): boolean {
  return host !== undefined && (callee.meshHosts ?? [callee.host]).includes(host);
}

// Whom a grant tells by address may be anybody.
function mayBe(caller: Party, granted: Party): boolean {
  return isToldByAddress(granted) || isAmong(caller, granted);
}
