import { GATEWAY_API, NETWORKING } from '../../istio/api-groups';
import type { ObjectKey } from '../../model/mesh-model';
import type { PartyFacts } from '../../model/party';
import type { Port } from '../../model/port';
import type { RouterName, RouteTable } from '../../model/route';
import { type Fields, type RouteFeature, valueOf } from '../features';
import type { RouteObject } from './route-object';
import { featuresOf } from './router';

/** What a Canary of Flagger has words for, as Istio writes it. */
const CARRIED = ['timeout', 'retries', 'headers', 'corsPolicy', 'rewrite'];
const CARRIED_OF_RETRIES = ['attempts', 'perTryTimeout', 'retryOn'];

/** The port whose requests Flagger shares out: the first that speaks HTTP. */
export function sharedPortOf({ ports }: Pick<PartyFacts, 'ports'>): Port | undefined {
  return ports.find((port) => port.readsHttp);
}

/** Names of the Services over the primary pods and over those that are tried out; a third has the service's own name. */
export function flaggerServices({ name }: Pick<PartyFacts, 'name'>): readonly [string, string] {
  return [`${name}-primary`, `${name}-canary`];
}

/** HTTPRoute with nothing but a timeout; whatever else Flagger copies, it copies into a VirtualService. */
export function flaggerRouter(table: RouteTable, preferred: RouterName): RouterName {
  if (table.routing) return table.routing;
  const isMore = featuresOf(table).some(({ inRoute, key }) => inRoute && key !== 'timeoutMs');
  return isMore ? 'istio' : preferred;
}

/** What Flagger makes no object for: its VirtualServices come with DestinationRules for both versions, its HTTPRoutes with none. */
export function besideFlagger(table: RouteTable, router: RouterName): RouteObject[] {
  if (!featuresOf(table).some(({ ofHost }) => ofHost)) return [];
  const { name } = table.service;
  const ofVersions = router === 'istio' ? [] : flaggerServices(table.service);
  return [name, ...ofVersions].map((host) => ({ kind: 'DestinationRule', id: host === name ? 'Resource' : host, name: host, subsets: [] }));
}

/** What Flagger makes with one router, and neither Flagger nor the service makes with another. */
export function leftByFlagger(table: RouteTable, made: RouterName, now: RouterName): ObjectKey[] {
  if (made === now) return [];
  const ours = besideFlagger(table, now);
  return routesOfFlagger(table.service, made).filter(({ kind, name }) => !ours.some((one) => one.kind === kind && one.name === name));
}

function routesOfFlagger({ name, namespaceName }: PartyFacts, router: RouterName): ObjectKey[] {
  if (router !== 'istio') return [{ apiVersion: `${GATEWAY_API}/v1`, kind: 'HTTPRoute', name, namespaceName }];
  const apiVersion = `${NETWORKING}/v1`;
  const rules = flaggerServices({ name }).map((host) => ({ apiVersion, kind: 'DestinationRule', name: host, namespaceName }));
  return [{ apiVersion, kind: 'VirtualService', name, namespaceName }, ...rules];
}

/** What is said of a service and Flagger has no words for. */
export function lostToFlagger(table: RouteTable): string[] {
  const features = featuresOf(table).filter((feature) => !isCarried(feature, table));
  const matches = table.rules.some((rule) => rule.matches.length > 0) ? ['routes for some requests only'] : [];
  return [...features.map(({ title }) => title), ...matches];
}

/** What holds for fewer requests than it is said of: Flagger has one route for all methods. */
export function reducedByFlagger(table: RouteTable): string[] {
  const port = sharedPortOf(table.service);
  const divided = featuresOf(table).filter((feature) => {
    const value = valueOf(feature, table);
    return value !== undefined && port && feature.inRoute?.istio && (feature.divide?.(value, port).length ?? 1) > 1;
  });
  return divided.map(({ title }) => title);
}

function isCarried(feature: RouteFeature<unknown>, table: RouteTable): boolean {
  const { inRoute, ofHost } = feature;
  if (!inRoute) return ofHost !== undefined;
  const [value, port] = [valueOf(feature, table), sharedPortOf(table.service)];
  if (!inRoute.istio || value === undefined || !port) return false;
  const fields = inRoute.istio(value, { host: table.service.host!, name: table.service.name, port });
  const { retries = {} } = fields as { readonly retries?: Fields };
  return hasOnly(fields, CARRIED) && hasOnly(retries, CARRIED_OF_RETRIES);
}

function hasOnly(fields: Fields, keys: readonly string[]): boolean {
  return Object.entries(fields).every(([key, value]) => value === undefined || keys.includes(key));
}
