import { CORE, GATEWAY_API } from '../../istio/api-groups';
import type { ManifestObject } from '../../model/mesh-model';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { type Fields, listOf, numberOf, textOf, textsOf, valueAt } from '../objects/fields';
import { specOf } from '../objects/manifest-object';
import { objectsOf } from '../objects/objects-by-kind';
import { filterChanges, type HeaderChanges } from './changes/header-changes';
import { type GatewayApiRoute, gatewayApiRoutes, readReference, type RouteReference } from './gateway-api-routes';
import { grpcPath, type PathTest } from './matches/grpc-matches';
import { filterAnswer, type OwnAnswer } from './own-answers';

/** An HTTPRoute, or a GRPCRoute: each of its calls is a request, whose path is the method's. */
export interface HttpRoute extends GatewayApiRoute {
  /** Empty for every host of its parent. */
  readonly hostnames: readonly string[];
  readonly rules: readonly HttpRouteRule[];
}

export interface HttpRouteRule {
  readonly name?: string;
  /** Never empty: a rule without a match has the one that matches everything. */
  readonly matches: readonly HttpMatch[];
  readonly backends: readonly HttpBackend[];
  readonly timeout?: string;
  readonly perTryTimeout?: string;
  /** Another path for what is sent on. */
  readonly newPath?: NewPath;
  /** Another host, for the same. */
  readonly newHost?: string;
  readonly headers?: HeaderChanges;
  /** Of a proxy that sends its requests nowhere. */
  readonly answer?: OwnAnswer;
}

export interface NewPath {
  readonly type: string;
  readonly value: string;
}

export interface HttpBackend extends RouteReference {
  readonly weight: number;
  /** Of requests that go there. */
  readonly headers?: HeaderChanges;
}

export interface HttpMatch {
  readonly path: PathTest;
  readonly method?: string;
  readonly headers: readonly NamedMatch[];
  readonly queryParams: readonly NamedMatch[];
}

export interface NamedMatch {
  readonly type: string;
  readonly name: string;
  readonly value: string;
}

const byObject = perCluster((cluster: Cluster) => new Map(gatewayApiRoutes(cluster).map((route) => [route.object, route])));

/** Every HTTPRoute, by namespace and name. */
export const httpRoutes = perCluster((cluster: Cluster): readonly HttpRoute[] => routesOfKind(cluster, 'HTTPRoute'));

/** Every route of requests: HTTPRoutes, then GRPCRoutes. */
export const requestRoutes = perCluster((cluster: Cluster): readonly HttpRoute[] => [
  ...httpRoutes(cluster),
  ...routesOfKind(cluster, 'GRPCRoute'),
]);

function routesOfKind(cluster: Cluster, kind: keyof typeof MATCHES): HttpRoute[] {
  return objectsOf(cluster, GATEWAY_API, kind).map((object) => {
    const { hostnames, rules } = specOf(object);
    const read = (rule: Fields) => readRule(object, rule, MATCHES[kind]);
    return { ...byObject(cluster).get(object)!, hostnames: textsOf(hostnames), rules: listOf(rules).map(read) };
  });
}

const MATCHES = { HTTPRoute: readMatch, GRPCRoute: readGrpcMatch } as const;

const byRoute = perCluster((cluster: Cluster) => new Map(requestRoutes(cluster).map((route) => [route.object, route])));

/** A route of requests among routes of any kind. */
export function tryHttpRoute(cluster: Cluster, { object }: Pick<GatewayApiRoute, 'object'>): HttpRoute | undefined {
  return byRoute(cluster).get(object);
}

function readRule(object: ManifestObject, rule: Fields, read: (match: Fields) => HttpMatch): HttpRouteRule {
  const { name, matches, backendRefs, timeouts, filters } = rule;
  const said = listOf(matches);
  return {
    name: textOf(name),
    matches: (said.length > 0 ? said : [{}]).map(read),
    backends: listOf(backendRefs).flatMap((ref) => {
      const backend = readReference(object, ref, { group: CORE, kind: 'Service' });
      return backend ? [{ ...backend, weight: numberOf(ref.weight) ?? 1, headers: filterChanges(ref.filters) }] : [];
    }),
    timeout: textOf(valueAt(timeouts, 'request')),
    perTryTimeout: textOf(valueAt(timeouts, 'backendRequest')),
    newPath: readNewPath(listOf(filters)),
    newHost: textOf(valueAt(rewriteIn(listOf(filters)), 'hostname')),
    headers: filterChanges(filters),
    answer: filterAnswer(filters),
  };
}

function rewriteIn(filters: readonly Fields[]): unknown {
  return filters.find(({ type }) => type === 'URLRewrite')?.urlRewrite;
}

function readNewPath(filters: readonly Fields[]): NewPath | undefined {
  const path = valueAt(rewriteIn(filters), 'path');
  const type = textOf(valueAt(path, 'type'));
  const value = valueAt(path, type === 'ReplaceFullPath' ? 'replaceFullPath' : 'replacePrefixMatch');
  return type === undefined ? undefined : { type, value: textOf(value) ?? '' };
}

function readMatch({ path, method, headers, queryParams }: Fields): HttpMatch {
  return {
    path: { type: textOf(valueAt(path, 'type')) ?? 'PathPrefix', value: textOf(valueAt(path, 'value')) ?? '/' },
    method: textOf(method),
    headers: listOf(headers).map(readNamed),
    queryParams: listOf(queryParams).map(readNamed),
  };
}

function readGrpcMatch(match: Fields): HttpMatch {
  return { path: grpcPath(match), headers: listOf(match.headers).map(readNamed), queryParams: [] };
}

function readNamed({ type, name, value }: Fields): NamedMatch {
  return { type: textOf(type) ?? 'Exact', name: textOf(name) ?? '', value: textOf(value) ?? '' };
}
