import { ApiObject } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { PartyFacts } from '../../model/party';
import type { ControllerName } from '../../model/releases/release-controller';
import type { WorkloadSpec } from '../../model/workload-spec';

const PODS = Symbol.for('istio-constructs.ServicePods');

/** What a release has to know of the service that it is about. */
export interface ServicePods {
  readonly party: PartyFacts;
  readonly account: kplus.IServiceAccount;
  /** How pods of ours are made, and the Deployment of the first version; absent where a workload was made elsewhere. */
  readonly spec?: WorkloadSpec;
  readonly deployment?: kplus.Deployment;
  /** What makes the pods, where it was made elsewhere. */
  readonly workload?: ApiObject;
  /** Who else makes the pods of new versions. */
  readonly controller?: ControllerName;
}

/** A trait, so that public types stay free of it. */
export function setServicePods(service: IConstruct, pods: ServicePods): void {
  Object.defineProperty(service, PODS, { value: pods });
}

export function servicePodsOf(service: IConstruct): ServicePods {
  return (service as IConstruct & { readonly [PODS]: ServicePods })[PODS];
}

/** The object that has the template of the pods, which those of further versions follow. */
export function podTemplateOf(service: IConstruct): ApiObject {
  const { workload, deployment } = servicePodsOf(service);
  const { node } = service;
  return workload ?? ApiObject.of(deployment ?? node.tryFindChild('StatefulSet') ?? node.findChild('DaemonSet'));
}
