import type { k8s } from 'cdk8s-plus-28';
import { ISTIOD_PODS } from '../../istio/defaults';
import { ISTIOD_MONITORING } from '../../istio/ports';
import type { Party } from '../../model/party';
import { planeOf } from '../../planes/plane-of';
import { probedPorts } from './guest-policy';
import { renderProbes } from './infrastructure-policy';
import { podsOf } from './network-peer';
import { type NetworkRules, renderNetworkPolicy, tcp } from './network-policy';

/** Lets in whom the rules name and nobody else, also where they name nobody; what pods send is left alone where no rule says anything of it. */
export function renderGuard(podLabels: Readonly<Record<string, string>>, rules: NetworkRules): k8s.NetworkPolicySpec {
  const { policyTypes = [], ...spec } = renderNetworkPolicy(podLabels, rules);
  return { ...spec, policyTypes: [...new Set(['Ingress', ...policyTypes])] };
}

/** What pods in the mesh need besides their calls where their namespace, which is this program's, knows nothing of their ports. */
export function renderGuardNeeds(party: Party, egress: NetworkRules['egress']): NetworkRules {
  const { namespace } = party;
  return { ingress: namespace.owned ? renderProbes(planeOf(namespace), probedPorts(party)) : [], egress };
}

/** The way to istiod for whoever asks it about itself. */
export function renderToIstiod(namespaceName: string): k8s.NetworkPolicyEgressRule[] {
  return [{ to: [podsOf(namespaceName, ISTIOD_PODS)], ports: tcp([ISTIOD_MONITORING]) }];
}

/** The way to every pod of the cluster: whoever reads metrics finds them on whichever port pods name. */
export function renderToAllPods(): k8s.NetworkPolicyEgressRule[] {
  return [{ to: [{ namespaceSelector: {} }], ports: [{ protocol: 'TCP' }] }];
}
