import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { MeshError } from '../../support/mesh-error';

interface PodSource {
  readonly image?: string;
  readonly workload?: ApiObject;
}

/** Where the pods of a version come from: one of the two. `cure` says what to set where neither is. */
export function requirePods(at: Construct, { image, workload }: PodSource, cure: string): void {
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
  if (image?.trim() !== '') return;
  throw new MeshError({ code: 'MESH049', at, what: 'an image has a name', got: `image ${JSON.stringify(image)}`, fix: 'set image to it' });
}
