import type { IConstruct } from 'constructs';
import type { ListenerFacts } from '../../model/edge/listener';
import { requireDottedName } from '../../support/object-names';
import { listOf, NUMBER, optional, passedOn, struct, TEXT } from '../../support/options/kind';
import { GATEWAY_LISTENER, type GatewayListener } from '../../values/edge/gateway-listener';
import { GATEWAY_SERVICE, type GatewayService } from '../../values/edge/gateway-service';
import { ISTIO_GATEWAY_PODS, type IstioGatewayPods } from '../../values/edge/istio-gateway-pods';
import { PROXY_PODS, type ProxyPods } from '../../values/workload/proxy-pods';

/** A gateway through which requests enter the mesh. */
export interface IngressGatewayProps {
  /**
   * Name of the Secret with the certificate, in the gateway's namespace: for HTTPS on port 443, for all hosts that no listener of `listeners` is for.
   * @default - none, where `listeners` say it
   */
  readonly tlsSecret?: string;

  /**
   * Where it takes connections besides: other ports, other certificates, other protocols.
   * @default - HTTPS with `tlsSecret` alone
   */
  readonly listeners?: GatewayListener[];

  /**
   * Name of the Gateway.
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * Namespaces whose routes may attach besides those of what it exposes itself: of other programs, which know it by `fromAttributes`.
   * @default - none
   */
  readonly routesFrom?: string[];

  /**
   * Namespaces whose ListenerSets it takes besides those of `delegateHosts`: of other programs.
   * @default - none
   */
  readonly listenersFrom?: string[];

  /**
   * Its pods.
   * @default - one pod, as Istio makes it
   */
  readonly pods?: ProxyPods;

  /**
   * The Service by which clients reach them.
   * @default - a load balancer
   */
  readonly service?: GatewayService;

  /**
   * How many proxies stand between it and its clients that note in `x-forwarded-for` whose request they hand on, such as a load balancer for HTTP: entry number `trustedProxies`, counted from
   * the right of the header, is the client's address. What clients write there by themselves is then no address of theirs. With `istioPods` it tells what those pods were installed with: the annotation
   * `proxy.istio.io/config: '{"gatewayTopology":{"numTrustedProxies":1}}'`, which is written here for pods that Istio makes.
   * @default - none: whoever connects is the client
   */
  readonly trustedProxies?: number;

  /**
   * Pods that somebody else installed, with Helm or by hand: it then speaks Istio's own API, with Gateways on these pods and VirtualServices, and makes no
   * pods of its own.
   * @default - pods that Istio makes for it, by the Gateway API
   */
  readonly istioPods?: IstioGatewayPods;
}

export const INGRESS_GATEWAY_PROPS = struct<IngressGatewayProps>({
  tlsSecret: optional(passedOn(TEXT)),
  listeners: optional(listOf(GATEWAY_LISTENER)),
  name: optional(TEXT),
  routesFrom: optional(listOf(TEXT)),
  listenersFrom: optional(listOf(TEXT)),
  pods: optional(PROXY_PODS),
  service: optional(GATEWAY_SERVICE),
  trustedProxies: optional(NUMBER),
  istioPods: optional(ISTIO_GATEWAY_PODS),
});

/** The listener of `tlsSecret` first. */
export function listenersOf(at: IConstruct, { tlsSecret, listeners = [] }: IngressGatewayProps): ListenerFacts[] {
  const said = listeners.map(({ _facts }) => _facts);
  if (tlsSecret === undefined) return said;
  const secretName = requireDottedName(at, 'name of a Secret', tlsSecret);
  return [{ kind: 'https', name: 'https', port: 443, hosts: [], certificate: { secretName } }, ...said];
}
