import { oneOf, optional, struct, TEXT } from '../../../support/options/kind';

/** What a taint does to pods that do not tolerate it. */
export enum TaintEffect {
  /** They are not placed on the node. */
  NO_SCHEDULE = 'NoSchedule',
  /** They are placed there only if nothing else is free. */
  PREFER_NO_SCHEDULE = 'PreferNoSchedule',
  /** They are also taken off the node. */
  NO_EXECUTE = 'NoExecute',
}

/**
 * A taint of nodes that the pods put up with.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export interface PodToleration {
  /** Key of the taint; an empty one, without a value, stands for every taint. */
  readonly key: string;

  /**
   * Its value.
   * @default - any
   */
  readonly value?: string;

  /**
   * Its effect.
   * @default - any
   */
  readonly effect?: TaintEffect;
}

export const POD_TOLERATION = struct<PodToleration>({
  key: TEXT,
  value: optional(TEXT),
  effect: optional(oneOf('TaintEffect', TaintEffect)),
});
