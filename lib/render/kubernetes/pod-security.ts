import { POD_SECURITY, POD_SECURITY_WARNINGS } from '../../istio/labels';
import type { NamespaceFacts, PodSecurityLevel } from '../../model/namespace-facts';
import { planeOf } from '../../planes/plane-of';

type Asked = Pick<NamespaceFacts, 'mode' | 'zeroTrust' | 'owned' | 'podSecurity'>;

/**
 * The level that Kubernetes holds the pods of a namespace to; none where nothing is said and nothing is closed. `cni` says that an agent on each node redirects
 * traffic: without it each pod with a sidecar has a container that may change its network, which every level but the last refuses.
 */
export function podSecurityLevel(facts: Asked, cni = false): PodSecurityLevel | undefined {
  if (facts.podSecurity) return facts.podSecurity.level;
  const isClosed = facts.zeroTrust && facts.owned;
  return isClosed && (cni || !planeOf(facts).podsHoldProxies) ? 'restricted' : undefined;
}

/**
 * Labels of a Namespace about its pods. Where nothing can be refused yet, for Istio or pods that others wrote (`hasOthers`) ask for more, whoever applies them
 * is warned.
 */
export function podSecurityLabels(facts: Asked, cni?: boolean, hasOthers = false): Readonly<Record<string, string | undefined>> {
  const level = hasOthers ? facts.podSecurity?.level : podSecurityLevel(facts, cni);
  const warns = level === undefined && facts.zeroTrust && facts.owned;
  return { [POD_SECURITY]: level, [POD_SECURITY_WARNINGS]: warns ? 'restricted' : undefined };
}
