import type { Port } from '../../model/port';
import type { RouteTable } from '../../model/route';
import { hostObjects } from './host-objects';
import type { RouteObject } from './route-object';
import { namesVersions, type Router, saysSomething } from './router';

/** An HTTPRoute for each port that speaks HTTP, a TCPRoute for each other one where versions share its connections, and a Service for each version. */
export const GATEWAY_API: Router = {
  name: 'gateway-api',
  versionsAreServices: true,
  objects: (table, versionServices) => [...hostObjects(table, versionServices, []), ...(saysSomething(table) ? routes(table) : [])],
};

function routes(table: RouteTable): RouteObject[] {
  const { name, ports } = table.service;
  const http = ports.filter(({ readsHttp }) => readsHttp);
  const others = namesVersions(table) ? ports.filter(({ readsHttp }) => !readsHttp) : [];
  return [...ofKind('HTTPRoute', name, http), ...ofKind('TCPRoute', name, others)];
}

function ofKind(kind: 'HTTPRoute' | 'TCPRoute', name: string, ports: readonly Port[]): RouteObject[] {
  return ports.map((port) => ({ kind, id: port.name, name: ports.length > 1 ? `${name}-${port.name}` : name, port }));
}
