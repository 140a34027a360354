import type { Cluster } from '../../cluster/cluster';
import { titleOf } from '../../cluster/objects/manifest-object';
import { authorizationIndex, readPolicy } from '../../cluster/policies/authorization-policies';
import { podPort, podsBehind } from '../../cluster/services/endpoints';
import { type MeshService, servicesOf } from '../../cluster/services/services';
import { waypointShares } from '../../cluster/services/waypoint-canaries';
import type { GatewayProxy } from '../../cluster/workloads/gateways';
import { accountOfPrincipal } from '../../cluster/workloads/identities';
import type { Workload } from '../../cluster/workloads/workloads';
import { CORE, GATEWAY_API, NETWORKING, SECURITY } from '../../istio/api-groups';
import type { ManifestObject } from '../../model/mesh-model';
import { addTo } from '../../support/grouping';
import type { Access } from '../../verdict/decision/access';
import { authorize } from '../../verdict/decision/authorization';
import { attachedTo } from '../../verdict/decision/enforcer';
import { clusterOf } from '../cluster-of';
import { NAME, POD_LABELS, WORKLOADS } from '../comparison';
import { rule } from '../rule';
import { callersBy } from './callers/callers-by-waypoint';

/** A waypoint that pods behind it refuse. */
interface LockedOut {
  readonly waypoint: GatewayProxy;
  readonly service: MeshService;
  /** Somebody whom the pods would let in, and who comes by the waypoint. */
  readonly caller?: string;
}

export const lockedOut = rule({
  code: 'MESH285',
  level: 'error',
  title: 'waypoint that the pods behind it refuse',
  compares: [
    { kinds: [`${SECURITY}/AuthorizationPolicy`], fields: ['spec'], sought: true },
    {
      kinds: [`${CORE}/Service`, `${CORE}/Namespace`, `${GATEWAY_API}/Gateway`],
      fields: [...NAME, 'metadata labels', 'spec'],
      sought: true,
    },
    { kinds: [`${NETWORKING}/ServiceEntry`], fields: ['metadata labels', 'spec workloadSelector'] },
    { kinds: WORKLOADS, fields: ['metadata namespace', POD_LABELS], sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const [on, [{ waypoint, service, caller }, ...others]] of lockedOutBy(cluster)) {
      const meant = caller === undefined ? 'whom the waypoint lets in' : caller;
      report({
        on,
        message: `${titleOf(on)} does not let in the waypoint ${waypoint.key}, by which callers come to ${service.key}${others.length > 0 ? ` and ${others.length} more` : ''}: at the pods they all have the identity of the waypoint, and so ${meant} is refused as well`,
        got: `no rule for ${waypoint.principal}`,
        fix: `${wayIn(cluster, on, waypoint.principal!)}, and say who may call in a policy with targetRefs to the Service, which the waypoint enforces`,
      });
    }
  },
});

function wayIn(cluster: Cluster, policy: ManifestObject, principal: string): string {
  const { action, rules } = readPolicy(policy);
  if (action !== 'DENY') return `add ${principal} to the principals whom it lets in`;
  // Accounts and principals stand in no source together.
  const isByAccount = rules.some(({ from }) => from.some(({ notServiceAccounts }) => notServiceAccounts !== undefined));
  return isByAccount ? `add ${accountOfPrincipal(cluster, principal)} to its notServiceAccounts` : `add ${principal} to its notPrincipals`;
}

/** By the policy that refuses. */
function lockedOutBy(cluster: Cluster): ReadonlyMap<ManifestObject, LockedOut[]> {
  const found = new Map<ManifestObject, LockedOut[]>();
  for (const { service, waypoint, pod } of servicesOf(cluster).flatMap((one) => meetings(cluster, one))) {
    const refused = refusalOf(cluster, service, waypoint, pod);
    if (refused) addTo(found, refused.on, { waypoint, service, caller: refused.caller });
  }
  return found;
}

/** Each waypoint of a service with each of its pods. */
function meetings(cluster: Cluster, service: MeshService): { service: MeshService; waypoint: GatewayProxy; pod: Workload }[] {
  return waypointShares(cluster, service).flatMap(({ waypoint }) =>
    podsBehind(cluster, service)
      .filter(({ proxy }) => proxy.isInMesh)
      .map((pod) => ({ service, waypoint, pod })),
  );
}

/** Who lets the waypoint in on one port knows of it, and means what is said of others. */
function refusalOf(
  cluster: Cluster,
  service: MeshService,
  waypoint: GatewayProxy,
  pod: Workload,
): { on: ManifestObject; caller?: string } | undefined {
  const policies = attachedTo(cluster, authorizationIndex(cluster), { pod });
  const ports = service.ports.flatMap((port) => podPort(port, pod) ?? []);
  if (policies.some(({ object }) => object.made) || ports.length === 0) return undefined;
  const refusals = ports.map((port) => authorize(cluster, { pod }, accessOf(waypoint.principal!, waypoint.address, pod, port)));
  if (!refusals.every(({ allowed, unknown }) => !allowed && unknown === undefined)) return undefined;
  const on = refusals[0].object;
  if (on === undefined) return undefined;
  const caller = callersBy(cluster, policies).find(({ principal, address }) =>
    ports.some((port) => authorize(cluster, { pod }, accessOf(principal, address, pod, port)).allowed),
  );
  return caller || (pod.proxy.passesWaypoints && lets(cluster, waypoint, service)) ? { on, caller: caller?.principal } : undefined;
}

function accessOf(principal: string, address: string, pod: Workload, port: number): Access {
  return { principal, sourceAddress: address, clientAddress: address, destinationAddress: pod.address, port };
}

/** Some policy says at the waypoint who may call the service, so that somebody is meant. */
function lets(cluster: Cluster, waypoint: GatewayProxy, service: MeshService): boolean {
  const attached = attachedTo(cluster, authorizationIndex(cluster), { pod: waypoint, service });
  return attached.some(({ action, rules }) => action === 'ALLOW' && rules.length > 0);
}
