import { CORE, SECURITY } from '../../istio/api-groups';
import { DEFAULT_ACCOUNT } from '../../istio/defaults';
import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import { accountKey, accountOfPrincipal, knownAccounts } from '../accounts';
import { partyText } from '../call-words';
import { fieldPaths, NAME } from '../comparison';
import { fieldsOf, listOf, nameOf, namespaceOf, rawObjectsOf, specOf, textsOf } from '../manifest-reader';
import { ownedNamespaces } from '../namespace-planes';
import { rule } from '../rule';

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
      const { kind, namespaceName, serviceAccountName } = call.caller;
      if (kind !== 'identity' || serviceAccountName === undefined) continue;
      if (isUnknown(model, accountKey(namespaceName, serviceAccountName))) {
        report({
          on: call,
          message: `a call to ${partyText(call.callee)} names ServiceAccount ${serviceAccountName}, but namespace ${namespaceName} has no such account`,
          got: accountKey(namespaceName, serviceAccountName),
          fix: 'name the ServiceAccount under which the caller runs, or pass the MeshedService itself',
        });
      }
    }
    for (const policy of rawObjectsOf(model, SECURITY, 'AuthorizationPolicy')) {
      for (const account of accountsOf(model, policy).filter((each) => isUnknown(model, each))) {
        report({
          on: policy,
          message: `${nameOf(policy)} names ServiceAccount ${account}, but this program makes that namespace and no such account in it`,
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
  return ownedNamespaces(model).has(namespaceName) && name !== DEFAULT_ACCOUNT && !knownAccounts(model).has(account);
}

function accountsOf(model: MeshModel, policy: ManifestObject): string[] {
  const sources = listOf(specOf(policy).rules).flatMap(({ from }) => listOf(from).map(({ source }) => fieldsOf(source)));
  const named = sources.flatMap(({ principals, serviceAccounts }) => [
    ...textsOf(principals).map((principal) => accountOfPrincipal(model, principal)),
    ...textsOf(serviceAccounts).map((account) => (account.includes('/') ? account : accountKey(namespaceOf(policy), account))),
  ]);
  return [...new Set(named.filter((account) => account !== undefined))];
}
