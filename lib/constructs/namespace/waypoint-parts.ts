import type { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import * as gateway from '../../../imports/gateway.networking.k8s.io';
import * as security from '../../../imports/security.istio.io';
import { settledOf } from '../../graph/settle';
import type { Settled } from '../../graph/settled';
import { REVISION, WAYPOINT_FOR } from '../../istio/labels';
import type { ProxyPodsFacts } from '../../model/edge/proxy-pods';
import type { CallModel } from '../../model/mesh-model';
import { hasNetworkPolicies, hasPolicies, type WaypointFacts } from '../../model/namespace-facts';
import { waypointKey } from '../../planes/peers';
import { renderWaypointNetwork } from '../../render/network/guest-policy';
import { renderProxyNeeds } from '../../render/network/infrastructure-policy';
import { renderGatewayDenyAll } from '../../render/policies/gateway-access';
import { renderWaypoint, type WaypointTask } from '../../render/routes/gateway';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';
import { makePolicy } from '../tree/make-policy';
import type { Wanted } from '../tree/slot';
import { proxyNeedsOf } from './proxy-needs-of';
import type { DeclaredNamespace } from './namespace-of';
import { infrastructureOf, overlaysFor, type Said, withPodSecurity } from './proxy-infrastructure';

/** What a waypoint is there for, as it follows from what was said. */
export interface WaypointWork {
  /** Calls to whoever may be behind it. */
  readonly calls: (settled: Settled) => readonly CallModel[];
  readonly task: (settled: Settled) => WaypointTask;
  /** As the namespace says, where these are absent. */
  readonly revision?: string;
  readonly pods?: ProxyPodsFacts;
}

/** The objects of one waypoint in a namespace: its Gateway, and what closes it where the namespace is closed. */
export function waypointParts(scope: Construct, declared: DeclaredNamespace, waypoint: WaypointFacts, work: WaypointWork): Wanted[] {
  const { facts, dataPlane } = declared;
  const metadata = (suffix: string) => ({ name: `${waypoint.name}${suffix}`, namespace: waypoint.namespaceName });
  const said = () => withPodSecurity(scope, waypoint.namespaceName, { pods: work.pods ?? dataPlane._waypointPods });
  const gatewayItself: Wanted = { id: 'Resource', make: (at, id) => makeGateway(at, id, { declared, waypoint, said }, work) };
  const makeOverlays = overlaysFor(metadata(''), said);
  const parts = [...(makeOverlays ? [{ id: 'Infrastructure', make: makeOverlays }] : []), gatewayItself];
  if (!hasPolicies(facts)) return parts;
  // What it calls itself, to ask about requests, may be behind it too.
  const calls = (now: Settled) => [...new Set([...work.calls(now), ...now.callsFrom({ key: waypointKey(waypoint) })])];
  const rules = lazy(() => renderWaypointNetwork(waypoint, calls(settledOf(scope)), renderProxyNeeds(proxyNeedsOf(scope, declared))));
  const denyAll = { spec: renderGatewayDenyAll(waypoint.name, facts), isTried: () => facts.stage === 'observe' };
  return [
    ...parts,
    { id: 'Authorization', make: (at, id) => makePolicy(at, id, security.AuthorizationPolicy, metadata('-deny-all'), denyAll) },
    ...(hasNetworkPolicies(facts)
      ? [{ id: 'NetworkPolicy', make: (at: Construct, id: string) => makeObject(at, id, k8s.KubeNetworkPolicy, metadata(''), rules) }]
      : []),
  ];
}

interface Meant {
  readonly declared: DeclaredNamespace;
  readonly waypoint: WaypointFacts;
  readonly said: () => Said;
}

function makeGateway(
  scope: Construct,
  id: string,
  { declared, waypoint, said }: Meant,
  { task, revision = declared.dataPlane.revision }: WaypointWork,
): ApiObject {
  const { name, namespaceName } = waypoint;
  const labels = { [WAYPOINT_FOR]: 'service', ...(revision ? { [REVISION]: revision } : {}) };
  return makeObject(
    scope,
    id,
    gateway.Gateway,
    { name, namespace: namespaceName, labels },
    lazy(() => renderWaypoint(infrastructureOf(scope, name, said()), task(settledOf(scope)))),
  );
}
