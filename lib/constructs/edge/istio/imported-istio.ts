import type { Construct } from 'constructs';
import type { MeshGraph } from '../../../graph/mesh-graph';
import type { IstioGatewayRef } from '../../../model/edge/istio-gateway';
import type { ForeignFacts, PartyFacts } from '../../../model/party';
import type { IngressGatewayAttributes } from '../ingress-gateway-attributes';
import { HostRoutes } from './host-routes';
import type { IstioEntry } from './istio-edge';
import { foreignParty, istioParty } from './istio-party';
import { requireNothingMade } from './require-of-istio';

/** Who a Gateway of Istio is that another program makes. */
export function importedIstioParty(
  at: Construct,
  graph: MeshGraph,
  namespaceName: string,
  attributes: IngressGatewayAttributes,
): ForeignFacts {
  const { listener, serviceAccountName, podLabels, istioPods, name = at.node.id } = attributes;
  requireNothingMade(at, { listener, serviceAccountName, podLabels });
  const party = istioParty(at, graph, { name, namespaceName, keyPrefix: 'imported-gateway' }, istioPods!._facts);
  return foreignParty({ ...party, key: `${party.key}:${at.node.path}` });
}

/** Its routes stand with the services that are exposed: the Gateway says of which namespaces it takes some. */
export function importedIstio(at: Construct, party: PartyFacts, gateway: IstioGatewayRef): IstioEntry {
  return { routes: new HostRoutes(at, party), gatewayOf: () => gateway, isOthers: true };
}
