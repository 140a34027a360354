import type { ApiObject } from 'cdk8s';
import { NUMBER, optional, passedOn, type Shape, struct, TEXT } from '../../support/options/kind';
import { API_OBJECT } from '../tree/api-object';

/** A version of a service that a release adds to its own. */
export interface ReleasedVersion {
  /** Version, the `version` label; another than the service's. */
  readonly version: string;

  /**
   * Image of the container; all else is as the service has it. Give either this or `workload`.
   * @default - the pods are those of `workload`
   */
  readonly image?: string;

  /**
   * A workload made elsewhere. Give either this or `image`.
   * @default - a Deployment is made from `image`
   */
  readonly workload?: ApiObject;

  /**
   * Pods of the version, instead of the service's number or autoscaling.
   * @default - as the service has them
   */
  readonly replicas?: number;
}

export const RELEASED_VERSION_SHAPE: Shape<ReleasedVersion> = {
  version: TEXT,
  image: optional(passedOn(TEXT)),
  workload: optional(API_OBJECT),
  replicas: optional(passedOn(NUMBER)),
};

export const RELEASED_VERSION = struct(RELEASED_VERSION_SHAPE);
