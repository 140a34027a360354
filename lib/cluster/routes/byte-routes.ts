import { CORE } from '../../istio/api-groups';
import type { Cluster } from '../cluster';
import { fieldsOf, listOf, numberOf } from '../objects/fields';
import { specOf } from '../objects/manifest-object';
import { type GatewayApiRoute, readReference } from './gateway-api-routes';
import type { HttpBackend } from './http-routes';
import { readDestination, type VirtualDestination, type VirtualService } from './virtual-services';

/** Where a VirtualService sends connections. */
export interface VirtualByteRoute {
  /** Ports of the host that was called; undefined for all of them. */
  readonly ports?: readonly number[];
  readonly destinations: readonly VirtualDestination[];
}

/** Its routes under `tcp`, in the order in which they are tried; undefined where they ask for more than the port, or TLS is routed as well. */
export function tryByteRoutes(cluster: Cluster, { object, namespaceName }: VirtualService): VirtualByteRoute[] | undefined {
  const { tcp, tls } = specOf(object);
  const routes = listOf(tcp);
  const matches = routes.flatMap(({ match }) => listOf(match));
  if (listOf(tls).length > 0 || matches.some((match) => Object.keys(match).some((field) => field !== 'port'))) return undefined;
  return routes.map(({ match, route }) => {
    const ports = listOf(match).map(({ port }) => numberOf(port));
    return {
      ports: ports.every((port) => port !== undefined) && ports.length > 0 ? ports : undefined,
      destinations: listOf(route).map(({ destination, weight }) => readDestination(cluster, fieldsOf(destination), namespaceName, weight)),
    };
  });
}

/** Where a TCPRoute sends connections: it has one rule. */
export function byteBackendsOf({ object }: Pick<GatewayApiRoute, 'object'>): HttpBackend[] {
  return listOf(specOf(object).rules).flatMap(({ backendRefs }) =>
    listOf(backendRefs).flatMap((ref) => {
      const backend = readReference(object, ref, { group: CORE, kind: 'Service' });
      return backend ? [{ ...backend, weight: numberOf(ref.weight) ?? 1 }] : [];
    }),
  );
}
