import type { GatewayCheck } from '../../model/edge/gateway-check';
import type { MeshModel } from '../../model/mesh-model';
import { partyText } from '../../rules/call-words';
import { code, type Row, table } from './markdown';
import { declaredText } from './declared-text';
import { declaredAs, requestTexts } from './reported-calls';

/** What gateways do about requests before they send them on, as a table. */
export function checksAtGateways({ gatewayChecks = [] }: MeshModel): string {
  return table(['gateway', 'what it does', 'hosts', 'requests', 'declared in'], gatewayChecks.map(checkRow));
}

function checkRow(check: GatewayCheck): Row {
  const { gateway, hosts, http = [] } = check;
  const requests = http.flatMap(requestTexts).sort();
  return [
    partyText(gateway),
    deedOf(check),
    hosts.length > 0 ? hosts : 'all',
    requests.length > 0 ? requests.map(code) : 'all',
    declaredText(declaredAs(check)),
  ];
}

function deedOf({ action, provider, clients }: GatewayCheck): string {
  if (clients) return `refuses clients ${clients.others ? 'from elsewhere than' : 'at'} ${clients.blocks.join(', ')}`;
  return action === 'AUDIT' ? 'marks for the log' : `asks ${provider}`;
}
