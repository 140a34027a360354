import { CORE } from '../../istio/api-groups';
import { USE_WAYPOINT } from '../../istio/labels';
import type { MeshModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { nameOf, specOf } from '../manifest-reader';
import { labelsOfObject } from '../namespace-planes';
import { perModel } from '../per-model';
import { rule } from '../rule';
import { type ServiceFacts, servicesByHost } from '../service-facts';
import { selectPods } from '../workloads';

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

function traceOf(model: MeshModel, { host = '' }: Party): Trace | undefined {
  const service = meshedByHost(model).get(host);
  if (service !== undefined)
    return { why: `it is the service at ${service} of this program`, fix: `pass the MeshedService at ${service} instead` };
  const facts = servicesByHost(model).get(host);
  if (!facts) return undefined;
  const meshed = selectPods(model, facts.namespaceName, facts.selector).find(({ mode }) => mode);
  if (meshed) {
    return {
      why: `${nameOf(meshed.object)} behind it is in ${meshed.mode} mode`,
      fix: 'declare it with MeshedService.fromWorkload',
    };
  }
  const isSent = waypointNamespaces(model).has(facts.namespaceName) && followsNamespace(facts);
  return isSent
    ? { why: `ztunnel sends calls to it through the waypoint of its namespace`, fix: `label its Service ${USE_WAYPOINT}: none` }
    : undefined;
}

const meshedByHost = perModel((model): ReadonlyMap<string, string> => new Map(model.services.map(({ host = '', path }) => [host, path])));

const waypointNamespaces = perModel(
  (model): ReadonlySet<string> => new Set(model.namespaces.filter(({ waypoint }) => waypoint).map(({ name }) => name)),
);

// A Service without an address of its own is not sent anywhere.
function followsNamespace({ object }: ServiceFacts): boolean {
  return labelsOfObject(object)[USE_WAYPOINT] !== 'none' && specOf(object).clusterIP !== 'None';
}
