import * as security from '../../../imports/security.istio.io';
import { GATEWAY_API } from '../../istio/api-groups';
import { WAYPOINT_CLASS } from '../../istio/gateway-classes';
import type { Closing } from '../../model/namespace-facts';
import type { PartyFacts } from '../../model/party';
import { rulesBesideGrants } from './deny-all';

/** Lets requests from outside into a gateway on some ports of its pods. */
export function renderGatewayAccess(party: Opened, ports: readonly number[]): security.AuthorizationPolicySpec {
  const { name, podLabels, isIstioGateway } = party;
  const rules = [{ to: [{ operation: { ports: ports.map(String) } }] }];
  if (!isIstioGateway) return { ...atGateway(name), rules };
  return { selector: { matchLabels: { ...podLabels } }, action: security.AuthorizationPolicySpecAction.ALLOW, rules };
}

type Opened = Pick<PartyFacts, 'name' | 'podLabels' | 'isIstioGateway'>;

/** A waypoint ignores policies without targetRefs. An ALLOW without rules closes every Service behind it that no other policy opens. */
export function renderGatewayDenyAll(gatewayName: string, closing: Closing): security.AuthorizationPolicySpec {
  return { ...atGateway(gatewayName), rules: rulesBesideGrants(closing) };
}

function atGateway(name: string): security.AuthorizationPolicySpec {
  return { targetRefs: [{ group: GATEWAY_API, kind: 'Gateway', name }], action: security.AuthorizationPolicySpecAction.ALLOW };
}

/** The same for the waypoints of all namespaces: it stands in the root namespace. */
export function renderWaypointsDenyAll(): security.AuthorizationPolicySpec {
  const targetRefs = [{ group: GATEWAY_API, kind: 'GatewayClass', name: WAYPOINT_CLASS }];
  return { targetRefs, action: security.AuthorizationPolicySpecAction.ALLOW };
}
