import type { Cluster } from '../../../cluster/cluster';
import { hasLabels } from '../../../cluster/objects/selectors';
import { listOf, textsOf } from '../../../cluster/objects/fields';
import { specOf } from '../../../cluster/objects/manifest-object';
import { perCluster } from '../../../cluster/per-cluster';
import { MESH } from '../../../cluster/routes/gateway-keys';
import { readMatch, type VirtualMatch } from '../../../cluster/routes/virtual-matches';
import { isExportedTo, type VirtualService, virtualServices } from '../../../cluster/routes/virtual-services';
import { hostMatches } from '../../../cluster/services/hosts';
import type { Workload } from '../../../cluster/workloads/workloads';
import { scopeOf } from '../../../verdict/requests/scope';

/** One match of a route of TLS, for pods. */
export interface TlsMatch {
  readonly by: VirtualService;
  readonly sniHosts: readonly string[];
  readonly match: VirtualMatch;
}

const tlsMatches = perCluster((cluster: Cluster): readonly TlsMatch[] =>
  virtualServices(cluster)
    .filter(({ gateways }) => gateways.includes(MESH))
    .flatMap((by) =>
      listOf(specOf(by.object).tls)
        .filter(({ route }) => listOf(route).length > 0)
        .flatMap(({ match }) => listOf(match))
        .map((one) => ({ by, sniHosts: textsOf(one.sniHosts), match: readMatch(one, by.namespaceName) })),
    ),
);

/** What a sidecar takes for the routes of a host on a port: for a wildcard also those of any name below it. */
export function tlsMatchesFor(cluster: Cluster, sidecar: Workload, host: string, port: number): TlsMatch[] {
  const scope = scopeOf(cluster, sidecar);
  return tlsMatches(cluster).filter(
    ({ by, match }) =>
      by.hosts.some((one) => hostMatches(one, host) || hostMatches(host, one)) &&
      isFor(match, sidecar, port) &&
      isExportedTo(by, sidecar.namespaceName) &&
      by.hosts.some((one) => scope.sees(by.namespaceName, one, port)),
  );
}

function isFor(match: VirtualMatch, { namespaceName, labels }: Workload, port: number): boolean {
  const isHere = match.gateways.length === 0 || match.gateways.includes(MESH);
  const isCaller = (match.sourceNamespace ?? namespaceName) === namespaceName && hasLabels(labels, match.sourceLabels);
  return isHere && isCaller && (match.port ?? port) === port;
}
