import type { Construct } from 'constructs';
import * as security from '../../../imports/security.istio.io';
import { HEALTH } from '../../istio/ports';
import type { PartyFacts } from '../../model/party';
import { renderProxyNeeds } from '../../render/network/infrastructure-policy';
import { type NetworkRules, tcp } from '../../render/network/network-policy';
import { renderGatewayAccess } from '../../render/policies/gateway-access';
import type { DeclaredNamespace } from '../namespace/namespace-of';
import { makeObject } from '../tree/make-object';

/**
 * In a closed namespace a gateway needs a grant too, to take requests from outside. Answers what its pods exchange packets with besides its calls;
 * nothing in an open namespace.
 */
export function closeGateway(scope: Construct, party: PartyFacts, port: number, namespace: DeclaredNamespace): NetworkRules | undefined {
  if (!namespace.facts.zeroTrust) return undefined;
  const metadata = { name: party.name, namespace: party.namespaceName };
  makeObject(scope, 'Authorization', security.AuthorizationPolicy, metadata, renderGatewayAccess(party.name, port));
  const needs = renderProxyNeeds(namespace.infrastructure);
  // Requests come from anywhere, and so do the load balancer's questions after its health.
  return { ingress: [{ ports: tcp([port, HEALTH]) }, ...needs.ingress], egress: needs.egress };
}
