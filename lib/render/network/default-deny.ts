import type { k8s } from 'cdk8s-plus-28';
import type { Closing } from '../../model/namespace-facts';

/** What holds for every pod of a namespace beside its own NetworkPolicies: nothing, or everything as long as the rest is not refused. */
export function renderDefaultDeny({ stage }: Closing): k8s.NetworkPolicySpec {
  const everything = stage === undefined ? undefined : [{}];
  return { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: everything, egress: everything };
}
