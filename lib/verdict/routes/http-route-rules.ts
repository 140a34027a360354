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
import { type MeshService, tryService } from '../../cluster/services/services';
import { type GatewayProxy, listenersOf } from '../../cluster/workloads/gateways';
import { CORE } from '../../istio/api-groups';
import { sortedBy } from '../../support/ordering';
import { every, type Maybe } from '../decision/three-valued';
import type { RequestLine } from '../requests/request';
import { tryPattern } from './patterns';
import { isParent, routesAt } from './attached-routes';
import { answering } from './proxy-answer';
import { byFilter, byParts } from './rewrites';
import { DEFAULT_RETRIES, type Destination, type RouteRule, type RouteTable } from './route-table';

/** The rules of all HTTPRoutes whose parent is the service. Routes of other namespaces are their own callers' business. */
export function serviceRouteTable(cluster: Cluster, service: MeshService, port: number, callerNamespace?: string): RouteTable {
  const routes = routesUnder(cluster, 'Service', service.key).filter(
    ({ namespaceName, parents }) =>
      [service.namespaceName, callerNamespace].includes(namespaceName) &&
      parents.some((parent) => isParent(parent, 'Service', service.key) && (parent.port ?? port) === port),
  );
  return tableOf(cluster, routes);
}

/** The rules that a gateway has for a host and one of its ports; undefined where it does not listen for that host at all. */
export function gatewayRouteTable(cluster: Cluster, gateway: GatewayProxy, host: string, port: number): RouteTable | undefined {
  const listeners = listenersOf(cluster, gateway).filter((one) => one.port === port && hostMatches(one.hostname ?? '*', host));
  const attached = httpRoutesIn(cluster, routesAt(cluster, gateway, listeners));
  const named = attached.filter(({ hostnames }) => hostnames.includes(host));
  const isFor = ({ hostnames }: HttpRoute) => hostnames.length === 0 || hostnames.some((one) => hostMatches(one, host));
  const routes = named.length > 0 ? named : attached.filter(isFor);
  return routes.length === 0 ? undefined : { rules: rulesOf(cluster, routes) };
}

/** A route of gRPC calls shares requests out too, in words that nobody here reads. */
function tableOf(cluster: Cluster, routes: readonly GatewayApiRoute[]): RouteTable {
  const unread = routes.find(({ object }) => object.kind === 'GRPCRoute');
  return { rules: rulesOf(cluster, httpRoutesIn(cluster, routes)), unknown: unread && `${unread.title} is not read here` };
}

function httpRoutesIn(cluster: Cluster, routes: readonly GatewayApiRoute[]): HttpRoute[] {
  return sortedBy(
    routes.flatMap((route) => tryHttpRoute(cluster, route) ?? []),
    ({ title }) => title,
  );
}

/** One rule a match, the most specific first: path kind, path length, method, headers, query; ties keep their order. */
function rulesOf(cluster: Cluster, routes: readonly HttpRoute[]): RouteRule[] {
  const ranked = routes.flatMap((route) =>
    route.rules.flatMap((rule) => rule.matches.map((match) => ({ rank: rankOf(match), rule: ruleOf(cluster, route, rule, match) }))),
  );
  return ranked.sort((a, b) => compareRanks(b.rank, a.rank)).map(({ rule }) => rule);
}

function ruleOf(cluster: Cluster, route: HttpRoute, rule: HttpRouteRule, match: HttpMatch): RouteRule {
  const { timeout, perTryTimeout } = rule;
  return {
    by: route.title,
    object: route.object,
    name: rule.name,
    matches: (line) => lineMatches(match, line),
    destinations: rule.backends.map((backend) => backendDestination(cluster, route, backend)),
    timeout,
    retries: perTryTimeout === undefined ? DEFAULT_RETRIES : { ...DEFAULT_RETRIES, perTryTimeout },
    rewrite: rule.newPath && byFilter(rule.newPath, match.path),
    host: rule.newHost,
    headers: rule.headers,
    answer: rule.answer && answering(rule.answer, (to) => byParts(match.path, to)),
  };
}

const PATH_RANKS: Readonly<Record<string, number>> = { Exact: 3, PathPrefix: 2, RegularExpression: 1 };

function rankOf({ path, method, headers, queryParams }: HttpMatch): number[] {
  return [PATH_RANKS[path.type] ?? 0, path.value.length, method === undefined ? 0 : 1, headers.length, queryParams.length];
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
  if (type === 'Exact') return path === value;
  if (type === 'RegularExpression') return tryPattern(value)?.test(path);
  const prefix = value.replace(/\/$/, '');
  return path === prefix || path.startsWith(`${prefix}/`);
}

function namedMatches({ type, value }: NamedMatch, text: string | undefined): Maybe {
  if (text === undefined) return false;
  return type === 'RegularExpression' ? tryPattern(value)?.test(text) : text === value;
}

/** A backend in another namespace needs that namespace's ReferenceGrant. */
export function backendDestination(
  cluster: Cluster,
  route: Pick<GatewayApiRoute, 'namespaceName'>,
  { group, kind, key, port = 0, weight, headers }: HttpBackend,
): Destination {
  const [namespaceName, name] = key.split('/');
  const service = group === CORE && kind === 'Service' ? tryService(cluster, 'Service', key) : undefined;
  return {
    host: service?.hosts[0] ?? hostOf(cluster, name, namespaceName),
    service: mayReach(cluster, route.namespaceName, namespaceName, name) ? service : undefined,
    port,
    weight,
    headers,
  };
}
