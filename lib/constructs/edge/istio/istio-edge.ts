import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { MeshGraph } from '../../../graph/mesh-graph';
import { gateOf, gatesOf, type IstioGatewayRef, type IstioPodsFacts } from '../../../model/edge/istio-gateway';
import type { Door, ListenerFacts } from '../../../model/edge/listener';
import type { PartyFacts } from '../../../model/party';
import { namespaceOf } from '../../namespace/namespace-of';
import type { IngressGatewayProps } from '../ingress-gateway-props';
import { HostRoutes } from './host-routes';
import { foreignParty, istioParty } from './istio-party';
import { makeIstioGateways } from './make-istio-gateways';
import { requireNearCertificates, requireNothingMade } from './require-of-istio';

/** What comes in at Gateways of Istio: which Gateway is for a listener, and where routes go. */
export interface IstioEntry {
  readonly routes: HostRoutes;
  /** The Gateway of a door; of another program's the doors are not known, and all are one. */
  readonly gatewayOf: (door?: Door) => IstioGatewayRef;
  /** Its routes stand with the services, and so in one namespace a host. */
  readonly isOthers?: boolean;
}

/** The Gateways of Istio of one gateway. */
export interface IstioEdge extends IstioEntry {
  readonly resource: ApiObject;
  /** The port of the pods to which a port of their Service leads. */
  readonly podPort: (port: number) => number;
}

/** Who a gateway on pods of somebody else is, once nothing was said that has no meaning for it. */
export function ownIstioParty(at: Construct, graph: MeshGraph, name: string, { istioPods, ...said }: IngressGatewayProps): PartyFacts {
  const { pods, service, listenersFrom } = said;
  requireNothingMade(at, { pods, service, listenersFrom });
  const home = namespaceOf(at);
  const party = istioParty(at, graph, { name, namespaceName: home, keyPrefix: 'gateway' }, istioPods!._facts);
  return party.namespaceName === home ? party : foreignParty(party);
}

export function openIstioEdge(
  at: Construct,
  party: PartyFacts,
  pods: IstioPodsFacts,
  { listeners, routesFrom }: { readonly listeners: readonly ListenerFacts[]; readonly routesFrom: readonly string[] },
): IstioEdge {
  requireNearCertificates(at, party, listeners);
  const namespaceName = namespaceOf(at);
  const gates = gatesOf(party.name, listeners);
  return {
    resource: makeIstioGateways(at, namespaceName, gates, pods.podLabels, routesFrom),
    routes: new HostRoutes(at, party, namespaceName),
    gatewayOf: (door) => ({ name: gateOf(gates, door!).name, namespaceName }),
    podPort: (port) => pods.targetPorts[port] ?? port,
  };
}
