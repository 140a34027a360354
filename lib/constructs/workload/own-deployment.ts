import type * as kplus from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { MeshError } from '../../support/mesh-error';

/** The Deployment of pods that are ours; pods made elsewhere have whatever made them. */
export function ownDeployment(at: IConstruct, deployment: kplus.Deployment | undefined): kplus.Deployment {
  if (deployment) return deployment;
  throw new MeshError({
    code: 'MESH080',
    at,
    what: 'there is a Deployment where the pods are made from an image',
    got: 'pods of a workload made elsewhere, or of another kind',
    fix: 'change that workload itself, or statefulSet or daemonSet; tryDeployment is undefined where there is none',
  });
}
