import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { settledOf } from '../../graph/settle';
import type { Settled } from '../../graph/settled';
import type { CallerPods } from '../../model/beside/beside';
import { renderHops, renderNetworkPolicy } from '../../render/network/network-policy';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';
import { Slot, type Wanted } from '../tree/slot';

/** Room for what opens a closed namespace to its pods that no construct made: the way out to whom their account may call. */
export function reserveCallers(scope: Construct, namespaceName: string): void {
  new Slot(scope, 'Callers', (settled) =>
    settled
      .callersIn(namespaceName)
      .filter(({ isToldApart }) => isToldApart)
      .map((pods) => wayOut(pods)),
  );
}

function wayOut(pods: CallerPods): Wanted {
  const name = `${pods.name}-${pods.kind.toLowerCase()}`;
  const make = (scope: Construct, id: string) =>
    makeObject(
      scope,
      id,
      k8s.KubeNetworkPolicy,
      { name, namespace: pods.namespaceName },
      lazy(() => render(pods, settledOf(scope))),
    );
  return { id: name, make };
}

function render(pods: CallerPods, settled: Settled): k8s.NetworkPolicySpec {
  const outgoing = settled.callsOfPods(pods).flatMap(({ caller, hops }) => hops.filter(({ from }) => from.key === caller.key));
  return renderNetworkPolicy(pods.labels, renderHops([], outgoing));
}
