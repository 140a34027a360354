import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { ARGO } from '../../istio/api-groups';
import type { PartyFacts } from '../../model/party';
import type { ControllerName } from '../../model/releases/release-controller';
import type { WorkloadSpec } from '../../model/workload-spec';
import { renderUpdates } from '../../render/kubernetes/updates';
import { requireName } from '../../support/object-names';
import { amendManifest } from '../tree/amend-manifest';
import { lendFields } from '../tree/foreign-fields';
import { makeObject } from '../tree/make-object';
import { followPods } from './follow-pods';
import { completeWorkload, joinMesh, podPropsOf, type WorkloadPods } from './pods/pod-props-of';
import { requireUpdates } from './pods/require-updates';

export interface VersionPods {
  readonly party: PartyFacts;
  readonly account: kplus.IServiceAccount;
  readonly version: string;
  readonly spec: WorkloadSpec;
  /** The Deployment that it follows in all that is not said of this version alone. */
  readonly stable?: kplus.Deployment;
  /** Who else makes the pods of new versions. */
  readonly controller?: ControllerName;
}

/** One version of a service as a Deployment named `<service>-<version>`, which selects `app` and `version` from the first day on. */
export function makeVersion(scope: Construct, { party, account, version, spec, stable, controller }: VersionPods): kplus.Deployment {
  const name = requireName(scope, 'name of a version (<service>-<version>)', `${party.name}-${requireName(scope, 'version', version)}`);
  const updates = requireUpdates(scope, 'Deployment', spec.updates);
  const pods: WorkloadPods = { party, account, spec, name, version };
  const deployment = new kplus.Deployment(scope, version, { ...podPropsOf(pods, true), replicas: spec.replicas });
  deployment.select(kplus.LabelSelector.of({ labels: { app: party.name, version } }));
  const resource = completeWorkload(deployment, pods, { spreads: { ...party.podLabels, version }, stays: true });
  amendManifest(resource, (manifest) => renderUpdates(manifest, updates));
  handOver(deployment, resource, controller);
  if (spec.scaledBy !== undefined) deployment.markHasAutoscaler();
  if (spec.autoscaling) makeAutoscaler(deployment, { party, spec, name, controller });
  if (stable) followPods(resource, ApiObject.of(stable), spec.image);
  joinMesh(scope, resource, pods);
  return deployment;
}

// Flagger sets the number of pods to none and back. Argo Rollouts takes it to none once and for all, so that no manifest may say it again.
function handOver(deployment: kplus.Deployment, resource: ApiObject, controller: ControllerName | undefined): void {
  if (controller === 'argo-rollouts') deployment.markHasAutoscaler();
  if (controller === 'flagger') lendFields(resource, () => (deployment.hasAutoscaler ? [] : ['spec.replicas']));
}

interface Scaled {
  readonly party: PartyFacts;
  readonly spec: WorkloadSpec;
  readonly name: string;
  readonly controller?: ControllerName;
}

function makeAutoscaler(deployment: kplus.Deployment, { party, spec, name, controller }: Scaled): void {
  deployment.markHasAutoscaler();
  const { minReplicas, maxReplicas, cpuPercent } = spec.autoscaling!;
  const target = { type: 'Utilization', averageUtilization: cpuPercent };
  const scaleTargetRef =
    controller === 'argo-rollouts'
      ? { apiVersion: `${ARGO}/v1alpha1`, kind: 'Rollout', name: party.name }
      : { apiVersion: 'apps/v1', kind: 'Deployment', name };
  makeObject(
    deployment,
    'Autoscaler',
    kplus.k8s.KubeHorizontalPodAutoscalerV2,
    { name, namespace: party.namespaceName },
    { scaleTargetRef, minReplicas, maxReplicas, metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }] },
  );
}
