import type * as networking from '../../../imports/networking.istio.io';
import type { Port } from '../../model/port';
import type { HeaderTest, RouteMatch, RouteTable, WeightedVersion } from '../../model/route';
import { connectionBackends } from './connection-backends';
import { headerTests } from '../../model/matches/header-tests';
import { type RouteEntry, routeEntries } from '../../planes/entries/route-entries';

/** A service's route table for sidecars, or for a waypoint: versions are subsets of its host. */
export function renderVirtualService(table: RouteTable): networking.VirtualServiceSpec {
  const host = table.service.host!;
  const ports = table.service.ports.filter((port) => port.readsHttp);
  const routes = ports.flatMap((port) =>
    routeEntries(table, 'istio', port).map((entry) => renderRoute(host, entry, port, ports.length > 1)),
  );
  const tcp = connectionRoutes(table);
  return { hosts: [host], http: routes.length > 0 ? withoutRepeats(routes) : undefined, tcp: tcp.length > 0 ? tcp : undefined };
}

// Of connections nothing is known but their port: each version gets its share of them.
function connectionRoutes(table: RouteTable): networking.VirtualServiceSpecTcp[] {
  const backends = connectionBackends(table);
  if (backends.length === 0) return [];
  const ports = table.service.ports.filter((port) => !port.readsHttp);
  return ports.map((port) => ({ match: [{ port: port.number }], route: shares(subsetsOf(table.service.host!), port, backends) }));
}

/**
 * The first route that matches takes a request. A prefix is written as its path and what is below, and an earlier route may have that path: Istio warns
 * of the second one, which is never used.
 */
export function withoutRepeats(routes: readonly networking.VirtualServiceSpecHttp[]): networking.VirtualServiceSpecHttp[] {
  const seen = new Set<string>();
  const isNew = (match: networking.VirtualServiceSpecHttpMatch): boolean => {
    const before = seen.size;
    return seen.add(JSON.stringify(match)).size > before;
  };
  return routes.flatMap((route) => {
    const match = route.match?.filter(isNew);
    return match?.length === 0 ? [] : [{ ...route, match }];
  });
}

function renderRoute(host: string, entry: RouteEntry, port: Port, severalPorts: boolean): networking.VirtualServiceSpecHttp {
  return {
    name: severalPorts ? [entry.name, port.name].filter(Boolean).join('-') : entry.name,
    match: renderMatches(entry, severalPorts ? port.number : undefined),
    ...entry.fields,
    route: entry.answers ? undefined : destinations(subsetsOf(host), port, entry.backends),
  };
}

/** Where the requests for a version go, or those for the service as a whole. */
export type Destinations = (version?: string) => { readonly host: string; readonly subset?: string };

const subsetsOf =
  (host: string): Destinations =>
  (subset) => ({ host, subset });

/** Where a route sends requests to. */
export function destinations(to: Destinations, port: Port, backends: readonly WeightedVersion[]): networking.VirtualServiceSpecHttpRoute[] {
  return shares(to, port, backends).map((share, index) => {
    const setCookie = backends[index]?.setCookie;
    return setCookie ? { ...share, headers: { response: { add: { 'set-cookie': setCookie } } } } : share;
  });
}

/** Where a route sends connections to. */
export function shares(to: Destinations, port: Port, backends: readonly WeightedVersion[]): networking.VirtualServiceSpecTcpRoute[] {
  if (backends.length === 0) return [{ destination: { ...to(), port: { number: port.number } } }];
  return backends.map(({ version, weight }) => ({
    destination: { ...to(version), port: { number: port.number } },
    weight: backends.length > 1 ? weight : undefined,
  }));
}

/** What requests of a route look like; nothing where it takes all. */
export function renderMatches(entry: RouteEntry, port: number | undefined): networking.VirtualServiceSpecHttpMatch[] | undefined {
  const every = { port, method: entry.methods && { regex: entry.methods.join('|') } };
  if (entry.matches.length > 0)
    return entry.matches.flatMap((match) => uris(match).map((uri) => ({ ...every, ...renderTests(match), uri })));
  return port === undefined && !entry.methods ? undefined : [every];
}

function renderTests(match: RouteMatch): networking.VirtualServiceSpecHttpMatch {
  const { method, source } = match;
  return {
    ...(method && { method: { exact: method } }),
    ...(source && { sourceLabels: { ...source.podLabels }, sourceNamespace: source.namespaceName }),
    headers: renderHeaders(headerTests(match)),
    queryParams: renderHeaders(match.queryParams),
  };
}

function renderHeaders(tests: readonly HeaderTest[]): Record<string, networking.VirtualServiceSpecHttpMatchHeaders> | undefined {
  if (tests.length === 0) return undefined;
  return Object.fromEntries(tests.map(({ name, type, value }) => [name, type === 'Exact' ? { exact: value } : { regex: value }]));
}

// Istio's `prefix` compares characters, not path parts: /cart would take /carts along.
function uris({ path }: RouteMatch): Array<networking.VirtualServiceSpecHttpMatchUri | undefined> {
  if (!path) return [undefined];
  if (path.type === 'Exact') return [{ exact: path.value }];
  return path.value.endsWith('/') ? [{ prefix: path.value }] : [{ exact: path.value }, { prefix: `${path.value}/` }];
}
