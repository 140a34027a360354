import type { Construct } from 'constructs';
import { MeshGraph } from '../../../graph/mesh-graph';
import { settledOf } from '../../../graph/settle';
import type { PartyFacts } from '../../../model/party';
import { speaksGrpc } from '../../../model/retry-safety';
import { planeOf } from '../../../planes/plane-of';
import type { CountedRequests } from '../../../render/observability/requests';
import { serviceHosts } from '../../../render/observability/service-hosts';
import { CallSite } from '../../../support/call-site';
import { MeshError } from '../../../support/mesh-error';
import type { MeshedService } from '../../service/meshed-service';
import { requireSameApp } from '../../service/require-same-app';
import { servicePodsOf } from '../../service/service-pods';
import { RequestCounter, requireCounter } from './request-counter';

/** A service whose requests are watched, and whose count of them holds. */
export interface ObservedService {
  readonly party: PartyFacts;
  readonly counter?: RequestCounter;
}

/** Has the requests to a service counted: in ambient mode by its waypoint, which is there for it. Refuses where nobody could. */
export function observe(at: Construct, service: MeshedService, counter: RequestCounter | undefined): ObservedService {
  requireSameApp(at, service);
  const { party } = servicePodsOf(service);
  const graph = MeshGraph.of(at);
  const { name, namespaceName, ports } = party;
  if (!ports.some(({ readsHttp }) => readsHttp)) {
    throw new MeshError({
      code: 'MESH819',
      at,
      what: 'proxies count requests on ports that speak HTTP or gRPC',
      got: `${name}, which has none`,
      fix: 'declare such a port with MeshPort.http, http2 or grpc; of a service of bytes MeshAlerts tells what there is to know',
    });
  }
  requireCounter(at, counter, name, graph.namespaces.get(namespaceName)!);
  graph.addObserver(party.key, { path: at.node.path, site: CallSite.here() });
  return { party, counter };
}

/** The requests to it, by the hosts and proxies that there are by now. */
export function countedRequests(at: Construct, { party, counter }: ObservedService): CountedRequests {
  const settled = settledOf(at).party(party);
  const reporters = counter === RequestCounter.PODS ? ['destination'] : planeOf(settled.namespace).requestReporters;
  return { reporters, hosts: serviceHosts(settled), speaksGrpc: party.ports.some(speaksGrpc) };
}
