import { NETWORKING } from '../../istio/api-groups';
import { DEFAULT_ACCOUNT } from '../../istio/defaults';
import { textOf, valueAt } from '../../cluster/objects/fields';
import { nameOf, namespaceOf, specOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { knownAccounts } from '../../cluster/workloads/accounts';
import { accountKey } from '../../cluster/workloads/identities';
import { clusterOf } from '../cluster-of';
import { ownedNamespaces } from '../planes';
import { rule } from '../rule';

export const machineAccount = rule({
  code: 'MESH158',
  level: 'error',
  title: 'machines under a ServiceAccount that does not exist',
  compares: [{ kinds: [`${NETWORKING}/WorkloadGroup`], fields: ['spec template serviceAccount'], made: false }],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const object of objectsOf(cluster, NETWORKING, 'WorkloadGroup').filter(({ made }) => !made)) {
      const account = textOf(valueAt(specOf(object), 'template', 'serviceAccount'));
      const namespaceName = namespaceOf(object);
      if (account === undefined || account === DEFAULT_ACCOUNT || !ownedNamespaces(model).has(namespaceName)) continue;
      if (knownAccounts(cluster).has(accountKey(namespaceName, account))) continue;
      report({
        on: object,
        field: ['spec', 'template', 'serviceAccount'],
        message: `${nameOf(object)} names ServiceAccount ${account}, and namespace ${namespaceName} has no such account: no machine of it gets a certificate`,
        got: `serviceAccount: ${account}`,
        fix: 'name an account that is there, or add it',
      });
    }
  },
});
