import type { RouteTable } from '../../model/route';
import { hostObjects } from './host-objects';
import type { RouteObject } from './route-object';
import { type Router, saysSomething } from './router';

/** An HTTPRoute for each port that speaks HTTP, and a Service for each version. */
export const GATEWAY_API: Router = {
  name: 'gateway-api',
  versionsAreServices: true,
  objects: (table, versionServices) => [...hostObjects(table, versionServices, []), ...(saysSomething(table) ? httpRoutes(table) : [])],
};

function httpRoutes({ service }: RouteTable): RouteObject[] {
  const ports = service.ports.filter((port) => port.readsHttp);
  const nameOf = (portName: string): string => (ports.length > 1 ? `${service.name}-${portName}` : service.name);
  return ports.map((port) => ({ kind: 'HTTPRoute', id: port.name, name: nameOf(port.name), port }));
}
