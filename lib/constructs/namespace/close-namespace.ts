import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import * as security from '../../../imports/security.istio.io';
import { MeshGraph } from '../../graph/mesh-graph';
import { hasOwnPods } from '../../graph/settled';
import { planeOf } from '../../planes/plane-of';
import { probedPorts } from '../../render/network/guest-policy';
import { renderInfrastructure } from '../../render/network/infrastructure-policy';
import { renderNetworkPolicy } from '../../render/network/network-policy';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';
import type { DeclaredNamespace } from './namespace-of';
import { reserveCallers } from './reserve-callers';

/** Refuses everything in a namespace, in both layers, but what its pods need besides their calls. */
export function closeNamespace(scope: Construct, { facts, infrastructure }: DeclaredNamespace): void {
  const metadata = (name: string) => ({ name, namespace: facts.name });
  makeObject(scope, 'DenyAll', security.AuthorizationPolicy, metadata('deny-all'), {});
  makeObject(scope, 'DefaultDeny', k8s.KubeNetworkPolicy, metadata('default-deny'), {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
  });
  const needs = lazy(() =>
    renderNetworkPolicy({}, renderInfrastructure(infrastructure, planeOf(facts), probesIn(MeshGraph.of(scope), facts.name))),
  );
  makeObject(scope, 'Infrastructure', k8s.KubeNetworkPolicy, metadata('infrastructure'), needs);
  reserveCallers(scope, facts.name);
}

function probesIn(graph: MeshGraph, namespaceName: string): number[] {
  return graph.partiesIn(namespaceName).filter(hasOwnPods).flatMap(probedPorts);
}
