import type { Cluster } from '../../cluster/cluster';
import { nameOf } from '../../cluster/objects/manifest-object';
import { mtlsOf } from '../../cluster/policies/mtls-settings';
import type { Pod } from '../../cluster/workloads/workloads';
import type { ManifestObject } from '../../model/mesh-model';
import type { DecidedWay } from '../../verdict/decide';

interface Way {
  readonly kind: string;
  readonly callee: string;
  readonly object?: ManifestObject;
}

/** What closes a door, in words: the policy that opens it, or the one that is missing. */
export function closingOf(cluster: Cluster, { kind, callee, object }: Way, { decision, hops }: DecidedWay): string {
  const last = hops.at(-1);
  const granting =
    decision.object?.kind === 'AuthorizationPolicy' || decision.object?.kind === 'NetworkPolicy' ? decision.object : undefined;
  if (kind === 'gateway')
    return granting ? narrower(granting) : `no route for ${callee} there, or an AuthorizationPolicy at ${nameOf(object!)}`;
  if (kind === 'outer port' && object) return `type ClusterIP and no externalIPs in ${nameOf(object)}`;
  const guard = last?.enforcer?.pod;
  if (!last || !guard) return `a NetworkPolicy, for nobody in the mesh stands before ${callee}`;
  if (last.principal === undefined && mtlsOf(cluster, guard, last.port).mode !== 'STRICT') {
    return `mutual TLS that is STRICT, by a PeerAuthentication of namespace ${guard.namespaceName}`;
  }
  if (granting) return narrower(granting);
  return missingPolicy({ kind, callee, object }, guard);
}

const narrower = (policy: ManifestObject): string => `fewer callers in ${nameOf(policy)}`;

function missingPolicy({ kind, callee, object }: Way, guard: Pod): string {
  if (kind === 'other service' && object && !guard.proxy.standsBeforePods)
    return `an AuthorizationPolicy with targetRefs to ${nameOf(object)}`;
  if (kind === 'pod address' && !guard.proxy.readsHttp) {
    return `an AuthorizationPolicy with a selector for ${callee.replace(/^pod:|:\d+$/g, '')} that lets in its waypoint alone, or whom you mean`;
  }
  return `an AuthorizationPolicy in namespace ${guard.namespaceName} that says who may call`;
}
