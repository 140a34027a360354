import type { Cluster } from '../../cluster/cluster';
import { hasLabels } from '../../cluster/objects/selectors';
import { followedRoutes } from '../../cluster/routes/delegated-routes';
import { claimNames } from '../../cluster/routes/routing-claims';
import type { StringMatch, VirtualMatch } from '../../cluster/routes/virtual-matches';
import { type VirtualDestination, type VirtualRoute, type VirtualService, virtualServicesFor } from '../../cluster/routes/virtual-services';
import { hostMatches } from '../../cluster/services/hosts';
import { calledService } from '../../cluster/services/registry';
import type { MeshService } from '../../cluster/services/services';
import type { Pod } from '../../cluster/workloads/workloads';
import { claimTexts } from '../decision/token';
import { every, type Maybe, not, some } from '../decision/three-valued';
import type { RequestLine } from '../requests/request';
import { isToldOf } from '../requests/waypoint-scope';
import { clientRules, subsetLabels } from './client-rules';
import { tryPattern } from './patterns';
import { answering } from './proxy-answer';
import { byMatch, byRegex, inSmallLetters, type MatchedPath } from './rewrites';
import { DEFAULT_RETRIES, type Destination, NO_ROUTES, type Retries, type RouteRule, type RouteTable } from './route-table';

/** Where the table is read: by a proxy in the mesh, or by the Istio Gateway of that `namespace/name`. */
export interface Reader {
  readonly proxy: Pod;
  readonly gateway: string;
  readonly port: number;
  /** It is a sidecar's or a waypoint's, for what it reads as requests. */
  readonly readsRequests?: boolean;
}

/** The rules of the one VirtualService for a host. Two for one host are no table: which goes first depends on their age. */
export function virtualServiceTable(cluster: Cluster, host: string, reader: Reader, isSeen: (one: VirtualService) => boolean): RouteTable {
  const seen = virtualServicesFor(cluster, reader.gateway, host).map((equals) => equals.filter(isSeen));
  const [owner, ...others] = reader.proxy.proxy.routesForOthers ? allNaming(host, seen.flat()) : closest(seen);
  if (!owner) return NO_ROUTES;
  if (others.length > 0) return { rules: [], unknown: `${host} has two owners: ${owner.title} and ${others[0].title}` };
  // One of which nothing is for this reader is as good as none.
  return { rules: rulesBy(cluster, owner, reader) };
}

/** What one VirtualService says to a reader. */
export function rulesBy(cluster: Cluster, owner: VirtualService, reader: Reader): RouteRule[] {
  return followedRoutes(cluster, owner).flatMap((route) => ruleOf(cluster, owner, route, reader));
}

/** A sidecar follows who names the host most closely. */
function closest(seen: readonly (readonly VirtualService[])[]): readonly VirtualService[] {
  return seen.find((equals) => equals.length > 0) ?? [];
}

/** A waypoint strings the routes of all together that cover the host, and takes their letters as they are. */
function allNaming(host: string, seen: readonly VirtualService[]): readonly VirtualService[] {
  return [...new Set(seen)].filter(({ hosts }) => hosts.some((name) => hostMatches(name, host)));
}

/** A waypoint takes a VirtualService from the service's namespace or its own, a sidecar what its scope lets it see. */
export function isNearWaypoint({ namespaceName }: VirtualService, service: MeshService, waypoint: Pod): boolean {
  return [service.namespaceName, waypoint.namespaceName].includes(namespaceName);
}

function ruleOf(cluster: Cluster, owner: VirtualService, route: VirtualRoute, reader: Reader): RouteRule[] {
  const matches = route.matches?.filter((match) => isReadBy(match, reader));
  if (matches?.length === 0) return [];
  const isMatched = (line: RequestLine): Maybe => !matches || some(matches.map((match) => lineMatches(match, line)));
  const rule: RouteRule = {
    by: owner.title,
    object: owner.object,
    name: route.name,
    matches: isMatched,
    unclear: (line) => [...new Set(matches?.flatMap((match) => unclearIn(match, line)))],
    destinations: virtualDestinations(cluster, route.destinations, reader),
    // Also beside a fault: Istio's reference says that neither is enabled there, and istiod writes both.
    timeout: route.timeout,
    retries: retriesOf(route),
    rewrite: rewriteOf(route, matches),
    host: route.rewrite?.authority,
    headers: route.headers,
    fault: route.fault,
    answer: route.answer && answering(route.answer, (to) => byMatch(urisOf(matches), to)),
  };
  return [rule];
}

function rewriteOf({ rewrite }: VirtualRoute, matches: readonly VirtualMatch[] | undefined): RouteRule['rewrite'] {
  if (rewrite?.regex) return byRegex(rewrite.regex.match, rewrite.regex.rewrite);
  if (rewrite?.uri === undefined) return undefined;
  return byMatch(urisOf(matches), rewrite.uri);
}

const urisOf = (matches: readonly VirtualMatch[] | undefined): readonly MatchedPath[] => matches ?? [{ ignoresCase: false }];

/** A waypoint leaves out what asks for the caller's labels, and takes itself for who calls. Who names gateways is asked nothing else of the caller. */
function isReadBy(match: VirtualMatch, { proxy, gateway, port }: Reader): boolean {
  if (match.port !== undefined && match.port !== port) return false;
  if (proxy.proxy.routesForOthers && Object.keys(match.sourceLabels).length > 0) return false;
  if (match.gateways.length > 0) return match.gateways.includes(gateway);
  const isFrom = match.sourceNamespace === undefined || match.sourceNamespace === proxy.namespaceName;
  return isFrom && hasLabels(proxy.labels, match.sourceLabels);
}

const lineMatches = (match: VirtualMatch, line: RequestLine): Maybe => every(answersOf(match, line).map(([, answer]) => answer));

/** What nobody can tell of, unless something else says no. */
function unclearIn(match: VirtualMatch, line: RequestLine): string[] {
  if (lineMatches(match, line) !== undefined) return [];
  return answersOf(match, line).flatMap(([field, answer]) => (answer === undefined ? [field] : []));
}

/** What each field of a match says of a request. */
function answersOf(match: VirtualMatch, { method, path, headers, scheme, host, token }: RequestLine): (readonly [string, Maybe])[] {
  const [pathOnly, query] = path.split('?');
  const parameters = Object.fromEntries(new URLSearchParams(query));
  const headersFit = (wanted: Readonly<Record<string, StringMatch>>) =>
    Object.entries(wanted).map(([name, one]) => {
      const names = claimNames(name);
      return names ? claimMatches(one, claimTexts(token, names)) : matchesText(one, headers[name.toLowerCase()]);
    });
  return [
    ['uri', !match.uri || matchesPath(match.uri, match.ignoresCase, pathOnly)],
    ['method', !match.method || matchesText(match.method, method)],
    ['scheme', !match.scheme || matchesText(match.scheme, scheme)],
    ['authority', !match.authority || matchesText(match.authority, host)],
    ['headers', every(headersFit(match.headers))],
    ['withoutHeaders', not(some(headersFit(match.withoutHeaders)))],
    ['queryParams', every(Object.entries(match.queryParams).map(([name, one]) => matchesText(one, parameters[name])))],
  ];
}

/** One text of a claim is enough. Without a kind of match nobody knows what is asked of it. */
function claimMatches(one: StringMatch, texts: readonly string[]): Maybe {
  const isAsked = [one.exact, one.prefix, one.regex].some((text) => text !== undefined);
  return isAsked ? some(texts.map((text) => matchesText(one, text))) : undefined;
}

function matchesPath(uri: StringMatch, ignoresCase: boolean, path: string): Maybe {
  if (!ignoresCase || uri.regex !== undefined) return matchesText(uri, path);
  return matchesText(inSmallLetters(uri), path.toLowerCase());
}

/** No kind of match at all asks only that the value is there. */
function matchesText({ exact, prefix, regex }: StringMatch, text: string | undefined): Maybe {
  if (text === undefined) return false;
  if (exact !== undefined) return text === exact;
  if (prefix !== undefined) return text.startsWith(prefix);
  return regex === undefined || tryPattern(regex)?.test(text);
}

/** Where a route leads. */
export function virtualDestinations(cluster: Cluster, destinations: readonly VirtualDestination[], reader: Reader): Destination[] {
  return destinations.map(({ host, subset, port, weight, headers }) => {
    const service = calledService(cluster, host, { home: reader.proxy.proxy.routesForPods ? reader.proxy.namespaceName : undefined });
    const labels =
      subset === undefined ? undefined : subsetLabels(clientRules(cluster, host, reader.proxy, service?.namespaceName), subset);
    return {
      host,
      service: (subset !== undefined && !labels) || (service && isUntold(cluster, reader, service)) ? undefined : service,
      port: port ?? portFor(service, reader),
      subset,
      labels,
      weight: weight ?? (destinations.length === 1 ? 1 : 0),
      headers,
    };
  });
}

/** A waypoint has no way to what it is told nothing of. */
function isUntold(cluster: Cluster, { proxy }: Reader, service: MeshService): boolean {
  return proxy.proxy.routesForOthers && !isToldOf(cluster, proxy, service);
}

/** Without a port the only one of the destination is taken; a sidecar that routes requests knows of each Service the port that was called, and no other. */
function portFor(service: MeshService | undefined, { proxy, port, readsRequests }: Reader): number {
  const keepsPort = readsRequests && proxy.proxy.routesForPods;
  return !keepsPort && service?.ports.length === 1 ? service.ports[0].number : port;
}

function retriesOf({ retries }: VirtualRoute): Retries | undefined {
  if (!retries) return DEFAULT_RETRIES;
  return retries.attempts ? retries : undefined;
}
