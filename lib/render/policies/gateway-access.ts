import * as security from '../../../imports/security.istio.io';
import { GATEWAY_API } from '../../istio/api-groups';
import { WAYPOINT_CLASS } from '../../istio/gateway-classes';
import type { Closing } from '../../model/namespace-facts';
import type { PartyFacts } from '../../model/party';
import { rulesBesideGrants } from './deny-all';

/** Lets requests from outside into a gateway on some ports of its pods. */
export function renderGatewayAccess(party: Opened, ports: readonly number[]): security.AuthorizationPolicySpec {
  const rules = [{ to: [{ operation: { ports: ports.map(String) } }] }];
  return { ...attachedTo(party), action: security.AuthorizationPolicySpecAction.ALLOW, rules };
}

type Opened = Pick<PartyFacts, 'name' | 'podLabels' | 'isIstioGateway'>;

/** How a policy is attached to the pods of a gateway. */
export function attachedTo({ name, podLabels, isIstioGateway }: Opened): Pick<security.AuthorizationPolicySpec, 'selector' | 'targetRefs'> {
  return isIstioGateway ? { selector: { matchLabels: { ...podLabels } } } : { targetRefs: [{ group: GATEWAY_API, kind: 'Gateway', name }] };
}

/** A waypoint ignores policies without targetRefs. An ALLOW without rules closes every Service behind it that no other policy opens. */
export function renderGatewayDenyAll(gatewayName: string, closing: Closing): security.AuthorizationPolicySpec {
  return { ...attachedTo({ name: gatewayName }), action: security.AuthorizationPolicySpecAction.ALLOW, rules: rulesBesideGrants(closing) };
}

/** The same for the waypoints of all namespaces: it stands in the root namespace. */
export function renderWaypointsDenyAll(): security.AuthorizationPolicySpec {
  const targetRefs = [{ group: GATEWAY_API, kind: 'GatewayClass', name: WAYPOINT_CLASS }];
  return { targetRefs, action: security.AuthorizationPolicySpecAction.ALLOW };
}
