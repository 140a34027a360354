import { type Attached, readAttached, type Target } from '../../cluster/policies/attachments';
import { groupOf } from '../../cluster/objects/manifest-object';
import { servicesOf } from '../../cluster/services/services';
import { waypointShares } from '../../cluster/services/waypoint-canaries';
import type { Cluster } from '../../cluster/cluster';
import { EXTENSIONS, GATEWAY_API, NETWORKING, SECURITY, TELEMETRY } from '../../istio/api-groups';
import { clusterOf } from '../cluster-of';
import { fieldPaths } from '../comparison';
import { rule } from '../rule';

const POLICIES = [
  `${SECURITY}/AuthorizationPolicy`,
  `${SECURITY}/RequestAuthentication`,
  `${TELEMETRY}/Telemetry`,
  `${EXTENSIONS}/WasmPlugin`,
  `${EXTENSIONS}/TrafficExtension`,
  `${NETWORKING}/EnvoyFilter`,
];

export const halfAttached = rule({
  code: 'MESH155',
  level: 'warning',
  title: 'policy for one of two waypoints in one place',
  compares: [{ kinds: POLICIES, fields: fieldPaths(['spec targetRefs', 'spec targetRef'], ['group', 'kind', 'name']), made: false }],

  check(model, report) {
    const cluster = clusterOf(model);
    const beside = besides(cluster);
    if (beside.size === 0) return;
    const policies = model.objects.filter((object) => POLICIES.includes(`${groupOf(object)}/${object.kind}`)).map(readAttached);
    for (const policy of policies.filter(({ object }) => !object.made)) {
      const waypoint = gatewaysOf(policy).find((key) => beside.has(key));
      const other = waypoint === undefined ? undefined : beside.get(waypoint);
      if (other === undefined || policies.some((one) => one.object.kind === policy.object.kind && gatewaysOf(one).includes(other)))
        continue;
      report({
        on: policy.object,
        message: `${policy.title} holds at the waypoint ${waypoint} alone, and ${other} takes a share of the connections in its place: there nothing of it holds`,
        got: `targetRefs: Gateway ${waypoint}`,
        fix: `name the Gateway ${other} as well, or the Services that are meant: what is attached to these holds at both`,
      });
    }
  },
});

/** Of two waypoints in one place, each by the other. */
function besides(cluster: Cluster): ReadonlyMap<string, string> {
  const pairs = servicesOf(cluster).map((service) => waypointShares(cluster, service).map(({ waypoint }) => waypoint.key));
  return new Map(pairs.flatMap(([one, other]) => (other === undefined ? [] : [[one, other] as const, [other, one] as const])));
}

function gatewaysOf({ namespaceName, targets }: Attached): string[] {
  const isGateway = ({ group, kind }: Target): boolean => group === GATEWAY_API && kind === 'Gateway';
  return targets.filter(isGateway).map(({ name }) => `${namespaceName}/${name}`);
}
