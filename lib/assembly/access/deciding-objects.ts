import type { Cluster } from '../../cluster/cluster';
import { type Labels, labelsOf } from '../../cluster/objects/fields';
import { selects } from '../../cluster/objects/selectors';
import type { Attached, AttachmentIndex } from '../../cluster/policies/attachments';
import { authorizationIndex, type AuthorizationPolicy, dryRunIndex } from '../../cluster/policies/authorization-policies';
import { type NetworkPeer, type NetworkPolicy, networkPoliciesOn, type NetworkRule } from '../../cluster/policies/network-policies';
import { requestAuthenticationIndex } from '../../cluster/policies/request-authentications';
import { NAMESPACE_NAME } from '../../istio/labels';
import type { Enforcement, Hop, Peer } from '../../model/hop';
import type { CallModel } from '../../model/mesh-model';

/** Titles of the objects by which a call is decided, each once, in the order in which its connections meet them. */
export function decidingObjects(cluster: Cluster, { action, hops }: CallModel): string[] {
  const policies = hops.flatMap(({ enforcement }) => (enforcement ? policiesOf(cluster, action, enforcement) : []));
  const network = action === 'ALLOW' ? hops.flatMap((hop) => networkOf(cluster, hop)) : [];
  return [...new Set([...policies, ...network].map(({ title }) => title))];
}

function policiesOf(cluster: Cluster, action: string, enforcement: Enforcement): Attached[] {
  const isTried = action === 'DRY_RUN';
  const policies = attachedTo(cluster, isTried ? dryRunIndex(cluster) : authorizationIndex(cluster), enforcement);
  const written = enforcement.unasked || isTried ? 'DENY' : action;
  const deciding = policies.filter((policy) => policy.action === written && names(policy, enforcement.principal));
  return enforcement.user ? [...deciding, ...attachedTo(cluster, requestAuthenticationIndex(cluster), enforcement)] : deciding;
}

function attachedTo<T extends Attached>(
  { rootNamespace }: Cluster,
  index: AttachmentIndex<T>,
  { attachment, namespaceName }: Enforcement,
): T[] {
  if ('selector' in attachment) return index.onPods([namespaceName, rootNamespace], attachment.selector);
  return index.onTargets(attachment.targetRefs.map((target) => ({ namespaceName, target })));
}

/** A rule of the policy is about such a caller, or about everybody. */
function names({ rules }: AuthorizationPolicy, principal: string | undefined): boolean {
  return rules.some(({ from }) => {
    const named = from.map(({ principals = [] }) => principals);
    return named.length === 0 || named.some((list) => list.length === 0 || list.includes(principal ?? '*') || list.includes('*'));
  });
}

function networkOf(cluster: Cluster, { from, to, networkPorts }: Hop): NetworkPolicy[] {
  const lets = (rules: readonly NetworkRule[] | undefined, other: Peer): boolean =>
    (rules ?? []).some(({ peers, ports }) => {
      const isPort = ports.length === 0 || ports.some(({ port }) => networkPorts.includes(Number(port)));
      return isPort && (peers.length === 0 || peers.some((peer) => isMeant(peer, other)));
    });
  const on = ({ namespaceName, podLabels }: Peer): readonly NetworkPolicy[] =>
    namespaceName !== undefined && podLabels ? networkPoliciesOn(cluster, namespaceName, podLabels) : [];
  return [...on(from).filter(({ egress }) => lets(egress, to)), ...on(to).filter(({ ingress }) => lets(ingress, from))];
}

function isMeant({ podSelector, namespaceSelector, ipBlock }: NetworkPeer, { namespaceName, podLabels, world, anywhere }: Peer): boolean {
  if (anywhere || world) return ipBlock !== undefined;
  if (namespaceName === undefined) return namespaceSelector !== undefined && Object.keys(namespaceSelector.matchLabels).length === 0;
  const ofNamespace: Labels = labelsOf({ [NAMESPACE_NAME]: namespaceName });
  const isThere = !namespaceSelector || selects(namespaceSelector, ofNamespace);
  return !ipBlock && isThere && (!podSelector || selects(podSelector, podLabels ?? {}));
}
