import type { CallModel } from '../../model/mesh-model';
import type { SaidElsewhere } from '../../model/written/written-mesh';
import { partyText } from '../call-words';
import { rule } from '../rule';
import { lineText, optionWords } from './words/program-words';

export const shutInThere = rule({
  code: 'MESH621',
  level: 'warning',
  title: 'caller whose own program lets it call nobody here',

  check(model, report) {
    for (const call of model.calls) {
      const { action, callee, caller } = call;
      if (action !== 'ALLOW' || !caller.said?.isShutIn || !(callee.owned || callee.isGuarded)) continue;
      if (isCalledThere(caller.said, call)) continue;
      report({
        on: call,
        message: `${partyText(caller)} may call ${partyText(callee)}, and nothing gets out of its pods but the calls of its own program, which does not have this one`,
        got: `calls of ${partyText(caller)} in ${caller.said.source}: ${calleesThere(caller.said) || 'none'}`,
        fix: `have that program say ${caller.name}.calls(${callee.name}${optionWords(call)}, with ${callee.name} from the mesh.json of this one; then read its mesh.json anew`,
      });
    }
  },
});

function isCalledThere({ callsFrom }: SaidElsewhere, { callee, ports, unknownPort }: CallModel): boolean {
  if (unknownPort !== undefined) return true;
  const hosts: ReadonlyArray<string | undefined> = callee.meshHosts ?? [callee.host];
  const said = callsFrom.filter((one) => one.action === 'ALLOW' && hosts.includes(one.callee.host));
  const isPort = (number: number): boolean => said.some((one) => one.ports.some((port) => port.number === number));
  return ports.length < callee.ports.length ? ports.every(({ number }) => isPort(number)) : said.length > 0;
}

function calleesThere({ callsFrom }: SaidElsewhere): string {
  const calls = callsFrom.filter(({ action }) => action === 'ALLOW');
  return [...new Set(calls.map(({ callee, declaredAt }) => `${callee.namespaceName}/${callee.name}${lineText(declaredAt)}`))]
    .sort()
    .join(', ');
}
