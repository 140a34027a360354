import type { CallModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { goesRound, partyText } from '../call-words';
import { isAmbient } from '../planes';
import { rule } from '../rule';
import { isToldByNamespace } from '../told-needs';

export const plainOutside = rule({
  code: 'MESH424',
  level: 'error',
  title: 'plain HTTP that leaves where a proxy was to begin TLS',

  check(model, report) {
    for (const call of model.calls) {
      const { caller, callee } = call;
      const [port] = portsBegunByNobody(call);
      if (!port || isToldByNamespace(model, callee.namespaceName, call.path)) continue;
      report({
        on: call,
        message: `no proxy begins TLS with ${callee.host ?? callee.name} for ${partyText(caller)}: ztunnel passes on what it gets, and no waypoint stands before the host`,
        got: `plain HTTP, which would leave on port ${port.targetPort}`,
        fix: `${fixFor(callee)}; or let the application begin TLS itself, with ExternalPort.https()`,
      });
    }
  },
});

function portsBegunByNobody(call: CallModel): CallModel['ports'] {
  const { caller, callee, action, ports, hops } = call;
  // A gateway is a proxy, and begins TLS itself.
  if (callee.kind !== 'external' || action !== 'ALLOW' || caller.kind === 'gateway') return [];
  const { migration } = caller.namespace;
  if (!migration && !isAmbient(caller.namespace)) return [];
  // While pods move, those with sidecars leave straight, and their sidecars begin TLS.
  const isThrough = migration !== undefined && hops.some(({ from, to }) => to.world && from.key !== caller.key);
  const leaves = hops.some(({ from, to }) => to.world && from.key === caller.key);
  return leaves && !isThrough && !goesRound(call) ? ports.filter(({ origination }) => origination !== undefined) : [];
}

function fixFor({ isStraightOut, owned, namespaceName, namespace }: Party): string {
  if (isStraightOut) return 'declare the hosts one by one: no waypoint stands before a wildcard that has ports of TLS, too';
  if (!owned) return `name the waypoint of ${namespaceName} that begins TLS, with waypoint`;
  return isAmbient(namespace)
    ? `let ${namespaceName} have a waypoint`
    : 'declare the host in a namespace in ambient mode, whose waypoint begins TLS';
}
