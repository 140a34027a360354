import { partyText } from '../call-words';
import { rule } from '../rule';

export const unseenClients = rule({
  code: 'MESH264',
  level: 'warning',
  title: 'clients told by addresses that their gateway may not see',

  check({ gatewayChecks = [] }, report) {
    for (const check of gatewayChecks) {
      const { gateway, clients } = check;
      if (!clients || clients.areSeen) continue;
      const effect = clients.others ? 'it then refuses all of them' : 'it then refuses none of them';
      report({
        on: check,
        message: `${partyText(gateway)} tells clients by their addresses, and nothing says that it sees them: a node that hands connections on, or a proxy before it, shows its own address, and ${effect}`,
        got: `${clients.field} ${clients.blocks.join(', ')}`,
        fix: fixOf(clients.field),
      });
    }
  },
});

function fixOf(field: string): string {
  const byProxies = field === 'remoteIpBlocks' ? ', or trustedProxies where proxies before it note their clients' : '';
  return `set service: { keepsClientAddress: true } on the gateway${byProxies}; where the load balancer or a Service of others hands addresses on as they are, acknowledge this`;
}
