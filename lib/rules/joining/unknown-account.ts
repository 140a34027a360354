import { CORE } from '../../istio/api-groups';
import { DEFAULT_ACCOUNT } from '../../istio/defaults';
import type { Cluster } from '../../cluster/cluster';
import { nameOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { knownAccounts } from '../../cluster/workloads/accounts';
import { accountKey } from '../../cluster/workloads/identities';
import { type Workload, workloadsOf } from '../../cluster/workloads/workloads';
import type { FieldPath } from '../../model/declared';
import type { Cure } from '../../model/finding';
import { groupedBy } from '../../support/grouping';
import { certainlyMeant } from '../../support/options/nearest';
import { clusterOf } from '../cluster-of';
import { NAME, WORKLOADS } from '../comparison';
import { rule } from '../rule';

export const unknownAccount = rule({
  code: 'MESH359',
  level: 'error',
  title: 'pods under a ServiceAccount that does not exist',
  compares: [
    { kinds: WORKLOADS, fields: ['spec serviceAccountName', 'spec template spec serviceAccountName'], made: false },
    { kinds: [`${CORE}/ServiceAccount`], fields: NAME, sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    // Accounts that constructs make say nothing of those of others.
    const beside = workloadsOf(cluster).filter(({ object, isOutside }) => !object.made && !isOutside);
    const named = beside.filter(({ serviceAccountName }) => serviceAccountName !== DEFAULT_ACCOUNT);
    for (const [namespaceName, workloads] of groupedBy(named, (one) => one.namespaceName)) {
      for (const { object, serviceAccountName } of lostIn(cluster, workloads)) {
        report({
          on: object,
          field: placeOf(object.kind),
          message: `${nameOf(object)} runs under ServiceAccount ${serviceAccountName}, and namespace ${namespaceName} has others and not this one: no pod of it is made`,
          got: `serviceAccountName: ${serviceAccountName}`,
          fix: 'name an account that is there, or add it',
          cures: curesOf(cluster, namespaceName, serviceAccountName, placeOf(object.kind)),
        });
      }
    }
  },
});

/** Where the manifests have most accounts of a namespace, they are taken to have all of them. */
function lostIn(cluster: Cluster, workloads: readonly Workload[]): Workload[] {
  const isThere = ({ namespaceName, serviceAccountName }: Workload): boolean =>
    knownAccounts(cluster).has(accountKey(namespaceName, serviceAccountName));
  const [there, lost] = [workloads.filter(isThere), workloads.filter((one) => !isThere(one))].map(
    (some) => new Set(some.map(({ serviceAccountName }) => serviceAccountName)),
  );
  return lost.size > there.size ? [] : workloads.filter((one) => !isThere(one));
}

function placeOf(kind: string): FieldPath {
  return kind === 'Pod' ? ['spec', 'serviceAccountName'] : ['spec', 'template', 'spec', 'serviceAccountName'];
}

function curesOf(cluster: Cluster, namespaceName: string, said: string, field: FieldPath): Cure[] {
  const accounts = objectsOf(cluster, CORE, 'ServiceAccount').filter((one) => one.namespaceName === namespaceName);
  const meant = certainlyMeant(
    said,
    accounts.map(({ name }) => name),
  );
  return meant === undefined ? [] : [{ field, kind: 'set', was: said, to: meant }];
}
