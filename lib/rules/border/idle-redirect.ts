import { NETWORKING } from '../../istio/api-groups';
import { nameOf } from '../../cluster/objects/manifest-object';
import { istioGateways } from '../../cluster/routes/istio-gateways';
import { isHttpProtocol } from '../../cluster/services/protocols';
import { clusterOf } from '../cluster-of';
import { isRaw } from '../owners';
import { rule } from '../rule';

export const idleRedirect = rule({
  code: 'MESH432',
  level: 'warning',
  title: 'redirect to HTTPS where nobody speaks plain HTTP',
  compares: [{ kinds: [`${NETWORKING}/Gateway`], fields: ['spec servers port protocol', 'spec servers tls httpsRedirect'], made: false }],

  check(model, report) {
    for (const { object, servers } of istioGateways(clusterOf(model)).filter(isRaw)) {
      for (const { port, protocol } of servers.filter((server) => server.redirects && !isHttpProtocol(server.protocol))) {
        report({
          on: object,
          message: `${nameOf(object)} redirects clients of port ${port} to HTTPS, and they speak ${protocol} there: nobody is redirected`,
          got: `protocol ${protocol}, tls.httpsRedirect: true`,
          fix: 'say httpsRedirect at a server for HTTP, port 80, with the same hosts',
        });
      }
    }
  },
});
