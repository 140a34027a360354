import type { CallModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { partyText, portText } from '../call-words';
import { rule } from '../rule';

export const openEgress = rule({
  code: 'MESH209',
  level: 'info',
  title: 'outgoing port open to every public address',

  check(model, report) {
    for (const call of model.calls) {
      const { callee, action, ports } = call;
      if (callee.kind !== 'external' || callee.addresses || action !== 'ALLOW') continue;
      report({
        on: call,
        message: `to reach ${callee.host ?? callee.name}, ${senderText(call)} may connect to any public address on port ${portText(ports)}, and to no private one: a NetworkPolicy cannot name hosts`,
        fix: `say addresses of ${callee.name}, such as ['10.20.0.0/16'], where they are known: a name that is answered with private ones is cut off without them`,
      });
    }
  },
});

/** Whose packets leave the cluster: those of the caller, or of the gateway or waypoint that it goes through. */
function senderText({ caller, callee, hops }: CallModel): string {
  const { namespace, through } = callee;
  const sender = hops.find(({ to }) => to.world)?.from;
  if (sender?.key === caller.key) return partyText(caller);
  if (through && sender?.key === through.key) return throughText('egress gateway', through, caller);
  return namespace.waypoint ? throughText('waypoint', namespace.waypoint, caller) : partyText(caller);
}

function throughText(what: string, { namespaceName, name }: Pick<Party, 'namespaceName' | 'name'>, caller: Party): string {
  return `the ${what} ${namespaceName}/${name}, through which ${partyText(caller)} calls,`;
}
