import { NUMBER, optional, passedOn, struct, TEXT } from '../../../support/options/kind';

/**
 * A volume that each pod of a StatefulSet has for itself: written by that pod alone, and there again when the pod is.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#volume-claim-templates
 */
export interface VolumeClaim {
  /** Name of the claims, before that of the pod: `data` gives `data-ledger-0`. */
  readonly name: string;

  /** Where it is mounted; its files are writable for `fileGroup`. */
  readonly path: string;

  /** How much it holds, in GiB. */
  readonly sizeGibibytes: number;

  /**
   * Name of the StorageClass that makes it.
   * @default - that of the cluster
   */
  readonly storageClass?: string;
}

export const VOLUME_CLAIM = struct<VolumeClaim>({
  name: TEXT,
  path: TEXT,
  sizeGibibytes: passedOn(NUMBER),
  storageClass: optional(TEXT),
});
