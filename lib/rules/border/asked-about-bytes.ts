import { partyText } from '../call-words';
import { rule } from '../rule';

export const askedAboutBytes = rule({
  code: 'MESH261',
  level: 'warning',
  title: 'an authorizer of requests where bytes come in as well',

  check({ gatewayChecks = [] }, report) {
    for (const check of gatewayChecks) {
      const { gateway, action, provider, bytesOn } = check;
      if (action !== 'CUSTOM' || bytesOn === undefined) continue;
      report({
        on: check,
        message: `${partyText(gateway)} asks ${provider} about requests, and on a port where it takes bytes as well: one that speaks gRPC is asked about each of those connections, and one that speaks HTTP about none of them`,
        got: `port ${bytesOn}`,
        fix: 'give the listener for bytes a port of its own',
      });
    }
  },
});
