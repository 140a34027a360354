import type { Cluster } from '../../cluster/cluster';
import { isEmpty } from '../../cluster/objects/fields';
import { hasLabels } from '../../cluster/objects/selectors';
import { type ByteMatch, type VirtualByteRoute, virtualByteRoutes } from '../../cluster/routes/byte-routes';
import type { VirtualService } from '../../cluster/routes/virtual-services';
import { hostMatches } from '../../cluster/services/hosts';
import { every, type Maybe, some } from '../decision/three-valued';
import type { Called } from './route-table';
import type { Reader } from './virtual-service-routes';

/** What a VirtualService says of connections to a port: a route, nothing, or what nobody can tell. */
export interface RoutedBytes {
  readonly route?: VirtualByteRoute;
  readonly isUnread?: boolean;
}

interface Reading {
  readonly reader: Reader;
  /** Clients speak TLS of their own on that port. */
  readonly isTls: boolean;
}

/** A sidecar asks `tls` of ports of TLS and `tcp` of all others; a waypoint asks both of any, and reads no server names. */
export function routedBytes(cluster: Cluster, owner: VirtualService, { service, host }: Called, { reader, isTls }: Reading): RoutedBytes {
  const routes = virtualByteRoutes(cluster, owner).filter(({ destinations }) => destinations.length > 0);
  const ofTls = routes.filter(({ protocol }) => protocol === 'tls');
  const ofPorts = routes.filter(({ protocol }) => protocol === 'tcp');
  if (reader.proxy.proxy.routesForOthers) return atWaypoint(ofTls, ofPorts, service.hosts, reader);
  return isTls ? byServer(ofTls, host, reader) : byPort(ofPorts, reader);
}

/** Only what names the service itself and no other, before what names the port alone. */
function atWaypoint(
  ofTls: readonly VirtualByteRoute[],
  ofPorts: readonly VirtualByteRoute[],
  hosts: readonly string[],
  reader: Reader,
): RoutedBytes {
  const isTaken = (match: ByteMatch): boolean => isForWaypoints(match, reader);
  const isNamed = ({ sniHosts }: ByteMatch): boolean => sniHosts.length === 1 && hosts.includes(sniHosts[0]);
  const named = ofTls.find(({ matches }) => matches.length === 0 || matches.some((match) => isNamed(match) && isTaken(match)));
  return { route: named ?? ofPorts.find(({ matches }) => matches.length === 0 || matches.some(isTaken)) };
}

/** Blocks of addresses a waypoint leaves out, and whatever asks who calls it never takes. */
function isForWaypoints(match: ByteMatch, reader: Reader): boolean {
  return isPlaced(match, reader) && isEmpty(match.sourceLabels) && match.sourceNamespace === undefined;
}

/** The first that the port has. */
function byPort(routes: readonly VirtualByteRoute[], reader: Reader): RoutedBytes {
  const answers = routes.map((route) => ({ route, isTaken: takes(route, reader) }));
  const found = answers.find(({ isTaken }) => isTaken !== false);
  return found ? { route: found.route, isUnread: found.isTaken === undefined } : {};
}

const takes = ({ matches }: VirtualByteRoute, reader: Reader): Maybe =>
  matches.length === 0 || some(matches.map((match) => isRead(match, reader)));

/** The one that names the server most closely, the first of several; connections to a server that none names are lost or passed on. */
function byServer(routes: readonly VirtualByteRoute[], host: string, reader: Reader): RoutedBytes {
  const all = routes.flatMap((route) => route.matches.map((match) => ({ route, match, isTaken: isRead(match, reader) })));
  const taken = all.filter(({ isTaken }) => isTaken !== false);
  if (taken.length === 0) return {};
  const naming = taken.map((one) => ({ ...one, rank: closeness(one.match, host) })).filter(({ rank }) => rank > 0);
  const best = Math.max(...naming.map(({ rank }) => rank));
  const found = naming.find(({ rank }) => rank === best);
  return { route: found?.route, isUnread: !found || naming.some(({ isTaken }) => isTaken === undefined) };
}

function closeness({ sniHosts }: ByteMatch, host: string): number {
  return Math.max(0, ...sniHosts.filter((name) => hostMatches(name, host)).map((name) => (name.startsWith('*') ? name.length : Infinity)));
}

/** Whether a match is for this reader; undefined where it asks for more than is known here. */
function isRead(match: ByteMatch, reader: Reader): Maybe {
  const { sourceLabels, sourceNamespace, unread } = match;
  return every([
    isPlaced(match, reader),
    hasLabels(reader.proxy.labels, sourceLabels),
    (sourceNamespace ?? reader.proxy.namespaceName) === reader.proxy.namespaceName,
    unread.length === 0 || undefined,
  ]);
}

function isPlaced({ port, gateways }: ByteMatch, reader: Reader): boolean {
  return (port ?? reader.port) === reader.port && (gateways.length === 0 || gateways.includes(reader.gateway));
}
