import { type Cluster, labelsOfNamespace } from './cluster';
import { type GatewayProxy, admits } from './gateways';
import { type Manifest, namespaceOf, titleOf } from './manifest';
import { hostMatches } from './registry';
import type { RequestLine } from './request';
import { DEFAULT_RETRIES, type Destination, type RouteRule } from './route-table';
import type { MeshService } from './services';
import type { BackendRef, HttpRouteMatch, HttpRouteRule, HttpRouteSpec, Listener, NamedMatch, ParentRef } from './traffic-specs';

type HttpRoute = Manifest<HttpRouteSpec>;

/** The rules of all HTTPRoutes whose parent is the service. Routes of other namespaces are their own callers' business. */
export function serviceRouteRules(cluster: Cluster, service: MeshService, port: number, callerNamespace?: string): RouteRule[] {
  const routes = cluster.httpRoutes.filter(
    (route) =>
      [service.namespace, callerNamespace].includes(namespaceOf(route)) &&
      (route.spec?.parentRefs ?? []).some((parent) => isParent(route, parent, 'Service', service.key) && (parent.port ?? port) === port),
  );
  return rulesOf(cluster, routes);
}

/** The rules that a gateway has for a host and one of its ports; undefined where it does not listen for that host at all. */
export function gatewayRouteRules(cluster: Cluster, gateway: GatewayProxy, host: string, port: number): RouteRule[] | undefined {
  const listeners = gateway.listeners.filter((one) => one.port === port && hostMatches(one.hostname ?? '*', host));
  const attached = cluster.httpRoutes.filter((route) => listeners.some((listener) => isAttached(cluster, gateway, listener, route)));
  const named = attached.filter((route) => route.spec?.hostnames?.includes(host));
  const routes =
    named.length > 0 ? named : attached.filter((route) => (route.spec?.hostnames ?? ['*']).some((one) => hostMatches(one, host)));
  return routes.length === 0 ? undefined : rulesOf(cluster, routes);
}

function isAttached(cluster: Cluster, gateway: GatewayProxy, listener: Listener, route: HttpRoute): boolean {
  const namespace = namespaceOf(route);
  return (
    admits(gateway, listener, namespace, labelsOfNamespace(cluster, namespace)) &&
    (route.spec?.parentRefs ?? []).some(
      (parent) =>
        isParent(route, parent, 'Gateway', gateway.key) &&
        (parent.sectionName ?? listener.name) === listener.name &&
        (parent.port ?? listener.port) === listener.port,
    )
  );
}

const isParent = (route: HttpRoute, parent: ParentRef, kind: string, key: string): boolean =>
  (parent.kind ?? 'Gateway') === kind && `${parent.namespace ?? namespaceOf(route)}/${parent.name}` === key;

/** One rule a match, the most specific first: path kind, path length, method, headers, query; ties keep their order. */
function rulesOf(cluster: Cluster, routes: readonly HttpRoute[]): RouteRule[] {
  const ranked = routes.flatMap((route) =>
    (route.spec?.rules ?? []).flatMap((rule) =>
      (rule.matches ?? [{}]).map((match) => ({ rank: rankOf(match), rule: ruleOf(cluster, route, rule, match) })),
    ),
  );
  return ranked.sort((a, b) => compareRanks(b.rank, a.rank)).map(({ rule }) => rule);
}

function ruleOf(cluster: Cluster, route: HttpRoute, rule: HttpRouteRule, match: HttpRouteMatch): RouteRule {
  const perTryTimeout = rule.timeouts?.backendRequest;
  return {
    by: titleOf(route),
    name: rule.name,
    matches: (line) => lineMatches(match, line),
    destinations: (rule.backendRefs ?? []).map((backend) => destinationOf(cluster, route, backend)),
    timeout: rule.timeouts?.request,
    retries: perTryTimeout === undefined ? DEFAULT_RETRIES : { ...DEFAULT_RETRIES, perTryTimeout },
  };
}

const PATH_RANKS: Readonly<Record<string, number>> = { Exact: 3, PathPrefix: 2, RegularExpression: 1 };

function rankOf({ path, method, headers = [], queryParams = [] }: HttpRouteMatch): number[] {
  const { type = 'PathPrefix', value = '/' } = path ?? {};
  return [PATH_RANKS[type], value.length, method ? 1 : 0, headers.length, queryParams.length];
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const first = a.findIndex((value, index) => value !== b[index]);
  return first < 0 ? 0 : a[first] - b[first];
}

function lineMatches({ path, method, headers = [], queryParams = [] }: HttpRouteMatch, line: RequestLine): boolean {
  const [pathOnly, query] = line.path.split('?');
  const parameters = Object.fromEntries(new URLSearchParams(query));
  return (
    pathMatches(path?.type ?? 'PathPrefix', path?.value ?? '/', pathOnly) &&
    (method ?? line.method) === line.method &&
    headers.every((header) => namedMatches(header, line.headers[header.name.toLowerCase()])) &&
    queryParams.every((parameter) => namedMatches(parameter, parameters[parameter.name]))
  );
}

/** A prefix ends at a slash: `/cart` covers `/cart/1` and not `/cartoon`. */
function pathMatches(type: string, value: string, path: string): boolean {
  if (type === 'Exact') return path === value;
  if (type === 'RegularExpression') return new RegExp(`^(?:${value})$`).test(path);
  const prefix = value.replace(/\/$/, '');
  return path === prefix || path.startsWith(`${prefix}/`);
}

const namedMatches = ({ type, value }: NamedMatch, text: string | undefined): boolean =>
  text !== undefined && (type === 'RegularExpression' ? new RegExp(`^(?:${value})$`).test(text) : text === value);

function destinationOf(cluster: Cluster, route: HttpRoute, backend: BackendRef): Destination {
  const namespace = backend.namespace ?? namespaceOf(route);
  const service = cluster.services.find((one) => one.kind === 'Service' && one.key === `${namespace}/${backend.name}`);
  return {
    host: service?.hosts[0] ?? `${backend.name}.${namespace}.svc.${cluster.clusterDomain}`,
    service: mayName(cluster, route, namespace, backend.name) ? service : undefined,
    port: backend.port ?? 0,
    weight: backend.weight ?? 1,
  };
}

/** A backend in another namespace needs that namespace's ReferenceGrant. */
function mayName(cluster: Cluster, route: HttpRoute, namespace: string, name: string): boolean {
  if (namespace === namespaceOf(route)) return true;
  return cluster.referenceGrants.some(
    (grant) =>
      namespaceOf(grant) === namespace &&
      (grant.spec?.from ?? []).some((from) => from.kind === 'HTTPRoute' && from.namespace === namespaceOf(route)) &&
      (grant.spec?.to ?? []).some((to) => to.kind === 'Service' && (to.name ?? name) === name),
  );
}
