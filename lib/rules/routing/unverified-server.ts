import { NETWORKING } from '../../istio/api-groups';
import { listOf, valueAt } from '../../cluster/objects/fields';
import { specOf } from '../../cluster/objects/manifest-object';
import { destinationRules } from '../../cluster/routes/destination-rules';
import { clusterOf } from '../cluster-of';
import { fieldPaths } from '../comparison';
import { isRaw } from '../owners';
import { rule } from '../rule';

const POLICIES = fieldPaths(['spec trafficPolicy', 'spec trafficPolicy portLevelSettings', 'spec subsets trafficPolicy'], ['tls']);

export const unverifiedServer = rule({
  code: 'MESH231',
  level: 'warning',
  title: 'TLS to a server that nobody verifies',
  compares: [{ kinds: [`${NETWORKING}/DestinationRule`], fields: fieldPaths(POLICIES, ['insecureSkipVerify']), made: false }],

  check(model, report) {
    for (const { object, title, host } of destinationRules(clusterOf(model)).filter(isRaw)) {
      const { trafficPolicy, subsets } = specOf(object);
      const policies = [trafficPolicy, ...listOf(subsets).map((subset) => subset.trafficPolicy)];
      const levels = policies.flatMap((policy) => [policy, ...listOf(valueAt(policy, 'portLevelSettings'))]);
      if (!levels.some((level) => valueAt(level, 'tls', 'insecureSkipVerify') === true)) continue;
      report({
        on: object,
        message: `${title} encrypts connections to ${host} and asks nobody who the server is: whoever stands between can read them`,
        got: 'tls.insecureSkipVerify: true',
        fix: 'leave it out: without caCertificates the public authorities of the system are trusted; for others name them in caCertificates or credentialName',
      });
    }
  },
});
