import type { Construct } from 'constructs';
import * as security from '../../../imports/security.istio.io';
import { HEALTH } from '../../istio/ports';
import { hasPolicies } from '../../model/namespace-facts';
import type { PartyFacts } from '../../model/party';
import { renderGuests } from '../../render/network/guest-policy';
import { renderProxyNeeds } from '../../render/network/infrastructure-policy';
import { tcp } from '../../render/network/network-policy';
import { renderGatewayAccess } from '../../render/policies/gateway-access';
import { proxyNeedsOf } from '../namespace/proxy-needs-of';
import { knownNamespace } from '../namespace/namespace-of';
import { reserveNetworkPolicy } from '../policies/reserve-network-policy';
import { lazy } from '../tree/lazy';
import { makePolicy } from '../tree/make-policy';
import { Slot } from '../tree/slot';

/**
 * Room for what a gateway needs in a closed namespace: a grant, to take requests from outside, and what its pods exchange packets with besides its
 * calls; whose routes it takes is what other programs expose. Nothing in an open namespace.
 */
export function closeGateway(scope: Construct, party: PartyFacts, ports: () => readonly number[], routesFrom: readonly string[]): void {
  const metadata = { name: party.name, namespace: party.namespaceName };
  const access = {
    spec: lazy(() => renderGatewayAccess(party, ports())),
    isTried: () => knownNamespace(scope, party.namespaceName).facts.stage === 'observe',
  };
  new Slot(scope, 'Authorization', (settled) =>
    hasPolicies(settled.party(party).namespace)
      ? [{ id: 'Resource', make: (at, id) => makePolicy(at, id, security.AuthorizationPolicy, metadata, access) }]
      : [],
  );
  reserveNetworkPolicy(scope, party, () => {
    const needs = renderProxyNeeds(proxyNeedsOf(scope, knownNamespace(scope, party.namespaceName)));
    // Requests come from anywhere, and so do the load balancer's questions after its health.
    return [{ ingress: [{ ports: tcp([...ports(), HEALTH]) }, ...needs.ingress], egress: [...needs.egress, ...renderGuests(routesFrom)] }];
  });
}
