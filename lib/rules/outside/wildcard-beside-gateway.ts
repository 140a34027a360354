import type { CallModel, MeshModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { partyText } from '../call-words';
import { hasSidecars, isAmbient } from '../planes';
import { rule } from '../rule';
import { covers, isWildcardHost, knownTo } from './reach/known-to';

export const wildcardBesideGateway = rule({
  code: 'MESH426',
  level: 'error',
  title: 'wildcard that a sidecar loses to a host behind an egress gateway',

  check(model, report) {
    for (const call of model.calls) {
      const hosts = hostsInTheWay(model, call);
      if (hosts.length === 0) continue;
      const { caller, callee } = call;
      report({
        on: call,
        message: `the sidecar of ${partyText(caller)} knows a route of TLS for a name below ${callee.host!}, and then no way to the other names: for a wildcard Istio takes the routes of what is below it`,
        got: `${hosts.join(', ')} behind an egress gateway, on the same port`,
        fix: `declare the other hosts below ${callee.host!} one by one; or let a workload of its own, in a ZeroTrustNamespace, call ${callee.host!}, declared in another namespace than the gateway`,
      });
    }
  },
});

function hostsInTheWay(model: MeshModel, { caller, callee, action, ports }: CallModel): string[] {
  if (callee.kind !== 'external' || action !== 'ALLOW' || !isWildcardHost(callee) || !hasSidecars(caller.namespace)) return [];
  const numbers = tlsPorts({ ports });
  const inTheWay = knownTo(model, caller).filter(
    (host) => isByRoute(host) && covers(callee, host) && tlsPorts(host).some((number) => numbers.includes(number)),
  );
  return [...new Set(inTheWay.map(({ host }) => host!))].sort();
}

/** In sidecar mode a route leads to the gateway. */
function isByRoute({ through, namespace }: Party): boolean {
  return through !== undefined && !isAmbient(namespace);
}

function tlsPorts({ ports }: Pick<Party, 'ports'>): number[] {
  return ports.filter(({ appProtocol }) => appProtocol === 'tls').map(({ number }) => number);
}
