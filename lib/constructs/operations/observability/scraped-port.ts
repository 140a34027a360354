import type { Construct } from 'constructs';
import { RESERVED } from '../../../istio/ports';
import type { Port } from '../../../model/port';
import { MeshError } from '../../../support/mesh-error';
import { requirePort } from '../../../support/port-number';
import type { MeshedService } from '../../service/meshed-service';
import { servicePodsOf } from '../../service/service-pods';

/** The port of a service that metrics are read from; undefined for one that it does not have. */
function portOf(service: MeshedService, number: number): Port | undefined {
  return servicePodsOf(service).party.ports.find((port) => port.number === number);
}

/** The port of a service that somebody else connects to. */
export function requireServicePort(at: Construct, service: MeshedService, number: number): Port {
  const port = portOf(service, requirePort(at, 'port of metrics', number));
  if (port) return port;
  const { ports } = servicePodsOf(service).party;
  return refuse(
    at,
    `${number}; ${service.serviceName} has ${ports.map((each) => each.number).join(', ')}`,
    'add it to ports of the service',
  );
}

/** The name of the Service whose endpoints are all pods of a service: what Flagger makes leads to the ones that it has tried already, and has one port. */
export function requireOwnEndpoints(at: Construct, { tryService, serviceName }: MeshedService): string {
  if (tryService) return serviceName;
  throw new MeshError({
    code: 'MESH910',
    at,
    what: 'a ServiceMonitor finds pods by a Service over all of them',
    got: `${serviceName}, whose Service Flagger makes`,
    fix: 'leave out discovery: a PodMonitor finds the pods by their labels, the tried ones and the new ones',
  });
}

/** The port of the pods that their own proxy connects to: behind one of the service, or one that nobody else calls. */
export function requirePodPort(at: Construct, service: MeshedService, number: number): number {
  const port = requirePort(at, 'port of metrics', number);
  const podPort = portOf(service, port)?.targetPort ?? port;
  const isReserved = podPort >= RESERVED.first && podPort <= RESERVED.last;
  return isReserved ? refuse(at, `${podPort}, which is the proxy's`, 'name the port that the application offers its metrics on') : podPort;
}

function refuse(at: Construct, got: string, fix: string): never {
  throw new MeshError({ code: 'MESH900', at, what: 'metrics of an application are on a port that it has', got, fix });
}
