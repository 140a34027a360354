import type { Party } from '../../model/party';
import { planeOf } from '../../planes/plane-of';
import { isOneOf } from '../observability/promql';
import type { Where } from './promql';

/** Where a service is seen in metrics. */
export interface Watched {
  /** Requests, by whoever reads them for it; absent where only ztunnel sees what comes in, which reads none. */
  readonly requests?: Where;
  /** The same, by whoever sends them too: a failure has its flag where it came about, and what never arrives is counted there alone. */
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

/** Sidecars count at the pods, a waypoint before them, ztunnel bytes alone. */
export function watched(service: Party): Watched {
  const { podsHoldProxies, hasWaypoints, requestReporters } = planeOf(service.namespace);
  const readers = [...(podsHoldProxies ? ['destination'] : []), ...(hasWaypoints && service.waypoint ? ['waypoint'] : [])];
  const arriving = [
    isOneOf('destination_service_namespace', [service.namespaceName]),
    isOneOf('destination_service_name', service.serviceNames ?? [service.name]),
  ];
  const leaving = [
    isOneOf('source_workload_namespace', [service.namespaceName]),
    isOneOf('source_canonical_service', [canonicalName(service)]),
  ];
  const speaksHttp = readers.length > 0 && service.ports.some(({ readsHttp }) => readsHttp);
  const carriesBytes = !podsHoldProxies || service.ports.some(({ readsHttp }) => !readsHttp);
  return {
    requests: speaksHttp ? [isOneOf('reporter', readers), ...arriving] : undefined,
    sent: speaksHttp ? [isOneOf('reporter', ['source', ...readers]), ...arriving] : undefined,
    connections: carriesBytes ? [isOneOf('reporter', ['destination']), ...arriving] : undefined,
    outgoing: [isOneOf('reporter', podsHoldProxies ? requestReporters : ['destination', ...requestReporters]), ...leaving],
    outgoingConnections: podsHoldProxies ? undefined : [isOneOf('reporter', ['source']), ...leaving],
    isBehindZtunnel: !podsHoldProxies,
  };
}

/** As Istio finds it in the labels of pods. */
function canonicalName({ name, podLabels = {} }: Party): string {
  return podLabels['service.istio.io/canonical-name'] ?? podLabels['app.kubernetes.io/name'] ?? podLabels.app ?? name;
}
