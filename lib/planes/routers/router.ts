import type { RouteRule, RouterName, RouteTable } from '../../model/route';
import type { RouteFeatures } from '../../model/route-features';
import { httpRouteExcess } from '../entries/http-route-excess';
import { type Place, type RouteFeature, routeFeatures, valueOf } from '../features';
import { EVERY_PATH, type PathMatch } from '../shaping/path-change';
import type { RouteObject } from './route-object';

/** One API for routes. */
export interface Router {
  readonly name: RouterName;
  /** True: a version is a Service of its own. False: a subset of one. */
  readonly versionsAreServices: boolean;
  /**
   * Every object of a table, in the order in which they must be applied: versions, what is said of hosts, routes. `versionServices` are the
   * names of the Services that single out one version each, where somebody needs them.
   */
  objects(table: RouteTable, versionServices: readonly string[]): RouteObject[];
}

/** Features of a table as a whole, of its rules and of the ports of its service. */
export function featuresOf(table: RouteTable): Array<RouteFeature<unknown>> {
  return routeFeatures().filter((feature) => valuesOf(feature, table).length > 0);
}

/** What a table asks for and an API has no words for, or not enough. */
export function lacksOf(name: RouterName, table: RouteTable): string[] {
  const asksWho = table.rules.some(({ matches }) => matches.some(({ source }) => source));
  if (name === 'istio') return featuresLacking(name, table);
  return [...featuresLacking(name, table), ...(asksWho ? ['match by caller'] : []), ...httpRouteExcess(table)];
}

/** What a table does with requests and an API has no words for; below a path, where the route is for that alone. */
export function featuresLacking(name: RouterName, table: RouteTable, below = EVERY_PATH.value): string[] {
  return featuresOf(table)
    .filter((feature) => feature.inRoute && isLacking(name, feature, table, below))
    .map(({ title }) => title);
}

function isLacking(name: RouterName, feature: RouteFeature<unknown>, table: RouteTable, below: string): boolean {
  if (!feature.inRoute?.[name] || exceeds(feature, name, table)) return true;
  return [table, ...table.rules].some((holder) => {
    const value = valueOf(feature, holder);
    return value !== undefined && placesOf(holder, below).some((place) => feature.lacksWords?.(name, value, place));
  });
}

function placesOf(holder: RouteTable | RouteRule, below: string): Place[] {
  const paths = 'matches' in holder && holder.matches.length > 0 ? holder.matches.map(({ path }) => path ?? EVERY_PATH) : [EVERY_PATH];
  return paths.map((path) => ({ named: path, at: isEvery(path) ? { ...path, value: below } : path }));
}

function isEvery({ type, value }: PathMatch): boolean {
  return type === EVERY_PATH.type && value === EVERY_PATH.value;
}

function exceeds(feature: RouteFeature<unknown>, name: RouterName, table: RouteTable): boolean {
  const isTooMuch = feature.exceeds?.[name];
  if (!isTooMuch) return false;
  const ports = table.service.ports.filter(({ readsHttp }) => readsHttp);
  return valuesOf(feature, table).some((value) => ports.some((port) => isTooMuch(value, port, table.gatewayApi)));
}

function valuesOf(feature: RouteFeature<unknown>, table: RouteTable): unknown[] {
  const holders: RouteFeatures[] = [table, ...table.rules];
  const ofPorts = feature.atPort ? table.service.ports.map(feature.atPort).filter((value) => value !== feature.none) : [];
  return [...holders.map((holder) => valueOf(feature, holder)), ...ofPorts].filter((value) => value !== undefined);
}

/** Some requests are sent to versions by name, rather than to the service as a whole. */
export function namesVersions({ rules }: RouteTable): boolean {
  return rules.some(({ backends }) => backends.length > 0);
}

/** Something is said that a Service alone does not say. */
export function saysSomething(table: RouteTable): boolean {
  return table.rules.length > 0 || table.controller !== undefined || featuresOf(table).some(({ inRoute }) => inRoute);
}

/** Labels that tell the pods of a version from others of the service, as this program knows them: Argo Rollouts adds the one that it makes. */
export function versionLabels({ controller, service }: RouteTable, version: string): Readonly<Record<string, string>> {
  return controller === 'argo-rollouts' ? { ...service.podLabels } : { version };
}
