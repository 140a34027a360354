import type { Enforcement, TargetRef } from '../../model/hop';
import type { CallModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { egressText, ingressText, labelText, partyText } from '../call-words';
import { type Report, rule } from '../rule';

export const otherSide = rule({
  code: 'MESH207',
  level: 'info',
  title: 'the other end must allow the call too',

  check(model, report) {
    for (const call of model.calls) {
      if (call.action !== 'ALLOW') continue;
      const [atCaller, atCallee] = [isWritten(call.caller), isWritten(call.callee)];
      if (atCaller && isElsewhere(call.callee)) reportCallee(call, report);
      if (atCallee && isElsewhere(call.caller)) reportCaller(call, report);
    }
  },
});

// Where the other program's mesh.json is read, rules know what it says.
function isElsewhere(party: Party): boolean {
  return party.kind === 'service' && !isWritten(party) && !party.said;
}

// Its end of the call, whoever makes its pods.
function isWritten({ owned, isGuarded = false }: Party): boolean {
  return owned || isGuarded;
}

function reportCallee(call: CallModel, report: Report): void {
  const { caller, callee, hops } = call;
  // What the callee's waypoint needs of its pods is there already, or it would serve nobody.
  const entering = hops.filter(({ from }) => from.key === caller.key);
  const wants = entering.flatMap((hop) => [...(hop.enforcement ? [policyText(hop.enforcement)] : []), ingressText(hop)]);
  report({
    on: call,
    message: `${partyText(callee)} is made elsewhere, so only the end of ${partyText(caller)} is written here`,
    fix: `at the other end: ${wants.join('; ')}`,
  });
}

function reportCaller(call: CallModel, report: Report): void {
  const { caller, callee, hops } = call;
  const wants = [
    `run ${caller.name} as ${caller.principal ?? 'the identity that is named here'}`,
    ...hops.slice(0, 1).map(egressText),
    `list ${callee.host ?? callee.name} in its Sidecar, if it has one`,
  ];
  report({
    on: call,
    message: `${partyText(caller)} is made elsewhere, so only the end of ${partyText(callee)} is written here`,
    fix: `at the other end: ${wants.join('; ')}`,
  });
}

function policyText({ attachment, namespaceName, principal, ports, http }: Enforcement): string {
  const target = 'selector' in attachment ? `pods ${labelText(attachment.selector)}` : attachment.targetRefs.map(refText).join(', ');
  const onPorts = ports ? ` to port ${ports.join(', ')}` : '';
  const requests = http
    ? `, requests ${http.map(({ methods, paths }) => [methods.join('|') || 'any method', paths.join(' ') || 'any path'].join(' ')).join(', ')}`
    : '';
  return `add an AuthorizationPolicy in namespace ${namespaceName} on ${target} that allows ${principal ?? 'anyone'}${onPorts}${requests}`;
}

function refText({ kind, name }: TargetRef): string {
  return `${kind} ${name}`;
}
