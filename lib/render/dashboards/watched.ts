import type { Party } from '../../model/party';
import { planeOf } from '../../planes/plane-of';
import { isOneOf } from '../observability/promql';
import { serviceHosts } from '../observability/service-hosts';
import type { Where } from './promql';

/** Where a service is seen in metrics. */
export interface Watched {
  /** Requests, by whoever counts them for alerts; absent where only ztunnel sees what comes in, which reads none. */
  readonly requests?: Where;
  /** Those that arrived, by whoever reads them for the service: its own sidecars know callers without a proxy, and how a request came. */
  readonly arrived?: Where;
  /** All of the same, by whoever has a word: a failure has its flag where it came about, and what never arrives is counted by its sender alone. */
  readonly sent?: Where;
  /** Connections to its pods of which nobody reads requests; absent where sidecars read all of them. */
  readonly connections?: Where;
  /** Requests that it sends: by its own proxies, or else by whoever reads them on the way. */
  readonly outgoing: Where;
  /** Connections that it opens and of which ztunnel alone tells, before they come to a waypoint; absent where its own proxies read requests. */
  readonly outgoingConnections?: Where;
  /** Its pods are behind ztunnel. */
  readonly isBehindZtunnel: boolean;
}

/** Whose count of the requests holds where pods have sidecars: that of callers, as for alerts, or that of the pods. */
export type CountedBy = 'callers' | 'pods';

/** Callers and sidecars count at both ends of a way, a waypoint between them, ztunnel bytes alone. */
export function watched(service: Party, countedBy: CountedBy = 'callers'): Watched {
  const { podsHoldProxies, hasWaypoints, requestReporters } = planeOf(service.namespace);
  const atWaypoint = hasWaypoints && service.waypoint ? ['waypoint'] : [];
  const readers = [...(podsHoldProxies ? ['destination'] : []), ...atWaypoint];
  const counting = podsHoldProxies && countedBy === 'callers' ? ['source', ...atWaypoint] : readers;
  const hosts = isOneOf('destination_service', serviceHosts(service));
  const leaving = [
    isOneOf('source_workload_namespace', [service.namespaceName]),
    isOneOf('source_canonical_service', [canonicalName(service)]),
  ];
  const speaksHttp = readers.length > 0 && service.ports.some(({ readsHttp }) => readsHttp);
  const carriesBytes = !podsHoldProxies || service.ports.some(({ readsHttp }) => !readsHttp);
  return {
    ...(speaksHttp && {
      requests: [isOneOf('reporter', counting), hosts],
      arrived: [isOneOf('reporter', readers), hosts],
      sent: [isOneOf('reporter', ['source', ...readers]), hosts],
    }),
    connections: carriesBytes ? [isOneOf('reporter', ['destination']), hosts] : undefined,
    outgoing: [isOneOf('reporter', podsHoldProxies ? requestReporters : ['destination', ...requestReporters]), ...leaving],
    outgoingConnections: podsHoldProxies ? undefined : [isOneOf('reporter', ['source']), ...leaving],
    isBehindZtunnel: !podsHoldProxies,
  };
}

/** As Istio finds it in the labels of pods. */
function canonicalName({ name, podLabels = {} }: Party): string {
  return podLabels['service.istio.io/canonical-name'] ?? podLabels['app.kubernetes.io/name'] ?? podLabels.app ?? name;
}
