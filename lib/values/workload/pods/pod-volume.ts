import type { VolumeFacts } from '../../../model/workload-spec';
import { requireCount } from '../../../support/numbers';
import { requireDottedName } from '../../../support/object-names';
import { BOOLEAN, made, NUMBER, optional, passedOn, struct, TEXT } from '../../../support/options/kind';
import { requireArguments, requireOptions } from '../../../support/options/require-options';
import { requireMountPath, volumeNameOf } from './mount-path';

/** What an empty directory is. */
export interface EmptyDirOptions {
  /**
   * MiB that it may hold; a pod that writes more is evicted.
   * @default - as much as the node has
   */
  readonly sizeMebibytes?: number;

  /**
   * It is kept in memory, and counts as memory of the container.
   * @default false
   */
  readonly inMemory?: boolean;
}

/** How a claim is mounted. */
export interface ClaimVolumeOptions {
  /**
   * The pods only read it.
   * @default false
   */
  readonly readOnly?: boolean;
}

/**
 * Files of a pod, at a path of its containers. The root file system itself is read-only: what writes has an empty directory or a claim.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 * @example
 * import { MeshedJob, PodVolume } from 'istio-constructs';
 *
 * new MeshedJob(shop, 'report', {
 *   image: 'ghcr.io/acme/report:1.0.0',
 *   volumes: [PodVolume.emptyDir('/tmp'), PodVolume.configMap('/etc/report', 'report-settings'), PodVolume.claim('/archive', 'archive')],
 * });
 */
export class PodVolume {
  /**
   * An empty directory that lives as long as its pod.
   * @param path Where it is mounted
   * @param options How large it is, and where it is kept
   */
  public static emptyDir(path: string, options: EmptyDirOptions = {}): PodVolume {
    requireOptions('PodVolume', options, EMPTY_DIR_OPTIONS);
    const { sizeMebibytes: size, inMemory } = options;
    const sizeLimit = size === undefined ? {} : { sizeLimit: `${requireCount('PodVolume', 'sizeMebibytes', size, 1)}Mi` };
    return new PodVolume(path, { emptyDir: { ...sizeLimit, ...(inMemory ? { medium: 'Memory' } : {}) } });
  }

  /**
   * The keys of a ConfigMap as files.
   * @param path Where it is mounted
   * @param name The ConfigMap
   */
  public static configMap(path: string, name: string): PodVolume {
    requireArguments('PodVolume', { name }, { name: passedOn(TEXT) });
    return new PodVolume(path, { configMap: { name: requireDottedName('PodVolume', 'name of a ConfigMap', name) } }, true);
  }

  /**
   * The keys of a Secret as files.
   * @param path Where it is mounted
   * @param name The Secret
   */
  public static secret(path: string, name: string): PodVolume {
    requireArguments('PodVolume', { name }, { name: passedOn(TEXT) });
    return new PodVolume(path, { secret: { secretName: requireDottedName('PodVolume', 'name of a Secret', name) } }, true);
  }

  /**
   * What a PersistentVolumeClaim holds, for all pods the same.
   * @param path Where it is mounted
   * @param name The PersistentVolumeClaim
   * @param options How it is mounted
   */
  public static claim(path: string, name: string, options: ClaimVolumeOptions = {}): PodVolume {
    requireArguments('PodVolume', { name }, { name: passedOn(TEXT) });
    requireOptions('PodVolume', options, CLAIM_VOLUME_OPTIONS);
    const claimName = requireDottedName('PodVolume', 'name of a PersistentVolumeClaim', name);
    return new PodVolume(path, { persistentVolumeClaim: { claimName } }, options.readOnly);
  }

  /** @internal */
  public readonly _facts: VolumeFacts;

  private constructor(path: string, source: VolumeFacts['source'], readOnly?: boolean) {
    requireArguments('PodVolume', { path }, { path: TEXT });
    requireMountPath('PodVolume', path);
    this._facts = Object.freeze({ name: volumeNameOf(path), path, source, ...(readOnly ? { readOnly } : {}) });
  }
}

const EMPTY_DIR_OPTIONS = struct<EmptyDirOptions>({ sizeMebibytes: optional(NUMBER), inMemory: optional(BOOLEAN) });
const CLAIM_VOLUME_OPTIONS = struct<ClaimVolumeOptions>({ readOnly: optional(BOOLEAN) });

export const POD_VOLUME = made(PodVolume, 'PodVolume', "PodVolume.emptyDir('/tmp')");
