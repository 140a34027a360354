import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { MeshError } from '../../support/mesh-error';
import { RUNNING_PODS, type RunningPods } from '../../values/workload/pods/running-pods';
import type { PodOptions } from './workload-spec-of';

interface PodSource extends PodOptions {
  readonly image?: string;
  readonly workload?: ApiObject;
}

// What pods of ours are; those of others say it themselves.
const OF_OURS = ['replicas', 'autoscaling', 'scaledBy', ...(Object.keys(RUNNING_PODS) as Array<keyof RunningPods>)] as const;

/** Where the pods of a version come from: one of the two. `cure` says what to set where neither is. */
export function requirePods(at: Construct, source: PodSource, cure: string): void {
  const { image, workload } = source;
  if (image === undefined && workload === undefined) {
    throw new MeshError({
      code: 'MESH021',
      at,
      what: 'pods are made from an image, or elsewhere as a workload',
      got: 'neither',
      fix: cure,
    });
  }
  if (image !== undefined && workload !== undefined) {
    throw new MeshError({
      code: 'MESH048',
      at,
      what: 'pods come from an image or a workload, not from both',
      got: 'both',
      fix: 'drop one',
    });
  }
  if (workload) requireNoneOfOurs(at, source);
  if (image?.trim() !== '') return;
  throw new MeshError({ code: 'MESH049', at, what: 'an image has a name', got: `image ${JSON.stringify(image)}`, fix: 'set image to it' });
}

function requireNoneOfOurs(at: Construct, source: PodSource): void {
  const idle = OF_OURS.find((option) => source[option] !== undefined);
  if (idle === undefined) return;
  throw new MeshError({
    code: 'MESH078',
    at,
    what: 'a workload made elsewhere says itself what its pods are',
    got: `${idle} beside workload`,
    fix: `set it on the workload, and drop ${idle} here`,
  });
}
