import type { Cluster } from '../../cluster/cluster';
import { type GatewayApiRoute, routesUnder } from '../../cluster/routes/gateway-api-routes';
import {
  type HttpBackend,
  type HttpMatch,
  type HttpRoute,
  type HttpRouteRule,
  type NamedMatch,
  tryHttpRoute,
} from '../../cluster/routes/http-routes';
import { mayReach } from '../../cluster/routes/reference-grants';
import { hostMatches, hostOf } from '../../cluster/services/hosts';
import { calledService } from '../../cluster/services/registry';
import { type MeshService, tryService } from '../../cluster/services/services';
import type { GatewayProxy, Listener } from '../../cluster/workloads/gateways';
import { CORE, NETWORKING } from '../../istio/api-groups';
import { sortedBy } from '../../support/ordering';
import { every, type Maybe } from '../decision/three-valued';
import type { RequestLine } from '../requests/request';
import { tryPattern } from './patterns';
import { isParent, routesAt } from './attached-routes';
import { answering } from './proxy-answer';
import { byFilter, byParts } from './rewrites';
import { DEFAULT_RETRIES, type Destination, type RouteRule, type RouteTable } from './route-table';
import { closestTo, commonHosts } from './virtual-hosts';

/** The rules of all routes of requests whose parent is the service. Routes of other namespaces are their own callers' business. */
export function serviceRouteTable(cluster: Cluster, service: MeshService, port: number, callerNamespace?: string): RouteTable {
  const routes = routesUnder(cluster, service.kind, service.key).filter(
    ({ namespaceName, parents }) =>
      [service.namespaceName, callerNamespace].includes(namespaceName) &&
      parents.some((parent) => isParent(parent, service.kind, service.key) && (parent.port ?? port) === port),
  );
  return tableOf(cluster, service.hosts[0], requestRoutesIn(cluster, routes), false);
}

/** A route at a listener, under the names that are of both. */
interface Bound {
  readonly listener: Listener;
  readonly route: HttpRoute;
  readonly hosts: readonly string[];
}

/** The rules that listeners of a gateway have for a host; undefined where none has any. */
export function gatewayRouteTable(
  cluster: Cluster,
  gateway: GatewayProxy,
  listeners: readonly Listener[],
  host: string,
): RouteTable | undefined {
  const bound = listeners.flatMap((listener) =>
    requestRoutesIn(cluster, routesAt(cluster, gateway, [listener])).map((route): Bound => {
      return { listener, route, hosts: hostsAt(listener, listeners, route) };
    }),
  );
  const [first, ...others] = closestTo(host, bound, ({ hosts }) => hosts);
  if (!first) return undefined;
  const other = others.find(({ listener }) => listener !== first.listener);
  if (other) return { rules: [], unknown: `${host} is of two listeners: ${first.listener.name} and ${other.listener.name}` };
  const routes = [first, ...others].map(({ route }) => route);
  return tableOf(
    cluster,
    host,
    sortedBy(new Set(routes), ({ title }) => title),
    true,
  );
}

/** A host that another listener of the same Gateway names more closely is left to that one. */
function hostsAt(listener: Listener, all: readonly Listener[], { hostnames }: HttpRoute): string[] {
  const { hostname: own = '', parent, port, protocol } = listener;
  const asked = hostnames.length > 0 ? hostnames : ['*'];
  const rivals = all.filter((one) => one.parent.kind === parent.kind && one.parent.key === parent.key && one.port === port);
  const isLeft = (host: string): boolean =>
    rivals.some((one) => one.protocol === protocol && isCloser(one.hostname ?? '', own) && hostMatches(one.hostname ?? '', host));
  return commonHosts([own || '*'], own === '' || own.startsWith('*') ? asked.filter((host) => !isLeft(host)) : asked);
}

const isCloser = (one: string, own: string): boolean => one !== own && one.length >= own.length;

/** istiod sorts the routes of one kind among themselves, and makes two objects of two kinds. A gateway asks for grants, proxies of the mesh do not. */
function tableOf(cluster: Cluster, host: string, routes: readonly HttpRoute[], asksForGrants: boolean): RouteTable {
  const [first] = routes;
  const other = routes.find(({ object }) => object.kind !== first.object.kind);
  if (other) return { rules: [], unknown: `${host} has two owners: ${first.title} and ${other.title}` };
  return { rules: rulesOf(cluster, routes, asksForGrants) };
}

function requestRoutesIn(cluster: Cluster, routes: readonly GatewayApiRoute[]): HttpRoute[] {
  return sortedBy(
    routes.flatMap((route) => tryHttpRoute(cluster, route) ?? []),
    ({ title }) => title,
  );
}

/** One rule a match, the most specific first: path kind, path length, method, headers, query; ties keep their order. */
function rulesOf(cluster: Cluster, routes: readonly HttpRoute[], asksForGrants: boolean): RouteRule[] {
  const ranked = routes.flatMap((route) =>
    route.rules.flatMap((rule) => {
      const destinations = rule.backends.map((backend) => backendDestination(cluster, route, backend, asksForGrants));
      return rule.matches.map((match) => ({ rank: rankOf(match), rule: ruleOf(route, rule, match, destinations) }));
    }),
  );
  return ranked.sort((a, b) => compareRanks(b.rank, a.rank)).map(({ rule }) => rule);
}

function ruleOf(route: HttpRoute, rule: HttpRouteRule, match: HttpMatch, destinations: readonly Destination[]): RouteRule {
  const { timeout, perTryTimeout } = rule;
  return {
    by: route.title,
    object: route.object,
    name: rule.name,
    matches: (line) => lineMatches(match, line),
    destinations,
    timeout,
    retries: perTryTimeout === undefined ? DEFAULT_RETRIES : { ...DEFAULT_RETRIES, perTryTimeout },
    rewrite: rule.newPath && byFilter(rule.newPath, match.path),
    host: rule.newHost,
    headers: rule.headers,
    answer: answerOf(rule, match),
  };
}

/** What has no backend, or none that gets a share, is answered as a fault of the server. */
function answerOf({ answer, backends }: HttpRouteRule, match: HttpMatch): RouteRule['answer'] {
  if (answer) return answering(answer, (to) => byParts(match.path, to));
  return backends.every(({ weight }) => weight === 0) ? () => ({ status: 500 }) : undefined;
}

const PATH_RANKS: Readonly<Record<string, number>> = { Exact: 3, PathPrefix: 2, RegularExpression: 1, Any: -1 };

function rankOf({ path, method, headers, queryParams }: HttpMatch): number[] {
  const length = path.type === 'PathPrefix' ? path.value.replace(/(?<=.)\/$/, '').length : path.value.length;
  return [PATH_RANKS[path.type] ?? 0, length, method === undefined ? 0 : 1, headers.length, queryParams.length];
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  return a.map((value, index) => value - b[index]).find((difference) => difference !== 0) ?? 0;
}

function lineMatches({ path, method, headers, queryParams }: HttpMatch, line: RequestLine): Maybe {
  const [pathOnly, query] = line.path.split('?');
  const parameters = Object.fromEntries(new URLSearchParams(query));
  return every([
    pathMatches(path.type, path.value, pathOnly),
    (method ?? line.method) === line.method,
    ...headers.map((header) => namedMatches(header, line.headers[header.name.toLowerCase()])),
    ...queryParams.map((parameter) => namedMatches(parameter, parameters[parameter.name])),
  ]);
}

/** A prefix ends at a slash: `/cart` covers `/cart/1` and not `/cartoon`. */
function pathMatches(type: string, value: string, path: string): Maybe {
  if (type === 'Any') return true;
  if (type === 'Exact') return path === value;
  if (type === 'RegularExpression') return tryPattern(value)?.test(path);
  const prefix = value.replace(/\/$/, '');
  return path === prefix || path.startsWith(`${prefix}/`);
}

function namedMatches({ type, value }: NamedMatch, text: string | undefined): Maybe {
  if (text === undefined) return false;
  return type === 'RegularExpression' ? tryPattern(value)?.test(text) : text === value;
}

/** A backend in another namespace needs that namespace's ReferenceGrant, where a gateway asks for it. */
export function backendDestination(
  cluster: Cluster,
  { object, namespaceName: from }: Pick<GatewayApiRoute, 'object' | 'namespaceName'>,
  { group, kind, key, port = 0, weight, headers }: HttpBackend,
  asksForGrants = true,
): Destination {
  const [namespaceName, name] = key.split('/');
  // Istio's own kind: any host that it knows.
  if (group === NETWORKING && kind === 'Hostname') return { host: name, service: calledService(cluster, name), port, weight, headers };
  const host = hostOf(cluster, name, namespaceName);
  const known = group === CORE && kind === 'Service' ? (tryService(cluster, 'Service', key) ?? calledService(cluster, host)) : undefined;
  const service = known?.kind === 'Service' ? known : undefined;
  const isGranted = !asksForGrants || mayReach(cluster, { kind: object.kind, namespaceName: from }, namespaceName, name);
  return {
    host: service?.hosts[0] ?? host,
    service: isGranted ? service : undefined,
    port,
    weight,
    headers,
  };
}
