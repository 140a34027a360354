import { hasOwnPods } from '../../model/party';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import * as security from '../../../imports/security.istio.io';
import { MeshGraph } from '../../graph/mesh-graph';
import { hasNetworkPolicies } from '../../model/namespace-facts';
import { planeOf } from '../../planes/plane-of';
import { probedPorts } from '../../render/network/guest-policy';
import { renderDefaultDeny } from '../../render/network/default-deny';
import { renderInfrastructure } from '../../render/network/infrastructure-policy';
import { renderNetworkPolicy } from '../../render/network/network-policy';
import { renderDenyAll } from '../../render/policies/deny-all';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';
import { makePolicy } from '../tree/make-policy';
import { proxyNeedsOf } from './proxy-needs-of';
import type { DeclaredNamespace } from './namespace-of';
import { reserveCallers } from './reserve-callers';

/** Refuses everything in a namespace, in both layers, but what its pods need besides their calls. */
export function closeNamespace(scope: Construct, declared: DeclaredNamespace): void {
  const { facts } = declared;
  const metadata = (name: string) => ({ name, namespace: facts.name });
  const isTried = (): boolean => facts.stage === 'observe';
  // One object at every stage: what lets all through would stay behind as an object of its own.
  const denyAll = makePolicy(scope, 'DenyAll', security.AuthorizationPolicy, metadata('deny-all'), { spec: renderDenyAll(facts), isTried });
  if (!hasNetworkPolicies(facts)) return;
  const defaultDeny = makeObject(scope, 'DefaultDeny', k8s.KubeNetworkPolicy, metadata('default-deny'), renderDefaultDeny(facts));
  // What lets everything through has to be there before what lets in some.
  if (facts.stage) scope.node.findChild('Waypoint').node.addDependency(denyAll, defaultDeny);
  const needs = lazy(() =>
    renderNetworkPolicy({}, renderInfrastructure(proxyNeedsOf(scope, declared), planeOf(facts), probesIn(MeshGraph.of(scope), facts.name))),
  );
  makeObject(scope, 'Infrastructure', k8s.KubeNetworkPolicy, metadata('infrastructure'), needs);
  reserveCallers(scope, facts.name);
}

function probesIn(graph: MeshGraph, namespaceName: string): number[] {
  return graph.partiesIn(namespaceName).filter(hasOwnPods).flatMap(probedPorts);
}
