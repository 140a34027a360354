import type { k8s } from 'cdk8s-plus-28';
import { NAMESPACE_NAME } from '../../istio/labels';
import type { Peer } from '../../model/hop';

// Public addresses: what is left of all without the private, shared and link-local ranges.
const WORLD: k8s.NetworkPolicyPeer[] = [
  { ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'] } },
  { ipBlock: { cidr: '::/0', except: ['fc00::/7', 'fe80::/10'] } },
];

export function renderPeer(peer: Peer): k8s.NetworkPolicyPeer[] {
  if (peer.world) return peer.blocks ? peer.blocks.map((cidr) => ({ ipBlock: { cidr } })) : WORLD;
  return [
    {
      namespaceSelector: peer.namespaceName === undefined ? {} : namespaceNamed(peer.namespaceName),
      podSelector: peer.podLabels && { matchLabels: { ...peer.podLabels } },
    },
  ];
}

export function podsOf(namespaceName: string, podLabels?: Readonly<Record<string, string>>): k8s.NetworkPolicyPeer {
  return renderPeer({ namespaceName, podLabels })[0];
}

function namespaceNamed(name: string): k8s.LabelSelector {
  return { matchLabels: { [NAMESPACE_NAME]: name } };
}
