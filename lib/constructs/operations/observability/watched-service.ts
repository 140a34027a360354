import type { Construct } from 'constructs';
import { MeshGraph } from '../../../graph/mesh-graph';
import { partyOf } from '../../../graph/party-of';
import type { Settled } from '../../../graph/settled';
import { type ForeignFacts, isOwnService } from '../../../model/party';
import type { WatchedService } from '../../../render/dashboards/watched';
import { optional, type Shape } from '../../../support/options/kind';
import type { IMeshedService } from '../../service/i-meshed-service';
import { SERVICE } from '../../service/own-service';
import { REQUEST_COUNTER, RequestCounter, requireCounter } from '../alerts/request-counter';
import { DASHBOARD_SHAPE, type DashboardOptions } from './dashboard-options';

/** Which service a dashboard is about, and whose count of its requests holds. */
export interface WatchedServiceOptions extends DashboardOptions {
  readonly service: IMeshedService;
  readonly countedBy?: RequestCounter;
}

export const WATCHED_SERVICE_SHAPE: Shape<WatchedServiceOptions> = {
  ...DASHBOARD_SHAPE,
  service: SERVICE,
  countedBy: optional(REQUEST_COUNTER),
};

/** The service, and how its requests are looked at by the time when all is said; refused where nobody would count them. */
export function watchedService(at: Construct, { service, countedBy }: WatchedServiceOptions): (settled: Settled) => WatchedService {
  const graph = MeshGraph.of(at);
  const party = partyOf(at, service, graph);
  const namespace = 'namespace' in party ? (party as ForeignFacts).namespace : graph.namespaces.get(party.namespaceName)!;
  requireCounter(at, countedBy, party.name, namespace);
  return (settled) => ({
    service: settled.party(party),
    countedBy: countedBy === RequestCounter.PODS ? 'pods' : 'callers',
    isRolledOut: isOwnService(party) && settled.table(party).controller === 'argo-rollouts',
  });
}
