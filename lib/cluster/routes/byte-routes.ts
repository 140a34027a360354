import { CORE } from '../../istio/api-groups';
import type { Cluster } from '../cluster';
import { type Fields, fieldsOf, type Labels, labelsOf, listOf, numberOf, textOf, textsOf } from '../objects/fields';
import { specOf } from '../objects/manifest-object';
import { type GatewayApiRoute, readReference } from './gateway-api-routes';
import { gatewayKey } from './gateway-keys';
import type { HttpBackend } from './http-routes';
import { readDestination, type VirtualDestination, type VirtualService } from './virtual-services';

/** Where a TCPRoute or a TLSRoute sends connections: it has one rule. */
export function byteBackendsOf({ object }: Pick<GatewayApiRoute, 'object'>): HttpBackend[] {
  return listOf(specOf(object).rules).flatMap(({ backendRefs }) =>
    listOf(backendRefs).flatMap((ref) => {
      const backend = readReference(object, ref, { group: CORE, kind: 'Service' });
      return backend ? [{ ...backend, weight: numberOf(ref.weight) ?? 1 }] : [];
    }),
  );
}

/** A route of a VirtualService for connections. */
export interface VirtualByteRoute {
  /** By the server that TLS asks for, or by nothing but the port. */
  readonly protocol: 'tls' | 'tcp';
  /** None for every connection. */
  readonly matches: readonly ByteMatch[];
  readonly destinations: readonly VirtualDestination[];
}

export interface ByteMatch {
  readonly sniHosts: readonly string[];
  readonly port?: number;
  /** As `VirtualService.gateways`; empty for all of those. */
  readonly gateways: readonly string[];
  /** Of who calls, in the mesh. */
  readonly sourceLabels: Labels;
  readonly sourceNamespace?: string;
  /** Fields that nobody here reads. */
  readonly unread: readonly string[];
}

const READ: readonly string[] = ['sniHosts', 'port', 'gateways', 'sourceLabels', 'sourceNamespace'];

/** Where a VirtualService sends bytes, in the order in which its routes are tried. */
export function virtualByteRoutes(cluster: Cluster, { object, namespaceName }: VirtualService): VirtualByteRoute[] {
  return (['tls', 'tcp'] as const).flatMap((protocol) =>
    listOf(specOf(object)[protocol]).map(({ match, route }) => ({
      protocol,
      matches: listOf(match).map((one) => readByteMatch(one, namespaceName)),
      destinations: destinationsIn(cluster, route, namespaceName),
    })),
  );
}

function readByteMatch(match: Fields, namespaceName: string): ByteMatch {
  return {
    sniHosts: textsOf(match.sniHosts),
    port: numberOf(match.port),
    gateways: textsOf(match.gateways).map((name) => gatewayKey(name, namespaceName)),
    sourceLabels: labelsOf(match.sourceLabels),
    sourceNamespace: textOf(match.sourceNamespace) || undefined,
    unread: Object.keys(match).filter((field) => !READ.includes(field)),
  };
}

const destinationsIn = (cluster: Cluster, route: unknown, namespaceName: string): VirtualDestination[] =>
  listOf(route).map(({ destination, weight }) => readDestination(cluster, fieldsOf(destination), namespaceName, weight));
