import { KUBERNETES_NETWORKING } from '../../istio/api-groups';
import type { ManifestObject } from '../../model/mesh-model';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { type Fields, fieldsOf, isSaid, type Labels, listOf, numberOf, numberOrTextOf, textOf, textsOf } from '../objects/fields';
import { namespaceOf, specOf, titleOf } from '../objects/manifest-object';
import { objectsOf } from '../objects/objects-by-kind';
import { SelectorIndex } from '../objects/selector-index';
import { type LabelSelector, selectorOf, selects } from '../objects/selectors';

export interface NetworkPolicy {
  readonly object: ManifestObject;
  readonly title: string;
  readonly namespaceName: string;
  readonly pods: LabelSelector;
  /** What it lets in; undefined where it is not about that. */
  readonly ingress?: readonly NetworkRule[];
  readonly egress?: readonly NetworkRule[];
}

export interface NetworkRule {
  /** Empty for anybody. */
  readonly peers: readonly NetworkPeer[];
  /** Empty for any port. */
  readonly ports: readonly NetworkPort[];
}

export interface NetworkPeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string; readonly except: readonly string[] };
}

export interface NetworkPort {
  readonly protocol: string;
  readonly port?: number | string;
  readonly endPort?: number;
}

/** Every NetworkPolicy, by namespace and name. */
export const networkPolicies = perCluster((cluster: Cluster): readonly NetworkPolicy[] =>
  objectsOf(cluster, KUBERNETES_NETWORKING, 'NetworkPolicy').map(readPolicy),
);

const bySelector = perCluster(
  (cluster: Cluster) => new SelectorIndex(networkPolicies(cluster).map((policy) => ({ ...policy, selector: policy.pods.matchLabels }))),
);

/** The policies that pick a pod, by name. */
export function networkPoliciesOn(cluster: Cluster, namespaceName: string, labels: Labels): readonly NetworkPolicy[] {
  return bySelector(cluster)
    .picking(namespaceName, labels)
    .filter(({ pods }) => selects(pods, labels));
}

/** Without policyTypes a policy is about ingress, and about egress only if it has rules for it. */
function readPolicy(object: ManifestObject): NetworkPolicy {
  const { podSelector, policyTypes, ingress, egress } = specOf(object);
  const types = isSaid(policyTypes) ? textsOf(policyTypes) : ['Ingress', ...(isSaid(egress) ? ['Egress'] : [])];
  return {
    object,
    title: titleOf(object),
    namespaceName: namespaceOf(object),
    pods: selectorOf(podSelector),
    ingress: types.includes('Ingress') ? listOf(ingress).map(({ from, ports }) => readRule(from, ports)) : undefined,
    egress: types.includes('Egress') ? listOf(egress).map(({ to, ports }) => readRule(to, ports)) : undefined,
  };
}

function readRule(peers: unknown, ports: unknown): NetworkRule {
  return { peers: listOf(peers).map(readPeer), ports: listOf(ports).map(readPort) };
}

function readPeer({ podSelector, namespaceSelector, ipBlock }: Fields): NetworkPeer {
  const { cidr, except } = fieldsOf(ipBlock);
  return {
    podSelector: isSaid(podSelector) ? selectorOf(podSelector) : undefined,
    namespaceSelector: isSaid(namespaceSelector) ? selectorOf(namespaceSelector) : undefined,
    ipBlock: isSaid(ipBlock) ? { cidr: textOf(cidr) ?? '', except: textsOf(except) } : undefined,
  };
}

function readPort({ protocol, port, endPort }: Fields): NetworkPort {
  return { protocol: textOf(protocol) ?? 'TCP', port: numberOrTextOf(port), endPort: numberOf(endPort) };
}
