import type { Construct } from 'constructs';
import { GATEWAY_API } from '../../istio/api-groups';
import { INGRESS_CLASS } from '../../istio/gateway-classes';
import { NAMESPACE_NAME, REVISION } from '../../istio/labels';
import { HEALTH } from '../../istio/ports';
import * as gateway from '../../../imports/gateway.networking.k8s.io';
import * as security from '../../../imports/security.istio.io';
import type { MeshRegistry } from '../../graph/mesh-registry';
import type { InfrastructureFacts } from '../../model/infrastructure-facts';
import type { Party } from '../../model/party';
import { renderProxyNeeds } from '../../render/network/infrastructure-policy';
import { tcp } from '../../render/network/network-policy';
import { compareText } from '../../support/ordering';
import { ownLabels } from '../namespace/proxy-labels';
import { lazy } from '../tree/lazy';
import { NetworkEnds } from '../policies/network-ends';

export const LISTENER = 'https';
const PORT = 443;

export interface GatewayParts {
  readonly tlsSecret: string;
  readonly revision?: string;
}

/** The Gateway; routes attach from the namespaces of the services that it exposes, and from no other. */
export function makeGateway(
  scope: Construct,
  party: Party,
  registry: MeshRegistry,
  { tlsSecret, revision }: GatewayParts,
): gateway.Gateway {
  return new gateway.Gateway(scope, 'Resource', {
    metadata: { name: party.name, namespace: party.namespaceName, labels: revision ? { [REVISION]: revision } : undefined },
    spec: {
      gatewayClassName: INGRESS_CLASS,
      infrastructure: ownLabels(scope),
      listeners: [
        makeListener(
          tlsSecret,
          lazy(() => exposedFrom(party, registry)),
        ),
      ],
    },
  });
}

function makeListener(tlsSecret: string, namespaces: string[]): gateway.GatewaySpecListeners {
  return {
    name: LISTENER,
    port: PORT,
    protocol: 'HTTPS',
    tls: { mode: gateway.GatewaySpecListenersTlsMode.TERMINATE, certificateRefs: [{ kind: 'Secret', group: '', name: tlsSecret }] },
    allowedRoutes: {
      kinds: [{ group: GATEWAY_API, kind: 'HTTPRoute' }],
      namespaces: {
        from: gateway.GatewaySpecListenersAllowedRoutesNamespacesFrom.SELECTOR,
        selector: {
          matchExpressions: [{ key: NAMESPACE_NAME, operator: 'In', values: namespaces }],
        },
      },
    },
  };
}

/** In a closed namespace a gateway needs a grant too: to take requests from outside, and its own two ends of the network layer. */
export function closeGateway(scope: Construct, party: Party, registry: MeshRegistry, infrastructure: InfrastructureFacts): NetworkEnds {
  if (!party.home.zeroTrust) return new NetworkEnds(scope, party, registry);
  registry.own(
    new security.AuthorizationPolicy(scope, 'Authorization', {
      metadata: { name: party.name, namespace: party.namespaceName },
      spec: {
        targetRefs: [{ group: GATEWAY_API, kind: 'Gateway', name: party.name }],
        action: security.AuthorizationPolicySpecAction.ALLOW,
        rules: [{ to: [{ operation: { ports: [String(PORT)] } }] }],
      },
    }),
  );
  const needs = renderProxyNeeds(infrastructure);
  // Requests come from anywhere, and so do the load balancer's questions after its health.
  const always = { ingress: [{ ports: tcp([PORT, HEALTH]) }, ...needs.ingress], egress: needs.egress };
  return new NetworkEnds(scope, party, registry, always);
}

// A selector that lists no namespace is refused by the API server: with nothing exposed yet, the gateway's own has to do.
function exposedFrom(party: Party, registry: MeshRegistry): string[] {
  const names = new Set(
    registry.exposures.filter((exposure) => exposure.gateway === party).map((exposure) => exposure.service.namespaceName),
  );
  return names.size > 0 ? [...names].sort(compareText) : [party.namespaceName];
}
