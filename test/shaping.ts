import type { MeshedService, RequestMatch, RequestShaping } from 'istio-constructs';
import { servicePodsOf } from '../lib/constructs/service/service-pods';
import { shapingOf } from '../lib/constructs/routes/shaping-of';
import { MeshGraph } from '../lib/graph/mesh-graph';

/** Says what becomes of requests to a service, of all or of those that match, as a route statement. */
export function shape(service: MeshedService, shaping: RequestShaping, match?: readonly RequestMatch[]): void {
  const { key, ports } = servicePodsOf(service).party;
  const graph = MeshGraph.of(service);
  graph.addRoute({
    service: key,
    by: 'shaping',
    path: `test/shaping-${graph.routesOf(key).length}`,
    matches: match?.map((one) => one._facts),
    ...shapingOf(service, ports, shaping),
  });
}
