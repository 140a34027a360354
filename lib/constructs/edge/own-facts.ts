import type { IConstruct } from 'constructs';
import { type MeshSettings, principalOf } from '../../graph/mesh-settings';
import { gatewayObjectName, INGRESS_CLASS } from '../../istio/gateway-classes';
import type { PartyFacts } from '../../model/party';
import { gatewayPods } from '../../planes/peers';
import { CallSite } from '../../support/call-site';
import { requireName } from '../../support/object-names';
import { gatewayServiceOf } from '../../values/edge/gateway-service';
import { proxyPodsOf } from '../../values/workload/proxy-pods';
import { namespaceOf } from '../namespace/namespace-of';
import type { Said } from '../namespace/proxy-infrastructure';
import type { ClientsPlace } from './checks/refuse-clients';
import { requireTrusted, trusting } from './checks/trusted-proxies';
import type { IngressGatewayProps } from './ingress-gateway-props';

/** What is said of those who stand before a gateway, by which it sees its clients. */
export function seenBehind({ trustedProxies, service }: IngressGatewayProps): Pick<ClientsPlace, 'trustedProxies' | 'keepsClientAddress'> {
  return {
    trustedProxies: trustedProxies === undefined ? undefined : requireTrusted(trustedProxies),
    keepsClientAddress: service?.keepsClientAddress,
  };
}

/** What is said of the pods and the Service that istiod makes for a gateway. */
export function infrastructureSaid({ pods, service, trustedProxies }: IngressGatewayProps): Said {
  const facts = pods && proxyPodsOf('IngressGateway', pods);
  return {
    pods: trustedProxies === undefined ? facts : trusting(trustedProxies, facts),
    service: service && gatewayServiceOf('IngressGateway', service),
  };
}

/** Who a gateway is whose pods istiod makes. */
export function ownParty(at: IConstruct, gatewayName: string, settings: MeshSettings): PartyFacts {
  const namespaceName = namespaceOf(at);
  const serviceAccountName = requireName(
    at,
    'gateway name, with the -istio that Istio adds to its Service,',
    gatewayObjectName(gatewayName, INGRESS_CLASS),
  );
  return {
    kind: 'gateway',
    key: `gateway:${namespaceName}/${gatewayName}`,
    path: at.node.path,
    site: CallSite.here(),
    name: gatewayName,
    namespaceName,
    owned: true,
    ports: [],
    serviceAccountName,
    principal: principalOf(settings, namespaceName, serviceAccountName),
    podLabels: Object.freeze(gatewayPods(gatewayName)),
  };
}
