import type { RouterName, RouteTable } from '../../model/route';
import type { RouteFeatures } from '../../model/route-features';
import { type RouteFeature, routeFeatures, valueOf } from '../features';
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
  return featuresOf(table)
    .filter((feature) => feature.inRoute && (!feature.inRoute[name] || exceeds(feature, name, table)))
    .map(({ title }) => title);
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
  return table.rules.length > 0 || featuresOf(table).some(({ inRoute }) => inRoute);
}
