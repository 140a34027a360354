import type { Access } from './access';
import type { Cluster } from './cluster';
import { type GatewayProxy, WAYPOINT_CLASS } from './gateways';
import { type Labels, type Manifest, namespaceOf, titleOf } from './manifest';
import type { Attachment, AuthorizationPolicySpec, TargetRef } from './policy-specs';
import { type Action, type RuleMatcher, proxyMatches, ztunnelMatches } from './rule-match';
import { hasLabels } from './selectors';
import type { MeshService } from './services';
import type { Pod } from './workloads';

/** Who decides: the proxy of a pod, a gateway, or a waypoint on behalf of the service that was called. */
export interface Enforcer {
  readonly pod: Pod;
  /** The service a waypoint stands in front of; none for calls to a pod's own address. */
  readonly service?: MeshService;
}

export interface Verdict {
  readonly allowed: boolean;
  /** The object that decided; undefined where no policy is attached. */
  readonly by?: string;
}

type Policy = Manifest<AuthorizationPolicySpec>;

/**
 * Istio's documented order: a DENY that matches denies; without any ALLOW policy all is allowed; an ALLOW that matches allows; all
 * else is denied. AUDIT decides nothing. CUSTOM asks somebody outside, who is taken to agree.
 */
export function authorize(cluster: Cluster, enforcer: Enforcer, access: Access): Verdict {
  const attached = cluster.authorizationPolicies.filter((policy) => isAttached(cluster, policy, enforcer));
  const matches = enforcer.pod.proxy === 'ztunnel' ? ztunnelMatches : proxyMatches;
  const denying = attached.find((policy) => actionOf(policy) === 'DENY' && anyRule(policy, 'DENY', access, matches));
  if (denying) return { allowed: false, by: titleOf(denying) };

  const allows = attached.filter((policy) => actionOf(policy) === 'ALLOW').sort(narrowestFirst);
  if (allows.length === 0) return { allowed: true };
  const allowing = allows.find((policy) => anyRule(policy, 'ALLOW', access, matches));
  return allowing ? { allowed: true, by: titleOf(allowing) } : { allowed: false, by: titleOf(allows[0]) };
}

/** Policies and request authentications attach alike: waypoints by target only, pods by selector only, gateways by either. */
export function isAttached(cluster: Cluster, policy: Manifest<Attachment>, { pod, service }: Enforcer): boolean {
  const targets = policy.spec?.targetRefs ?? [];
  if (pod.proxy === 'waypoint')
    return targets.some((target) => isTarget(cluster, target, namespaceOf(policy), pod as GatewayProxy, service));
  if (targets.length > 0) return pod.proxy === 'gateway' && targets.some((target) => isGateway(target, namespaceOf(policy), pod));
  return isInScope(cluster, namespaceOf(policy), pod) && hasLabels(pod.labels, policy.spec?.selector?.matchLabels);
}

/** Policies of the root namespace count everywhere, others in their own. */
const isInScope = (cluster: Cluster, namespace: string, pod: Pod): boolean =>
  namespace === cluster.rootNamespace || namespace === pod.namespace;

/** Targets name no namespace: a service is in the policy's own, a gateway too, and the class of all waypoints counts in the root one. */
function isTarget(
  cluster: Cluster,
  target: TargetRef,
  namespace: string,
  waypoint: GatewayProxy,
  service: MeshService | undefined,
): boolean {
  switch (`${target.group ?? ''}/${target.kind}`) {
    case '/Service':
      return service?.kind === 'Service' && service.key === `${namespace}/${target.name}`;
    case 'networking.istio.io/ServiceEntry':
      return service?.kind === 'ServiceEntry' && service.key === `${namespace}/${target.name}`;
    case 'gateway.networking.k8s.io/GatewayClass':
      return namespace === cluster.rootNamespace && target.name === WAYPOINT_CLASS;
    default:
      return isGateway(target, namespace, waypoint);
  }
}

const isGateway = (target: TargetRef, namespace: string, pod: Pod): boolean =>
  target.group === 'gateway.networking.k8s.io' && target.kind === 'Gateway' && `${namespace}/${target.name}` === pod.key;

const anyRule = (policy: Policy, action: Action, access: Access, matches: RuleMatcher): boolean =>
  (policy.spec?.rules ?? []).some((rule) => matches(rule, action, access, namespaceOf(policy)));

const actionOf = (policy: Policy): string => policy.spec?.action ?? 'ALLOW';

/** A refusal names the policy closest to what was called, not the namespace's default that stands behind it. */
const narrowestFirst = (a: Policy, b: Policy): number => breadth(a) - breadth(b);

function breadth({ spec = {} }: Policy): number {
  if ((spec.rules ?? []).length === 0) return 3;
  if (spec.targetRefs) return spec.targetRefs.some(({ kind }) => kind === 'Service' || kind === 'ServiceEntry') ? 0 : 1;
  const labels: Labels = spec.selector?.matchLabels ?? {};
  return Object.keys(labels).length > 0 ? 0 : 2;
}
