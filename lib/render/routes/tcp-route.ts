import type * as gateway from '../../../imports/gateway.networking.k8s.io';
import type { Port } from '../../model/port';
import type { RouteTable } from '../../model/route';
import { connectionBackends } from './connection-backends';

/** How the connections to a port are shared out between the versions of a service, for callers in the mesh: versions are Services. */
export function renderTcpRoute(table: RouteTable, port: Port): gateway.TcpRouteSpec {
  const { name } = table.service;
  const backends = connectionBackends(table);
  return {
    parentRefs: [{ group: '', kind: 'Service', name, port: port.number }],
    rules: [
      {
        backendRefs: backends.map(({ version, weight }) => ({
          group: '',
          kind: 'Service',
          name: `${name}-${version}`,
          port: port.number,
          weight: backends.length > 1 ? weight : 1,
        })),
      },
    ],
  };
}
