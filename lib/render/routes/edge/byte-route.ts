import type * as gateway from '../../../../imports/gateway.networking.k8s.io';
import type { Exposure } from '../../../model/exposure';
import type { RouteTable } from '../../../model/route';
import { connectionBackends } from '../connection-backends';
import { gatewayRef, portOf } from '../gateway-route';
import { renderBackends } from '../http-route';

/** The route of one exposed service whose connections the gateway hands on as they are, shared out as the mesh shares them out. */
export function renderGatewayTcpRoute(exposure: Exposure, table: RouteTable, splitsHere: boolean): gateway.TcpRouteSpec {
  const versions = splitsHere ? connectionBackends(table).map(({ version, weight }) => ({ version, weight })) : [];
  const backendRefs = renderBackends(exposure.service.name, portOf(exposure), versions);
  return { parentRefs: [gatewayRef(exposure)], rules: [{ backendRefs }] };
}

/** The same for those that ask for a server by name. */
export function renderGatewayTlsRoute(exposure: Exposure, table: RouteTable, splitsHere: boolean): gateway.TlsRouteSpec {
  return { hostnames: [exposure.host], ...renderGatewayTcpRoute(exposure, table, splitsHere) };
}
