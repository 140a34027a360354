import { partyText } from '../call-words';
import { rule } from '../rule';

export const clientsOfBytes = rule({
  code: 'MESH265',
  level: 'warning',
  title: 'clients refused for some requests where bytes come in as well',

  check({ gatewayChecks = [] }, report) {
    for (const check of gatewayChecks) {
      const { gateway, clients, bytesOn } = check;
      if (!clients || bytesOn === undefined) continue;
      report({
        on: check,
        message: `${partyText(gateway)} refuses clients some requests, and on a port where it takes bytes as well: of those istiod leaves hosts and paths out, and refuses these clients every connection`,
        got: `port ${bytesOn}`,
        fix: 'give the listener for bytes a port of its own, or leave hosts and http out to refuse these clients everything',
      });
    }
  },
});
