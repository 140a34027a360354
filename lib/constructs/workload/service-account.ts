import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { PartyFacts } from '../../model/party';
import { requireAnnotationKey } from '../../support/bounds/label-syntax';
import { claimObject } from '../tree/make-object';

/** One account a workload: the identity that policies name. A workload that brings its own keeps it. */
export function makeAccount(
  scope: Construct,
  party: PartyFacts,
  isForeign: boolean,
  annotations: Readonly<Record<string, string>> = {},
): kplus.IServiceAccount {
  const name = party.serviceAccountName!;
  if (isForeign) return kplus.ServiceAccount.fromServiceAccountName(scope, 'ServiceAccount', name);
  for (const key of Object.keys(annotations)) requireAnnotationKey(scope, 'key of accountAnnotations', key);
  const account = new kplus.ServiceAccount(scope, 'ServiceAccount', {
    metadata: { name, namespace: party.namespaceName, ...(Object.keys(annotations).length > 0 ? { annotations: { ...annotations } } : {}) },
    automountToken: false,
  });
  claimObject(ApiObject.of(account));
  return account;
}
