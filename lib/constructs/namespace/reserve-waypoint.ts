import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-28';
import { GATEWAY_API } from '../../istio/api-groups';
import { WAYPOINT_CLASS } from '../../istio/gateway-classes';
import { REVISION, WAYPOINT_FOR } from '../../istio/labels';
import * as gateway from '../../../imports/gateway.networking.k8s.io';
import * as security from '../../../imports/security.istio.io';
import type { HomeState } from '../../graph/namespace-state';
import type { MeshRegistry } from '../../graph/mesh-registry';
import type { Peer } from '../../model/hop';
import type { InfrastructureFacts } from '../../model/infrastructure-facts';
import { hopsOf } from '../../planes/plane-of';
import { gatewayPods, waypointPeer } from '../../planes/peers';
import { HBONE } from '../../istio/ports';
import { renderProxyNeeds } from '../../render/network/infrastructure-policy';
import { renderHops, renderNetworkPolicy } from '../../render/network/network-policy';
import type { DataPlane } from '../../values/mesh/data-plane';
import { makeObject } from '../tree/make-object';
import { ownLabels } from './proxy-labels';
import { lazy } from '../tree/lazy';
import { Slot } from '../tree/slot';

interface WaypointParts {
  readonly dataPlane: DataPlane;
  readonly infrastructure: InfrastructureFacts;
}

/** Keeps a place for the waypoint of a namespace, and fills it as soon as something there needs HTTP. */
export function reserveWaypoint(scope: Construct, registry: MeshRegistry, home: HomeState, parts: WaypointParts): void {
  const place = new Slot(scope, 'Waypoint');
  home.whenWaypoint(() => {
    place.fill((at, id) => makeGateway(at, id, home, parts.dataPlane.revision));
    if (!home.zeroTrust) return;
    place.fill((at, id) => makeDenyAll(at, id, home), 'Authorization');
    place.fill((at, id) => makeNetworkPolicy(at, id, registry, home, parts.infrastructure), 'NetworkPolicy');
  });
}

function makeGateway(scope: Construct, id: string, home: HomeState, revision?: string): gateway.Gateway {
  return new gateway.Gateway(scope, id, {
    metadata: {
      name: home.waypoint!.name,
      namespace: home.name,
      labels: { [WAYPOINT_FOR]: 'service', ...(revision ? { [REVISION]: revision } : {}) },
    },
    spec: {
      gatewayClassName: WAYPOINT_CLASS,
      infrastructure: ownLabels(scope),
      listeners: [{ name: 'mesh', port: HBONE, protocol: 'HBONE' }],
    },
  });
}

// A waypoint ignores policies without targetRefs. An ALLOW without rules closes every Service behind it that no other policy opens.
function makeDenyAll(scope: Construct, id: string, home: HomeState): security.AuthorizationPolicy {
  const { name } = home.waypoint!;
  return new security.AuthorizationPolicy(scope, id, {
    metadata: { name: `${name}-deny-all`, namespace: home.name },
    spec: {
      targetRefs: [{ group: GATEWAY_API, kind: 'Gateway', name }],
      action: security.AuthorizationPolicySpecAction.ALLOW,
    },
  });
}

function makeNetworkPolicy(
  scope: Construct,
  id: string,
  registry: MeshRegistry,
  home: HomeState,
  infrastructure: InfrastructureFacts,
): ApiObject {
  const { name } = home.waypoint!;
  return makeObject(
    scope,
    id,
    k8s.KubeNetworkPolicy,
    { name, namespace: home.name },
    lazy(() => {
      const isWaypoint = samePeer(waypointPeer(home.waypoint!));
      const hops = registry
        .partiesIn(home.name)
        .flatMap((party) => registry.callsTo(party))
        .filter((call) => call.action === 'ALLOW')
        .flatMap((call) => hopsOf(call));
      const own = renderHops(
        hops.filter((hop) => isWaypoint(hop.to)),
        hops.filter((hop) => isWaypoint(hop.from)),
      );
      return renderNetworkPolicy(gatewayPods(name), own, renderProxyNeeds(infrastructure));
    }),
  );
}

function samePeer(one: Peer): (other: Peer) => boolean {
  const text = JSON.stringify(one);
  return (other) => other.namespaceName === one.namespaceName && JSON.stringify(other) === text;
}
