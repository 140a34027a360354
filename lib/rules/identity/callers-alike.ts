import { networkPoliciesOn } from '../../cluster/policies/network-policies';
import { isEmpty } from '../../cluster/objects/fields';
import { titleOf } from '../../cluster/objects/manifest-object';
import { accountKey } from '../../cluster/workloads/identities';
import { type Workload, workloadsUnder, workloadsWith } from '../../cluster/workloads/workloads';
import type { MeshModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { labelText, partyText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { fieldPaths, POD_LABELS, WORKLOADS } from '../comparison';
import { isRaw } from '../owners';
import { perModel } from '../per-model';
import { ownWorkloads } from '../owners';
import { rule } from '../rule';

export const callersAlike = rule({
  code: 'MESH220',
  level: 'error',
  title: 'pods of a caller that no label tells from others',
  compares: [
    { kinds: WORKLOADS, fields: [POD_LABELS, 'spec template spec serviceAccountName'] },
    { kinds: ['batch/CronJob'], fields: fieldPaths(['spec jobTemplate'], [POD_LABELS, 'spec template spec serviceAccountName']) },
  ],

  check(model, report) {
    for (const call of model.calls) {
      const { action, caller, callee } = call;
      if (action === 'DENY' || action === 'DRY_RUN' || caller.kind !== 'identity' || !caller.namespace.zeroTrust) continue;
      for (const pods of podsOf(model, caller).filter((each) => isAlike(model, each))) {
        report({
          on: call,
          message: `${titleOf(pods.object)} runs as ${partyText(caller)}, but a NetworkPolicy cannot tell its pods from others, so the way to ${partyText(callee)} stays closed`,
          got: isEmpty(pods.labels) ? 'pods without labels' : `labels that other pods have as well: ${labelText(pods.labels)}`,
          fix: `give its pod template a label that no other pods of namespace ${pods.namespaceName} have, for example app: ${pods.object.name}`,
        });
      }
    }
  },
});

const ownAccounts = perModel((model) => new Set(ownWorkloads(model).map(accountOf)));

// Pods of a service of this program are told to be passed as that.
function podsOf(model: MeshModel, caller: Party): readonly Workload[] {
  if (ownAccounts(model).has(accountOf(caller))) return [];
  return workloadsUnder(clusterOf(model), caller.namespaceName, caller.serviceAccountName ?? '').filter(({ isOutside }) => !isOutside);
}

function accountOf({ namespaceName, serviceAccountName = '' }: Party): string {
  return accountKey(namespaceName, serviceAccountName);
}

// Whoever opens the way by a policy of their own has told them apart, or knows that there is nobody else.
function isAlike(model: MeshModel, { namespaceName, labels, serviceAccountName }: Workload): boolean {
  const cluster = clusterOf(model);
  const isOpened = networkPoliciesOn(cluster, namespaceName, labels).some((policy) => isRaw(policy) && policy.egress !== undefined);
  if (isOpened) return false;
  return isEmpty(labels) || workloadsWith(cluster, namespaceName, labels).some((other) => other.serviceAccountName !== serviceAccountName);
}
