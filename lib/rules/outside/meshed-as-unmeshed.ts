import { CORE } from '../../istio/api-groups';
import { USE_WAYPOINT } from '../../istio/labels';
import type { MeshModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { nameOf } from '../../cluster/objects/manifest-object';
import { podsBehind } from '../../cluster/services/endpoints';
import { tryServiceOf } from '../../cluster/services/registry';
import { waypointNameOf } from '../../cluster/services/waypoints';
import { clusterOf } from '../cluster-of';
import { planeOf } from '../planes';
import { perModel } from '../per-model';
import { rule } from '../rule';

interface Trace {
  readonly why: string;
  readonly fix: string;
}

export const meshedAsUnmeshed = rule({
  code: 'MESH215',
  level: 'error',
  title: 'UnmeshedService for something that is in the mesh',
  compares: [{ kinds: [`${CORE}/Service`], fields: ['spec selector', `metadata labels ${USE_WAYPOINT}`], made: false }],

  check(model, report) {
    for (const party of model.others) {
      const trace = party.kind === 'unmeshed' ? traceOf(model, party) : undefined;
      if (!trace) continue;
      report({ on: party, message: `${party.name} is declared as outside the mesh, but ${trace.why}`, got: party.host, fix: trace.fix });
    }
  },
});

function traceOf(model: MeshModel, { host = '', isGuarded = false }: Party): Trace | undefined {
  const service = meshedByHost(model).get(host);
  if (service !== undefined)
    return { why: `it is the service at ${service} of this program`, fix: `pass the MeshedService at ${service} instead` };
  const cluster = clusterOf(model);
  const known = tryServiceOf(cluster, host);
  if (!known) return undefined;
  const meshed = podsBehind(cluster, known).find(({ proxy }) => proxy.isInMesh);
  if (meshed) {
    const { mode } = planeOf(meshed.proxy);
    return {
      why: `${nameOf(meshed.object)} behind it is in ${mode} mode`,
      fix: isGuarded ? `say dataPlane: DataPlane.${mode}() of the add-on` : 'declare it with MeshedService.fromWorkload',
    };
  }
  return waypointNameOf(cluster, known) !== undefined
    ? { why: `ztunnel sends calls to it through the waypoint of its namespace`, fix: `label its Service ${USE_WAYPOINT}: none` }
    : undefined;
}

const meshedByHost = perModel((model): ReadonlyMap<string, string> => new Map(model.services.map(({ host = '', path }) => [host, path])));
