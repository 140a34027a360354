import { tryGateway } from '../../cluster/workloads/gateways';
import type { AuthorizationPolicy, AuthorizationRule } from '../../cluster/policies/authorization-policies';
import { GATEWAY_API, SECURITY } from '../../istio/api-groups';
import { WAYPOINT_CLASS } from '../../istio/gateway-classes';
import type { MeshModel } from '../../model/mesh-model';
import { clusterOf } from '../cluster-of';
import { rawPolicies } from '../raw-policies';
import { rule } from '../rule';

export const addressAtWaypoint = rule({
  code: 'MESH250',
  level: 'error',
  title: 'policy that asks a waypoint from where somebody connects',
  compares: [{ kinds: [`${SECURITY}/AuthorizationPolicy`], fields: ['spec targetRefs', 'spec rules'] }],

  check(model, report) {
    for (const policy of rawPolicies(model).filter((one) => isForWaypoint(model, one))) {
      const words = policy.rules.flatMap(wordsOf);
      if (words.length === 0) continue;
      const { object, title, action } = policy;
      report({
        on: object,
        message: `${title} has a waypoint compare the address of the peer, and there tunnels end: it fits nobody, and its opposite everybody`,
        got: `${action} by ${[...new Set(words)].join(', ')}`,
        fix: 'name callers by principals or namespaces; what comes in from outside is told by its gateway, with remoteIpBlocks',
      });
    }
  },
});

/** Services and hosts are named to waypoints alone; of Gateways only those that are one. */
function isForWaypoint(model: MeshModel, { targets, namespaceName }: AuthorizationPolicy): boolean {
  return targets.some(({ group, kind, name }) => {
    if (group !== GATEWAY_API) return kind === 'Service' || kind === 'ServiceEntry';
    if (kind === 'GatewayClass') return name === WAYPOINT_CLASS;
    return tryGateway(clusterOf(model), `${namespaceName}/${name}`)?.className === WAYPOINT_CLASS;
  });
}

function wordsOf({ from, when }: AuthorizationRule): string[] {
  const fields = from.flatMap((source) => ['ipBlocks', 'notIpBlocks'].filter((field) => (source[field] ?? []).length > 0));
  return [...fields, ...when.map(({ key }) => key).filter((key) => key === 'source.ip')];
}
