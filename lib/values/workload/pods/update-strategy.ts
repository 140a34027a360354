import type { UpdateFacts } from '../../../model/workload-spec';
import { requireCount } from '../../../support/numbers';
import { made, NUMBER, optional, struct } from '../../../support/options/kind';
import { requireOptions } from '../../../support/options/require-options';

/** How many pods are exchanged at a time. */
export interface RollingUpdateOptions {
  /**
   * Pods more than wanted, while new ones come up.
   * @default - Kubernetes' own: a quarter for a Deployment, none for others
   */
  readonly maxSurge?: number;

  /**
   * Pods less than wanted, while old ones go.
   * @default - Kubernetes' own: a quarter for a Deployment, one for others
   */
  readonly maxUnavailable?: number;
}

/**
 * How new pods take the place of old ones.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy
 * @example
 * import { MeshedWorker, UpdateStrategy } from 'istio-constructs';
 *
 * // Never two at a time: the old pod is gone before the new one starts.
 * new MeshedWorker(shop, 'ticker', { image: 'ghcr.io/acme/ticker:1.0.0', replicas: 1, updateStrategy: UpdateStrategy.recreate() });
 */
export class UpdateStrategy {
  /**
   * A few at a time.
   * @param options How many
   */
  public static rolling(options: RollingUpdateOptions = {}): UpdateStrategy {
    requireOptions('UpdateStrategy', options, ROLLING_UPDATE_OPTIONS);
    const { maxSurge, maxUnavailable } = options;
    if (maxSurge !== undefined) requireCount('UpdateStrategy', 'maxSurge', maxSurge, 0);
    if (maxUnavailable !== undefined) requireCount('UpdateStrategy', 'maxUnavailable', maxUnavailable, maxSurge === 0 ? 1 : 0);
    return new UpdateStrategy({ way: 'RollingUpdate', maxSurge, maxUnavailable });
  }

  /** All old pods go before the first new one comes; for Deployments. */
  public static recreate(): UpdateStrategy {
    return new UpdateStrategy({ way: 'Recreate' });
  }

  /** A new pod comes when somebody deletes the old one; for StatefulSets and DaemonSets. */
  public static onDelete(): UpdateStrategy {
    return new UpdateStrategy({ way: 'OnDelete' });
  }

  /** @internal */
  public readonly _facts: UpdateFacts;

  private constructor(facts: UpdateFacts) {
    this._facts = Object.freeze(facts);
  }
}

const ROLLING_UPDATE_OPTIONS = struct<RollingUpdateOptions>({ maxSurge: optional(NUMBER), maxUnavailable: optional(NUMBER) });

export const UPDATE_STRATEGY = made(UpdateStrategy, 'UpdateStrategy', 'UpdateStrategy.rolling()', ROLLING_UPDATE_OPTIONS);
