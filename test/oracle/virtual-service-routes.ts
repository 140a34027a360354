import type { Speaker } from './callers';
import type { Cluster } from './cluster';
import { type Manifest, namespaceOf, titleOf } from './manifest';
import { fullHost, hostMatches, serviceOf } from './registry';
import type { RequestLine } from './request';
import { DEFAULT_RETRIES, type Destination, type Retries, type RouteRule, subsetLabels } from './route-table';
import { hasLabels } from './selectors';
import type { MeshService } from './services';
import type { StringMatch, VirtualServiceMatch, VirtualServiceRoute, VirtualServiceSpec } from './traffic-specs';

type VirtualService = Manifest<VirtualServiceSpec>;

/** Where the table is read: by a proxy in the mesh, or by the Istio Gateway of that `namespace/name`. */
interface Reader {
  readonly proxy: Speaker;
  readonly gateway: string;
  readonly port: number;
}

export const MESH = 'mesh';

/** The rules of the one VirtualService for a host. Two for one host are no table: Istio takes either. */
export function virtualServiceRules(cluster: Cluster, host: string, reader: Reader, isSeen: (one: VirtualService) => boolean): RouteRule[] {
  const found = cluster.virtualServices.filter((one) => isBound(one, reader.gateway) && isFor(cluster, one, host) && isSeen(one));
  if (found.length > 1) throw new Error(`${host} has two owners: ${found.map(titleOf).join(' and ')}`);
  return found.flatMap((one) => (one.spec?.http ?? []).map((route) => ruleOf(cluster, one, route, host, reader)));
}

/** A waypoint takes a VirtualService from the service's namespace or its own, a sidecar what its scope lets it see. */
export const isNearWaypoint = (one: VirtualService, service: MeshService, waypoint: Speaker): boolean =>
  [service.namespace, waypoint.namespace].includes(namespaceOf(one));

const isBound = (one: VirtualService, gateway: string): boolean => gatewaysOf(one, one.spec?.gateways ?? [MESH]).includes(gateway);

const gatewaysOf = (one: VirtualService, names: readonly string[]): string[] =>
  names.map((name) => (name === MESH || name.includes('/') ? name : `${namespaceOf(one)}/${name}`));

const isFor = (cluster: Cluster, one: VirtualService, host: string): boolean =>
  (one.spec?.hosts ?? []).some((name) => hostMatches(fullHost(cluster, name, namespaceOf(one)), host));

function ruleOf(cluster: Cluster, owner: VirtualService, route: VirtualServiceRoute, host: string, reader: Reader): RouteRule {
  const matches = route.match?.filter((match) => isReadBy(owner, match, reader));
  return {
    by: titleOf(owner),
    name: route.name,
    matches: (line) => !matches || matches.some((match) => lineMatches(match, line)),
    destinations: destinationsOf(cluster, owner, route, host, reader),
    // By Istio's documents a route with a fault keeps neither.
    ...(route.fault ? {} : { timeout: route.timeout, retries: retriesOf(route) }),
  };
}

/** A waypoint leaves out what asks for the caller's labels. */
function isReadBy(owner: VirtualService, match: VirtualServiceMatch, { proxy, gateway, port }: Reader): boolean {
  if (match.gateways && !gatewaysOf(owner, match.gateways).includes(gateway)) return false;
  if (match.port !== undefined && match.port !== port) return false;
  if (proxy.proxy === 'waypoint') return Object.keys(match.sourceLabels ?? {}).length === 0;
  const isFrom = match.sourceNamespace === undefined || match.sourceNamespace === proxy.namespace;
  return isFrom && hasLabels(proxy.labels, match.sourceLabels);
}

function lineMatches(match: VirtualServiceMatch, { method, path, headers }: RequestLine): boolean {
  const [pathOnly, query] = path.split('?');
  const parameters = Object.fromEntries(new URLSearchParams(query));
  return (
    (!match.uri || matchesText(match.uri, pathOnly)) &&
    (!match.method || matchesText(match.method, method)) &&
    Object.entries(match.headers ?? {}).every(([name, wanted]) => matchesText(wanted, headers[name.toLowerCase()])) &&
    !Object.entries(match.withoutHeaders ?? {}).some(([name, unwanted]) => matchesText(unwanted, headers[name.toLowerCase()])) &&
    Object.entries(match.queryParams ?? {}).every(([name, wanted]) => matchesText(wanted, parameters[name]))
  );
}

/** No kind of match at all asks only that the value is there. */
function matchesText({ exact, prefix, regex }: StringMatch, text: string | undefined): boolean {
  if (text === undefined) return false;
  if (exact !== undefined) return text === exact;
  if (prefix !== undefined) return text.startsWith(prefix);
  return regex === undefined || new RegExp(`^(?:${regex})$`).test(text);
}

function destinationsOf(
  cluster: Cluster,
  owner: VirtualService,
  route: VirtualServiceRoute,
  called: string,
  reader: Reader,
): Destination[] {
  const destinations = route.route ?? [];
  return destinations.map(({ destination, weight }) => {
    const host = fullHost(cluster, destination.host, namespaceOf(owner));
    const service = serviceOf(cluster, host);
    const { subset } = destination;
    const namespaces = [reader.proxy.namespace, service?.namespace ?? ''];
    const labels = subset === undefined ? undefined : subsetLabels(cluster, host, subset, namespaces);
    return {
      host,
      service: subset !== undefined && !labels ? undefined : service,
      port: destination.port?.number ?? portFor(service, called, host, reader.port),
      subset,
      labels,
      weight: weight ?? (destinations.length === 1 ? 1 : 0),
    };
  });
}

/** Without a port the one that was called is kept, or the only one that the destination has. */
const portFor = (service: MeshService | undefined, called: string, host: string, port: number): number =>
  called !== host && service?.ports.length === 1 ? service.ports[0].number : port;

function retriesOf({ retries }: VirtualServiceRoute): Retries | undefined {
  if (!retries) return DEFAULT_RETRIES;
  return retries.attempts ? { ...retries, attempts: retries.attempts } : undefined;
}
