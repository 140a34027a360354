import type { Dashboard, DashboardPanel, DashboardRow } from '../../model/observability/dashboard';
import type { Party } from '../../model/party';
import { isOneOf } from '../observability/promql';
import { calleesOf, callersOf, callRow, connectionsOf, mutualTls } from './call-rows';
import { connectionRow, versionConnectionRow } from './connection-rows';
import { requestRow, saturationRow, versionRow } from './request-rows';
import { type CountedBy, type Watched, watched } from './watched';

/** All that proxies tell of one service. */
export function serviceDashboard(service: Party, countedBy?: CountedBy): Dashboard {
  const seen = watched(service, countedBy);
  const { requests, connections } = seen;
  const asked = requests ? [requestRow(requests), ...saturationRows(seen), versionRow(requests)] : [];
  return {
    title: `Service ${service.namespaceName}/${service.name}`,
    about: aboutOf(service, seen),
    rows: [...asked, callRow(callPanels(seen)), ...(connections ? [connectionRow(connections)] : [])],
  };
}

/** Versions of a service side by side. */
export function releaseDashboard(service: Party, countedBy?: CountedBy): Dashboard {
  const seen = watched(service, countedBy);
  const { requests, connections } = seen;
  const rows: DashboardRow[] = requests ? [versionRow(requests), ...saturationRows(seen), requestRow(requests)] : [];
  return {
    title: `Release of ${service.namespaceName}/${service.name}`,
    about: aboutOf(service, seen),
    rows: [...rows, ...(connections ? [versionConnectionRow(connections)] : [])],
  };
}

const saturationRows = ({ arrived, sent }: Watched): DashboardRow[] => (arrived && sent ? [saturationRow(arrived, sent)] : []);

// Of a connection that carries requests a sidecar counts the requests alone. How a request came a waypoint need not tell: it takes mutual TLS alone.
function callPanels({ arrived, connections, outgoing, outgoingConnections, isBehindZtunnel }: Watched): DashboardPanel[] {
  const tables = [...(arrived ? [callersOf(arrived)] : []), ...(connections ? [connectionsOf(connections, 'callers')] : [])];
  const inThePods = isBehindZtunnel
    ? undefined
    : arrived?.map((one) => (one.startsWith('reporter') ? isOneOf('reporter', ['destination']) : one));
  const callees = [calleesOf(outgoing), ...(outgoingConnections ? [connectionsOf(outgoingConnections, 'callees')] : [])];
  return [...tables, ...callees, mutualTls({ requests: inThePods, connections })];
}

function aboutOf({ name }: Party, { requests, isBehindZtunnel }: Watched): string {
  if (requests) return `What ${isBehindZtunnel ? 'its waypoint and ztunnel tell' : 'sidecars tell'} of ${name}.`;
  return isBehindZtunnel
    ? `What ztunnel tells of ${name}: connections and bytes, for it reads no requests. A waypoint would.`
    : `What sidecars tell of ${name}, whose ports carry bytes.`;
}
