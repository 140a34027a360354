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

/** Features of a table as a whole and of its rules. */
export function featuresOf(table: RouteTable): Array<RouteFeature<unknown>> {
  const holders: RouteFeatures[] = [table, ...table.rules];
  return routeFeatures().filter((feature) => holders.some((holder) => valueOf(feature, holder) !== undefined));
}

/** What a table asks for and an API has no words for. */
export function lacksOf(name: RouterName, table: RouteTable): string[] {
  return featuresOf(table)
    .filter(({ inRoute }) => inRoute && !inRoute[name])
    .map(({ title }) => title);
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
