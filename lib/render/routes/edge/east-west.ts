import * as gateway from '../../../../imports/gateway.networking.k8s.io';
import * as networking from '../../../../imports/networking.istio.io';
import { EAST_WEST_PODS } from '../../../istio/defaults';
import { EAST_WEST_CLASS } from '../../../istio/gateway-classes';
import { CROSS_NETWORK, HBONE } from '../../../istio/ports';

/** Where ztunnels and waypoints of other networks bring their tunnels: the outer one ends here, and the inner one goes on to a pod or its waypoint. */
export function renderTunnelGateway(): gateway.GatewaySpec {
  const tls = { mode: gateway.GatewaySpecListenersTlsMode.TERMINATE, options: { 'gateway.istio.io/tls-terminate-mode': 'ISTIO_MUTUAL' } };
  const allowedRoutes = { namespaces: { from: gateway.GatewaySpecListenersAllowedRoutesNamespacesFrom.SAME } };
  return { gatewayClassName: EAST_WEST_CLASS, listeners: [{ name: 'mesh', port: HBONE, protocol: 'HBONE', allowedRoutes, tls }] };
}

/** Where sidecars of other networks connect: the name of the service is read, and mutual TLS goes on to the pod as it is. */
export function renderPassingGateway(clusterDomain: string): networking.GatewaySpec {
  const port = { number: CROSS_NETWORK, name: 'tls', protocol: 'TLS' };
  const tls = { mode: networking.GatewaySpecServersTlsMode.AUTO_UNDERSCORE_PASSTHROUGH };
  return { selector: { ...EAST_WEST_PODS }, servers: [{ port, tls, hosts: [`*.${clusterDomain}`] }] };
}
