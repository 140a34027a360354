import type { k8s } from 'cdk8s-plus-28';
import type { Hop } from '../../model/hop';
import type { CallModel } from '../../model/mesh-model';
import { canonical } from '../../support/ordering';
import { renderPeer } from './network-peer';

/** Rules of a NetworkPolicy, before it is known which directions it has. */
export interface NetworkRules {
  readonly ingress: readonly k8s.NetworkPolicyIngressRule[];
  readonly egress: readonly k8s.NetworkPolicyEgressRule[];
}

export const NO_RULES: NetworkRules = Object.freeze({ ingress: [], egress: [] });

/** What pods may receive from, and send to, the other end of each hop; on the ports of pods, for those are what packets carry. */
export function renderHops(incoming: readonly Hop[], outgoing: readonly Hop[]): NetworkRules {
  return {
    ingress: incoming.map((hop) => ({ from: hop.from.anywhere ? undefined : renderPeer(hop.from), ports: portsOfHop(hop) })),
    egress: outgoing.map((hop) => ({ to: renderPeer(hop.to), ports: portsOfHop(hop) })),
  };
}

/** The same for one end, by its key, of all connections that some calls make. */
export function renderEnd(key: string | undefined, calls: ReadonlyArray<Pick<CallModel, 'action' | 'hops'>>): NetworkRules {
  const hops = calls.filter(({ action }) => action === 'ALLOW').flatMap((call) => call.hops);
  return renderHops(
    hops.filter(({ to }) => to.key === key),
    hops.filter(({ from }) => from.key === key),
  );
}

/** A policy over some pods, each rule once, in one order. */
export function renderNetworkPolicy(podLabels: Readonly<Record<string, string>>, ...parts: readonly NetworkRules[]): k8s.NetworkPolicySpec {
  const ingress = canonical(parts.flatMap((part) => part.ingress).filter(opensPorts));
  const egress = canonical(parts.flatMap((part) => part.egress).filter(opensPorts));
  return {
    podSelector: Object.keys(podLabels).length > 0 ? { matchLabels: { ...podLabels } } : {},
    policyTypes: [...(ingress.length > 0 ? ['Ingress'] : []), ...(egress.length > 0 ? ['Egress'] : [])],
    ingress: ingress.length > 0 ? ingress : undefined,
    egress: egress.length > 0 ? egress : undefined,
  };
}

function portsOfHop({ networkPorts, udpPorts = [] }: Hop): k8s.NetworkPolicyPort[] {
  return [...tcp(networkPorts), ...portsOf('UDP', udpPorts)];
}

export function tcp(ports: readonly number[]): k8s.NetworkPolicyPort[] {
  return portsOf('TCP', ports);
}

export function portsOf(protocol: 'TCP' | 'UDP', ports: readonly number[]): k8s.NetworkPolicyPort[] {
  return [...new Set(ports)].sort((a, b) => a - b).map((port) => ({ protocol, port: intOrString(port) }));
}

/** A number where the generated classes want an object of their own, which is written as the number in the end. */
export function intOrString(value: number): k8s.IntOrString {
  return value as unknown as k8s.IntOrString;
}

// No ports in a rule means all of them, never none.
function opensPorts(rule: { readonly ports?: readonly unknown[] }): boolean {
  return rule.ports !== undefined && rule.ports.length > 0;
}
