import type * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { WorkloadSpec } from '../../model/workload-spec';
import { requireCount } from '../../support/numbers';
import type { MeshedService } from '../service/meshed-service';
import { servicePodsOf } from '../service/service-pods';
import { adoptWorkload } from '../workload/adopt-workload';
import { makeVersion } from '../workload/version-deployment';
import type { ReleasedVersion } from './released-version';

/** The pods of a version beside the service's own, under its account: a Deployment of ours, or the workload that was made elsewhere. */
export function makeReleased(at: Construct, service: MeshedService, released: ReleasedVersion): kplus.Deployment | undefined {
  const { party, account, spec, deployment: stable } = servicePodsOf(service);
  const { version, image, workload } = released;
  if (spec && image !== undefined) return makeVersion(at, { party, account, version, spec: specOf(at, released, spec, image), stable });
  adoptWorkload(at, workload!, party, version);
  return undefined;
}

// A number of its own replaces the service's autoscaling.
function specOf(at: Construct, { replicas }: ReleasedVersion, spec: WorkloadSpec, image: string): WorkloadSpec {
  if (replicas === undefined) return { ...spec, image };
  return { ...spec, image, replicas: requireCount(at, 'replicas', replicas, 0), autoscaling: undefined, scaledBy: undefined };
}
