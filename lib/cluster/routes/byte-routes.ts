import { CORE } from '../../istio/api-groups';
import type { Cluster } from '../cluster';
import { type Fields, fieldsOf, listOf, numberOf, textsOf } from '../objects/fields';
import { specOf } from '../objects/manifest-object';
import { type GatewayApiRoute, readReference } from './gateway-api-routes';
import { gatewayKey } from './gateway-keys';
import type { HttpBackend } from './http-routes';
import { readDestination, type VirtualDestination, type VirtualService } from './virtual-services';

/** Where a VirtualService sends connections. */
export interface VirtualByteRoute {
  /** Ports of the host that was called; undefined for all of them. */
  readonly ports?: readonly number[];
  readonly destinations: readonly VirtualDestination[];
}

/** Its routes under `tcp`, in the order in which they are tried; undefined where they ask for more than the port. */
export function tryByteRoutes(cluster: Cluster, { object, namespaceName }: VirtualService): VirtualByteRoute[] | undefined {
  const routes = listOf(specOf(object).tcp);
  const matches = routes.flatMap(({ match }) => listOf(match));
  if (matches.some((match) => Object.keys(match).some((field) => field !== 'port'))) return undefined;
  return routes.map(({ match, route }) => {
    const ports = listOf(match).map(({ port }) => numberOf(port));
    return {
      ports: ports.every((port) => port !== undefined) && ports.length > 0 ? ports : undefined,
      destinations: destinationsIn(cluster, route, namespaceName),
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

/** A route of a VirtualService for connections that come in by a gateway. */
export interface EnteringBytes {
  /** By the server that TLS asks for, or by nothing but the port. */
  readonly protocol: 'tls' | 'tcp';
  /** None for every connection. */
  readonly matches: readonly EnteringMatch[];
  readonly destinations: readonly VirtualDestination[];
}

export interface EnteringMatch {
  readonly sniHosts: readonly string[];
  readonly port?: number;
  /** As `VirtualService.gateways`; empty for all of those. */
  readonly gateways: readonly string[];
  /** Fields that nobody here reads. */
  readonly unread: readonly string[];
}

const READ: readonly string[] = ['sniHosts', 'port', 'gateways'];

/** Where a VirtualService sends what comes in by gateways as bytes, in the order in which its routes are tried. */
export function enteringBytes(cluster: Cluster, { object, namespaceName }: VirtualService): EnteringBytes[] {
  return (['tls', 'tcp'] as const).flatMap((protocol) =>
    listOf(specOf(object)[protocol]).map(({ match, route }) => ({
      protocol,
      matches: listOf(match).map((one) => readEntering(one, namespaceName)),
      destinations: destinationsIn(cluster, route, namespaceName),
    })),
  );
}

function readEntering(match: Fields, namespaceName: string): EnteringMatch {
  return {
    sniHosts: textsOf(match.sniHosts),
    port: numberOf(match.port),
    gateways: textsOf(match.gateways).map((name) => gatewayKey(name, namespaceName)),
    unread: Object.keys(match).filter((field) => !READ.includes(field)),
  };
}

const destinationsIn = (cluster: Cluster, route: unknown, namespaceName: string): VirtualDestination[] =>
  listOf(route).map(({ destination, weight }) => readDestination(cluster, fieldsOf(destination), namespaceName, weight));
