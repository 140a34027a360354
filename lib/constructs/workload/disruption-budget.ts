import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { PartyFacts } from '../../model/party';
import type { WorkloadSpec } from '../../model/workload-spec';
import { intOrString } from '../../render/network/network-policy';
import { isDeferred } from '../../support/deferred';
import { makeObject } from '../tree/make-object';

/** One budget over all versions: two over one pod make its eviction fail. As it lets one pod go at a time, it does no harm to a single one. */
export function makeBudget(scope: Construct, party: PartyFacts, spec: WorkloadSpec): void {
  const least = spec.autoscaling?.minReplicas ?? spec.replicas;
  if (least < 2 && !isDeferred(least)) return;
  const metadata = { name: party.name, namespace: party.namespaceName };
  makeObject(scope, 'DisruptionBudget', k8s.KubePodDisruptionBudget, metadata, {
    maxUnavailable: intOrString(1),
    selector: { matchLabels: { ...party.podLabels } },
  });
}
