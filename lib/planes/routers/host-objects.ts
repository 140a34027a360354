import type { RouteTable } from '../../model/route';
import type { RouteObject } from './route-object';
import { featuresOf, versionLabels } from './router';

/** The Services of versions, and the DestinationRules of every host that the routes of a table name. */
export function hostObjects(table: RouteTable, versionServices: readonly string[], subsets: readonly string[]): RouteObject[] {
  const { name } = table.service;
  const versions = versionServices.map((service, index) => ({ service, version: table.versions[index] }));
  const isSaidOfHosts = featuresOf(table).some(({ ofHost }) => ofHost);
  const main: RouteObject[] = isSaidOfHosts || subsets.length > 0 ? [{ kind: 'DestinationRule', id: MAIN, name, subsets }] : [];
  return [
    ...versions.map(
      ({ service, version }) => ({ kind: 'Service', id: version, name: service, labels: versionLabels(table, version) }) as const,
    ),
    ...main,
    // What is said of the service's host says nothing of the hosts of its versions.
    ...(isSaidOfHosts ? versionServices : []).map((host) => ({ kind: 'DestinationRule', id: host, name: host, subsets: [] }) as const),
  ];
}

// One id for all services: a new key in each table of children would slow all objects down, from some thousands on.
const MAIN = 'Resource';
