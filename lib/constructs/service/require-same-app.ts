import type { Construct } from 'constructs';
import { MeshError } from '../../support/mesh-error';
import type { MeshedService } from './meshed-service';
import { servicePodsOf } from './service-pods';

/** What shapes the traffic of a service is part of the cluster that the service is in. */
export function requireSameApp(at: Construct, service: MeshedService): void {
  if (service.node.root === at.node.root) return;
  throw new MeshError({
    code: 'MESH077',
    at,
    what: 'a release, a fault or a rule about requests stands in the App of its service',
    got: `${servicePodsOf(service).party.path} of another App`,
    fix: 'declare it beside the service',
  });
}
