import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { CallListener, MeshRegistry } from '../../graph/mesh-registry';
import type { Call } from '../../model/call';
import type { Party } from '../../model/party';
import { hopsOf } from '../../planes/plane-of';
import { type NetworkRules, NO_RULES, renderHops, renderNetworkPolicy } from '../../render/network/network-policy';
import { makeObject } from '../tree/make-object';
import { lazy } from '../tree/lazy';
import { Slot } from '../tree/slot';

/** The NetworkPolicy of one party's pods in a closed namespace: its end of every connection that a call makes. */
export class NetworkEnds implements CallListener {
  private readonly place: Slot;

  constructor(
    scope: Construct,
    private readonly party: Party,
    private readonly registry: MeshRegistry,
    private readonly always: NetworkRules = NO_RULES,
  ) {
    this.place = new Slot(scope, 'NetworkPolicy');
    if (always !== NO_RULES) this.fill();
  }

  onCall(call: Call): void {
    if (call.action === 'ALLOW') this.fill();
  }

  private fill(): void {
    if (!this.party.home.zeroTrust) return;
    this.place.fill((scope, id) => {
      const { name, namespaceName: namespace } = this.party;
      return makeObject(
        scope,
        id,
        k8s.KubeNetworkPolicy,
        { name, namespace },
        lazy(() => this.render()),
      );
    });
  }

  private render(): k8s.NetworkPolicySpec {
    const { party, registry } = this;
    const incoming = allowed(registry.callsTo(party)).filter((hop) => hop.to.podLabels === party.podLabels);
    const outgoing = allowed(registry.callsFrom(party)).filter((hop) => hop.from.podLabels === party.podLabels);
    return renderNetworkPolicy(party.podLabels!, renderHops(incoming, outgoing), this.always);
  }
}

function allowed(calls: readonly Call[]): ReturnType<typeof hopsOf>[number][] {
  return calls.filter((call) => call.action === 'ALLOW').flatMap((call) => hopsOf(call));
}
