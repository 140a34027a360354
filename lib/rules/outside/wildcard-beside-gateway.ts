import type { Cluster } from '../../cluster/cluster';
import { nameOf } from '../../cluster/objects/manifest-object';
import { hostMatches } from '../../cluster/services/hosts';
import { type MeshService, servicesOf } from '../../cluster/services/services';
import { NETWORKING } from '../../istio/api-groups';
import type { CallModel, MeshModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { holdsDeferred } from '../../support/deferred';
import { partyText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { isRaw } from '../owners';
import { hasSidecars, isAmbient } from '../planes';
import { type Report, rule } from '../rule';
import { covers, isWildcardHost, knownTo } from './reach/known-to';
import { isToldOf, sidecarsOf } from './reach/sidecars';
import { tlsMatchesFor } from './reach/tls-routes';

const WHY = 'and then no way to the other names: for a wildcard Istio takes the routes of what is below it';

export const wildcardBesideGateway = rule({
  code: 'MESH426',
  level: 'error',
  title: 'wildcard that a sidecar loses to a host behind an egress gateway',
  compares: [
    { kinds: [`${NETWORKING}/ServiceEntry`], fields: ['spec hosts', 'spec ports', 'spec exportTo'], made: false },
    { kinds: [`${NETWORKING}/VirtualService`], fields: ['spec hosts', 'spec tls match', 'spec exportTo'], made: false },
  ],

  check(model, report) {
    for (const call of model.calls) {
      const hosts = hostsInTheWay(model, call);
      if (hosts.length === 0) continue;
      const { caller, callee } = call;
      report({
        on: call,
        message: `the sidecar of ${partyText(caller)} knows a route of TLS for a name below ${callee.host!}, ${WHY}`,
        got: `${hosts.join(', ')} behind an egress gateway, on the same port`,
        fix: `declare the other hosts below ${callee.host!} one by one; or let a workload of its own, in a ZeroTrustNamespace, call ${callee.host!}, declared in another namespace than the gateway`,
      });
    }
    const cluster = clusterOf(model);
    for (const { entry, host, port } of servicesOf(cluster).flatMap(tlsWildcards)) checkWildcard(cluster, entry, host, port, report);
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

/** In sidecar mode a route leads to the gateway, and while its namespace moves. */
function isByRoute({ through, namespace }: Party): boolean {
  return through !== undefined && (namespace.migration !== undefined || !isAmbient(namespace));
}

function tlsPorts({ ports }: Pick<Party, 'ports'>): number[] {
  return ports.filter(({ appProtocol }) => appProtocol === 'tls').map(({ number }) => number);
}

function tlsWildcards(entry: MeshService) {
  const ports = entry.kind === 'ServiceEntry' ? entry.ports.filter(({ protocol }) => /^(tls|https)$/i.test(protocol)) : [];
  const hosts = entry.hosts.filter((host) => host.startsWith('*.'));
  return hosts.flatMap((host) => ports.map(({ number }) => ({ entry, host, port: number })));
}

/** A wildcard and the routes beside it, of which one was said raw. */
function checkWildcard(cluster: Cluster, entry: MeshService, host: string, port: number, report: Report): void {
  for (const sidecar of sidecarsOf(cluster).filter((one) => isToldOf(cluster, one, entry, port))) {
    const matches = tlsMatchesFor(cluster, sidecar, host, port);
    const names = [...new Set(matches.flatMap(({ sniHosts }) => sniHosts))].sort();
    const blamed = isRaw(entry) ? entry.object : matches.map(({ by }) => by).find(isRaw)?.object;
    // A route for the wildcard itself is the way to all names.
    if (!blamed || names.length === 0 || names.some((name) => holdsDeferred(name) || hostMatches(name, host))) continue;
    report({
      on: blamed,
      message: `the sidecar of ${sidecar.key} knows routes of TLS below ${host} of ${nameOf(entry.object)}, ${WHY}`,
      got: `${names.join(', ')} on port ${port}, by ${[...new Set(matches.map(({ by }) => by.title))].sort().join(', ')}`,
      fix: `declare the other hosts below ${host} one by one; or let exportTo, or Sidecar objects, keep the routes from the sidecars that call ${host}`,
    });
    return;
  }
}
