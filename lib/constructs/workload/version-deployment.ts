import { ApiObject, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { ARGO } from '../../istio/api-groups';
import { APP_NAME, APP_VERSION, MANAGED_BY } from '../../istio/labels';
import type { PartyFacts } from '../../model/party';
import type { ControllerName } from '../../model/releases/release-controller';
import type { ProbeFacts, WorkloadSpec } from '../../model/workload-spec';
import { completeDeployment } from '../../render/kubernetes/deployment';
import { isDeferred } from '../../support/deferred';
import { requireName } from '../../support/object-names';
import { amendManifest } from '../tree/amend-manifest';
import { lendFields } from '../tree/foreign-fields';
import { claimObject, makeObject } from '../tree/make-object';
import { followPods } from './follow-pods';
import { markPlane } from './mark-plane';

const GRACE = Duration.seconds(40);

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
  const podLabels = { app: party.name, version };
  const labels = { ...party.podLabels, ...podLabels, [APP_NAME]: party.name, [APP_VERSION]: version };
  const deployment = new kplus.Deployment(scope, version, {
    metadata: { name, namespace: party.namespaceName, labels: { ...labels, [MANAGED_BY]: 'istio-constructs' } },
    podMetadata: { labels },
    select: false,
    replicas: spec.replicas,
    serviceAccount: account,
    terminationGracePeriod: GRACE,
    containers: [renderContainer(party, spec)],
  });
  deployment.select(kplus.LabelSelector.of({ labels: podLabels }));
  // cdk8s-plus finds pods by this label; made from the construct's path, it would restart them when a canary is promoted.
  deployment.podMetadata.addLabel(kplus.Pod.ADDRESS_LABEL, name);

  const resource = claimObject(ApiObject.of(deployment));
  amendManifest(resource, (manifest) => completeDeployment(manifest, { ...party.podLabels, version }));
  handOver(deployment, resource, controller);
  if (spec.autoscaling) makeAutoscaler(deployment, { party, spec, name, controller });
  if (stable) followPods(resource, ApiObject.of(stable), spec.image);
  markPlane(scope, resource, party.namespaceName);
  return deployment;
}

function renderContainer(service: PartyFacts, spec: WorkloadSpec): kplus.ContainerProps {
  const firstPort = service.ports.at(0)?.targetPort;
  return {
    name: service.name,
    image: spec.image,
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    command: spec.command && [...spec.command],
    args: spec.args && [...spec.args],
    ports: containerPorts(service),
    envVariables: Object.fromEntries(Object.entries(spec.env).map(([name, value]) => [name, kplus.EnvValue.fromValue(value)])),
    resources: {
      cpu: { request: kplus.Cpu.millis(spec.cpuMillis) },
      memory: { request: mebibytes(spec.memoryMebibytes), limit: mebibytes(spec.memoryLimitMebibytes) },
    },
    securityContext: { capabilities: { drop: [kplus.Capability.ALL] } },
    readiness: makeProbe(spec.readiness, firstPort),
    liveness: makeProbe(spec.liveness, firstPort, 6),
  };
}

// The mark of a number that is known only later is negative, which cdk8s refuses; of a Size only this is asked.
function mebibytes(amount: number): Size {
  return isDeferred(amount) ? ({ toMebibytes: () => amount } as Size) : Size.mebibytes(amount);
}

// Two ports of the Service may lead to one port of the container.
function containerPorts(service: PartyFacts): kplus.ContainerPort[] {
  const byNumber = new Map(service.ports.map((port) => [port.targetPort, { number: port.targetPort, name: port.name }]));
  return [...byNumber.values()];
}

// Pods that listen on no port are not probed unless one is named.
function makeProbe({ path, port: asked }: ProbeFacts, firstPort?: number, failureThreshold?: number): kplus.Probe | undefined {
  const port = asked ?? firstPort;
  if (port === undefined) return undefined;
  const options = { port, failureThreshold };
  return path === undefined ? kplus.Probe.fromTcpSocket(options) : kplus.Probe.fromHttpGet(path, options);
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
