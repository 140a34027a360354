import { hostObjects } from './host-objects';
import { type Router, saysSomething } from './router';

/** VirtualService, and a subset for each version. */
export const ISTIO: Router = {
  name: 'istio',
  versionsAreServices: false,
  objects: (table, versionServices) => [
    ...hostObjects(table, versionServices, table.rules.length > 0 ? table.versions : []),
    ...(saysSomething(table) ? [{ kind: 'VirtualService', id: 'Resource', name: table.service.name } as const] : []),
  ],
};
