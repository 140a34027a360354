import { GATEWAY_API, NETWORKING } from '../../istio/api-groups';
import { WAYPOINT_CLASS } from '../../istio/gateway-classes';
import type { Cluster } from '../../cluster/cluster';
import type { Target } from '../../cluster/policies/attachments';
import { patchingFilters } from '../../cluster/policies/envoy-patches';
import { tryGateway } from '../../cluster/workloads/gateways';
import { clusterOf } from '../cluster-of';
import { fieldPaths } from '../comparison';
import { isRaw } from '../owners';
import { rule } from '../rule';

export const patchedWaypoint = rule({
  code: 'MESH336',
  level: 'warning',
  title: 'EnvoyFilter for a waypoint',
  compares: [{ kinds: [`${NETWORKING}/EnvoyFilter`], fields: fieldPaths(['spec targetRefs'], ['group', 'kind', 'name']), made: false }],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const { object, title, namespaceName, targets, contexts } of patchingFilters(cluster).filter(isRaw)) {
      const waypoint = targets.find((target) => isWaypoint(cluster, namespaceName, target));
      const isOfContext = contexts.includes('WAYPOINT');
      if (!waypoint && !isOfContext) continue;
      report({
        on: object,
        message: isOfContext
          ? `${title} has no effect where its context is WAYPOINT: Istio 1.31 knows the word, and does nothing for it`
          : `${title} patches a waypoint, which Istio does not support: what it does today the next version may not do`,
        got: isOfContext ? 'context: WAYPOINT' : `${waypoint!.kind} ${waypoint!.name}`,
        fix: 'patch the gateway in front, or put the service into a namespace with DataPlane.sidecar() and patch its sidecars',
        yamlFix: 'patch the gateway in front, or give the pods sidecars (istio-injection: enabled on their Namespace) and patch those',
      });
    }
  },
});

function isWaypoint(cluster: Cluster, namespaceName: string, { group, kind, name }: Target): boolean {
  if (group !== GATEWAY_API) return false;
  if (kind === 'GatewayClass') return name === WAYPOINT_CLASS;
  return kind === 'Gateway' && tryGateway(cluster, `${namespaceName}/${name}`)?.waypointFor !== undefined;
}
