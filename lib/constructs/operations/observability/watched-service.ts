import type { Construct } from 'constructs';
import { MeshGraph } from '../../../graph/mesh-graph';
import { partyOf } from '../../../graph/party-of';
import type { ForeignFacts, PartyFacts } from '../../../model/party';
import type { CountedBy } from '../../../render/dashboards/watched';
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

/** The service, and who counts its requests; refused where nobody would. */
export function watchedService(at: Construct, { service, countedBy }: WatchedServiceOptions): { party: PartyFacts; countedBy: CountedBy } {
  const graph = MeshGraph.of(at);
  const party = partyOf(at, service, graph);
  const namespace = 'namespace' in party ? (party as ForeignFacts).namespace : graph.namespaces.get(party.namespaceName)!;
  requireCounter(at, countedBy, party.name, namespace);
  return { party, countedBy: countedBy === RequestCounter.PODS ? 'pods' : 'callers' };
}
