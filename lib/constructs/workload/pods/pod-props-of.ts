import { type ApiObject, type ApiObjectMetadata, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { APP_NAME, APP_VERSION, MANAGED_BY } from '../../../istio/labels';
import type { PartyFacts } from '../../../model/party';
import type { WorkloadSpec } from '../../../model/workload-spec';
import { planeOf } from '../../../planes/plane-of';
import { completePods, graceOf, type PodBehaviour } from '../../../render/kubernetes/complete-pods';
import { type ProxyFacts, renderProxyWords } from '../../../render/kubernetes/proxy-words';
import { annotatePods } from '../../../render/kubernetes/template';
import { knownNamespace } from '../../namespace/namespace-of';
import { amendManifest } from '../../tree/amend-manifest';
import { claimObject } from '../../tree/make-object';
import { markPlane } from '../mark-plane';
import { mainContainer } from './main-container';

/** One workload object of ours, of whatever kind. */
export interface WorkloadPods {
  readonly party: PartyFacts;
  readonly account: kplus.IServiceAccount;
  readonly spec: WorkloadSpec;
  /** Of the object. */
  readonly name: string;
  /** The `version` label; pods that nobody calls may be of none. */
  readonly version?: string;
}

/** What cdk8s-plus is told of the pods of every kind. */
export interface WorkloadProps extends kplus.WorkloadProps {
  readonly metadata: ApiObjectMetadata;
}

export function podPropsOf({ party, account, spec, name, version }: WorkloadPods, stays: boolean): WorkloadProps {
  const versionLabels: Record<string, string> = version === undefined ? {} : { version, [APP_VERSION]: version };
  const labels = { ...party.podLabels, app: party.name, [APP_NAME]: party.name, ...versionLabels };
  return {
    metadata: { name, namespace: party.namespaceName, labels: { ...labels, [MANAGED_BY]: 'istio-constructs' } },
    podMetadata: { labels },
    select: false,
    serviceAccount: account,
    automountServiceAccountToken: spec.basics.apiToken,
    ...(stays ? { terminationGracePeriod: Duration.seconds(graceOf(spec)) } : {}),
    containers: [mainContainer(party, spec)],
  };
}

/** Adds what cdk8s-plus has no words for. */
export function completeWorkload(workload: kplus.Workload, { spec, name }: WorkloadPods, behaviour: PodBehaviour): ApiObject {
  // cdk8s-plus finds pods by this label; made from the construct's path, it would restart them when a canary is promoted.
  workload.podMetadata.addLabel(kplus.Pod.ADDRESS_LABEL, name);
  const resource = claimObject(objectOf(workload));
  amendManifest(resource, (manifest) => completePods(manifest, spec, behaviour));
  return resource;
}

/** Has the pods say how they join the mesh, and when their sidecar comes and goes. */
export function joinMesh(at: Construct, resource: ApiObject, { party, spec }: Pick<WorkloadPods, 'party' | 'spec'>): void {
  tellProxy(at, resource, party, { start: spec.basics.proxyStart, drainSeconds: spec.drainSeconds });
  if (!NEVER_CHANGES.includes(resource.kind)) markPlane(at, resource, party);
}

// The API server refuses another template of a Job; so it says the same in each plane.
const NEVER_CHANGES = ['Job'];

function objectOf(workload: kplus.Workload): ApiObject {
  return workload.node.defaultChild as ApiObject;
}

/** What pods say of their sidecar, where there is one. */
function tellProxy(at: Construct, object: ApiObject, { namespaceName }: PartyFacts, facts: ProxyFacts): void {
  const words = renderProxyWords(facts);
  const always = NEVER_CHANGES.includes(object.kind);
  amendManifest(object, (manifest) =>
    always || planeOf(knownNamespace(at, namespaceName).facts).podsHoldProxies ? annotatePods(manifest, words) : manifest,
  );
}
