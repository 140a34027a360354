import { CORE, SECURITY } from '../../istio/api-groups';
import { DEFAULT_ACCOUNT } from '../../istio/defaults';
import type { MeshModel } from '../../model/mesh-model';
import type { AuthorizationPolicy } from '../../cluster/policies/authorization-policies';
import { knownAccounts } from '../../cluster/workloads/accounts';
import { accountKey, accountOfPrincipal } from '../../cluster/workloads/identities';
import { workloadsUnder } from '../../cluster/workloads/workloads';
import { clusterOf } from '../cluster-of';
import { rawPolicies } from '../raw-policies';
import { perModel } from '../per-model';
import { ownedNamespaces } from '../planes';
import { partyText } from '../call-words';
import { fieldPaths, NAME } from '../comparison';
import { isBare, rule } from '../rule';

export const unknownCaller = rule({
  code: 'MESH204',
  level: 'error',
  title: 'caller with a ServiceAccount that does not exist',
  compares: [
    { kinds: [`${SECURITY}/AuthorizationPolicy`], fields: fieldPaths(['spec rules from source'], ['principals', 'serviceAccounts']) },
    { kinds: [`${CORE}/ServiceAccount`], fields: NAME, sought: true },
  ],

  check(model, report) {
    for (const call of model.calls) {
      const { kind, namespaceName, serviceAccountName, cluster } = call.caller;
      if (kind !== 'identity' || serviceAccountName === undefined || cluster !== undefined) continue;
      if (isUnknown(model, accountKey(namespaceName, serviceAccountName))) {
        report({
          on: call,
          message: `a call to ${partyText(call.callee)} names ServiceAccount ${serviceAccountName}, but namespace ${namespaceName} has no such account`,
          got: accountKey(namespaceName, serviceAccountName),
          fix: 'name the ServiceAccount under which the caller runs, or pass the MeshedService itself',
        });
      }
    }
    for (const policy of rawPolicies(model)) {
      for (const account of accountsOf(model, policy).filter((each) => isUnknown(model, each))) {
        report({
          on: policy.object,
          message: `${policy.title} names ServiceAccount ${account}, and ${isBare(model) ? 'the manifests have that namespace' : 'this program makes that namespace'} and no such account in it`,
          got: account,
          fix: 'name the ServiceAccount under which the caller runs, or add it',
        });
      }
    }
  },
});

// `default` is everywhere; whether it is a good caller is judged by another rule.
function isUnknown(model: MeshModel, account: string): boolean {
  const [namespaceName, name] = account.split('/');
  const cluster = clusterOf(model);
  // Who passes manifests of pods alone has the accounts under which they run.
  const hasPods = model.knownNamespaces !== undefined && workloadsUnder(cluster, namespaceName, name).length > 0;
  const isKnown = hasPods || knownAccounts(cluster).has(account) || partyAccounts(model).has(account);
  return ownedNamespaces(model).has(namespaceName) && name !== DEFAULT_ACCOUNT && !isKnown;
}

/** Accounts that the program names for whoever it makes or imports. */
const partyAccounts = perModel((model): ReadonlySet<string> => {
  const parties = [...model.services, ...model.others].filter(({ kind }) => kind !== 'identity');
  return new Set(
    parties.flatMap(({ namespaceName, serviceAccountName }) =>
      serviceAccountName === undefined ? [] : [accountKey(namespaceName, serviceAccountName)],
    ),
  );
});

function accountsOf(model: MeshModel, { rules, namespaceName }: AuthorizationPolicy): string[] {
  const named = rules
    .flatMap(({ from }) => from)
    .flatMap(({ principals = [], serviceAccounts = [] }) => [
      ...principals.map((principal) => accountOfPrincipal(model, principal)),
      ...serviceAccounts.map((account) => (account.includes('/') ? account : accountKey(namespaceName, account))),
    ]);
  return [...new Set(named.filter((account) => account !== undefined))];
}
