import type { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import * as gateway from '../../../imports/gateway.networking.k8s.io';
import * as security from '../../../imports/security.istio.io';
import { settledOf } from '../../graph/settle';
import type { Settled } from '../../graph/settled';
import { REVISION, WAYPOINT_FOR } from '../../istio/labels';
import { hasNetworkPolicies, hasPolicies, type NamespaceFacts } from '../../model/namespace-facts';
import { waypointKey } from '../../planes/peers';
import { renderWaypointNetwork } from '../../render/network/guest-policy';
import { renderProxyNeeds } from '../../render/network/infrastructure-policy';
import { renderGatewayDenyAll } from '../../render/policies/gateway-access';
import { renderWaypoint, type WaypointTask } from '../../render/routes/gateway';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';
import { makePolicy } from '../tree/make-policy';
import { Slot } from '../tree/slot';
import type { DataPlane } from '../../values/mesh/data-plane';
import type { DeclaredNamespace } from './namespace-of';
import { infrastructureOf, overlaysFor, withPodSecurity } from './proxy-infrastructure';

/** Room for the waypoint of a namespace, which is there as soon as something in it needs HTTP, and for what closes it. */
export function reserveWaypoint(scope: Construct, { facts, dataPlane, infrastructure }: DeclaredNamespace): void {
  new Slot(scope, 'Waypoint', (settled) => {
    const waypoint = settled.waypoint(facts);
    if (!waypoint || facts.waypointHome !== undefined) return [];
    const metadata = (suffix: string) => ({ name: `${waypoint.name}${suffix}`, namespace: waypoint.namespaceName });
    const said = () => withPodSecurity(scope, waypoint.namespaceName, { pods: dataPlane._waypointPods });
    const gatewayItself = { id: 'Resource', make: (at: Construct, id: string) => makeGateway(at, id, facts, dataPlane) };
    const makeOverlays = overlaysFor(metadata(''), said);
    const parts = [...(makeOverlays ? [{ id: 'Infrastructure', make: makeOverlays }] : []), gatewayItself];
    if (!hasPolicies(facts)) return parts;
    // What it calls itself, to ask about requests, may be behind it too.
    const calls = (now: Settled) => [...new Set([...now.callsThrough(facts), ...now.callsFrom({ key: waypointKey(waypoint) })])];
    const rules = lazy(() => renderWaypointNetwork(waypoint, calls(settledOf(scope)), renderProxyNeeds(infrastructure)));
    const denyAll = { spec: renderGatewayDenyAll(waypoint.name, facts), isTried: () => facts.stage === 'observe' };
    return [
      ...parts,
      { id: 'Authorization', make: (at, id) => makePolicy(at, id, security.AuthorizationPolicy, metadata('-deny-all'), denyAll) },
      ...(hasNetworkPolicies(facts)
        ? [{ id: 'NetworkPolicy', make: (at: Construct, id: string) => makeObject(at, id, k8s.KubeNetworkPolicy, metadata(''), rules) }]
        : []),
    ];
  });
}

function makeGateway(scope: Construct, id: string, facts: NamespaceFacts, { revision, _waypointPods: pods }: DataPlane): ApiObject {
  const { name } = facts.possibleWaypoint!;
  const said = () => withPodSecurity(scope, facts.name, { pods });
  const labels = { [WAYPOINT_FOR]: 'service', ...(revision ? { [REVISION]: revision } : {}) };
  return makeObject(
    scope,
    id,
    gateway.Gateway,
    { name, namespace: facts.name, labels },
    lazy(() => renderWaypoint(infrastructureOf(scope, name, said()), taskOf(settledOf(scope), facts))),
  );
}

/** What it has to do for its own namespace, and for those that share it. */
function taskOf(settled: Settled, facts: NamespaceFacts): WaypointTask {
  return {
    namespaceNames: [facts.name, ...settled.guestsOf(facts)].sort(),
    tellsCallers: settled.needsThrough(facts).some(({ tellsCaller }) => tellsCaller),
  };
}
