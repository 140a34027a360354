import type { ProxyServiceFacts } from '../../model/edge/proxy-pods';
import { requireAnnotationKey } from '../../support/bounds/label-syntax';
import { isAddress, requireCidr } from '../../support/addresses';
import { MeshError } from '../../support/mesh-error';
import { BOOLEAN, listOf, mapOf, oneOf, optional, passedOn, struct, TEXT } from '../../support/options/kind';

/** How clients reach the pods of a gateway. */
export enum GatewayServiceType {
  /** A load balancer outside the cluster. */
  LOAD_BALANCER = 'LoadBalancer',
  /** A port of every node. */
  NODE_PORT = 'NodePort',
  /** From within the cluster alone. */
  CLUSTER_IP = 'ClusterIP',
}

const GATEWAY_SERVICE_TYPE = oneOf('GatewayServiceType', GatewayServiceType);

/**
 * The Service that Istio makes for a gateway.
 *
 * Expands into an annotation and the address of the Gateway, and into a ConfigMap that Istio lays over its own Service.
 */
export interface GatewayService {
  /**
   * How clients reach it.
   * @default GatewayServiceType.LOAD_BALANCER
   */
  readonly serviceType?: GatewayServiceType;

  /**
   * Annotations of the Service, which load balancers read.
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Address that the load balancer is asked for.
   * @default - whichever it gets
   */
  readonly address?: string;

  /**
   * The gateway sees the addresses of its clients: nodes hand connections to pods of their own alone (`externalTrafficPolicy: Local`).
   * @default false
   */
  readonly keepsClientAddress?: boolean;

  /**
   * Blocks of addresses from which the load balancer takes connections.
   * @default - all
   */
  readonly sourceRanges?: string[];
}

export const GATEWAY_SERVICE = struct<GatewayService>({
  serviceType: optional(GATEWAY_SERVICE_TYPE),
  annotations: optional(mapOf(passedOn(TEXT))),
  address: optional(passedOn(TEXT)),
  keepsClientAddress: optional(BOOLEAN),
  sourceRanges: optional(listOf(TEXT)),
});

/** What is said of the Service of a gateway, where all of it can hold. */
export function gatewayServiceOf(at: string, said: GatewayService): ProxyServiceFacts {
  const { serviceType: type, annotations, address, keepsClientAddress, sourceRanges } = said;
  for (const key of Object.keys(annotations ?? {})) requireAnnotationKey(at, 'key of annotations', key);
  const isBalanced = (type ?? GatewayServiceType.LOAD_BALANCER) === GatewayServiceType.LOAD_BALANCER;
  if (address !== undefined && !isBalanced) refuse(at, `address beside ${type}`);
  if (address !== undefined && !isAddress(address)) refuse(at, `the address ${address}`);
  if (sourceRanges && !isBalanced) refuse(at, `sourceRanges beside ${type}`);
  if (keepsClientAddress && type === GatewayServiceType.CLUSTER_IP) refuse(at, `keepsClientAddress beside ${type}`);
  return {
    type,
    annotations,
    address,
    keepsClientAddress,
    sourceRanges: sourceRanges?.map((cidr) => requireCidr(at, 'sourceRanges', cidr)),
  };
}

function refuse(at: string, got: string): never {
  throw new MeshError({
    code: 'MESH798',
    at,
    what: 'a load balancer has an IP address and blocks of addresses to take connections from, and whoever comes from within the cluster has its own address',
    got,
    fix: 'leave it out, or set serviceType to GatewayServiceType.LOAD_BALANCER',
  });
}
