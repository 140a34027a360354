import { hostObjects } from './host-objects';
import { namesVersions, type Router, saysSomething } from './router';

/** VirtualService, and a subset for each version. */
export const ISTIO: Router = {
  name: 'istio',
  versionsAreServices: false,
  objects: (table, versionServices) => [
    ...hostObjects(table, versionServices, namesVersions(table) ? table.versions : []),
    ...(saysSomething(table) ? [{ kind: 'VirtualService', id: 'Resource', name: table.service.name } as const] : []),
  ],
};
