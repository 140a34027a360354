/** Who else makes the pods of new versions and moves requests over to them. */
export type ControllerName = 'flagger' | 'argo-rollouts';

/** Names of the two, as people call them. */
export const CONTROLLERS: Readonly<Record<ControllerName, string>> = { flagger: 'Flagger', 'argo-rollouts': 'Argo Rollouts' };

export interface MeasuredFacts {
  readonly name: string;
  readonly min?: number;
  readonly max?: number;
  readonly interval?: string;
  /** Measured by the mesh itself, with a query of ours; else by a template that is made elsewhere. */
  readonly ofMesh?: 'success-rate' | 'duration';
  readonly template?: { readonly name: string; readonly namespace?: string };
}

export interface HookFacts {
  readonly name: string;
  readonly type: string;
  readonly url: string;
  readonly timeout?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface FlaggerFacts {
  readonly name: 'flagger';
  readonly prometheus: string;
  readonly progressDeadlineSeconds?: number;
  readonly analysis: {
    readonly interval: string;
    readonly threshold: number;
    readonly maxWeight?: number;
    readonly stepWeight?: number;
    readonly stepWeights?: readonly number[];
  };
  readonly metrics: readonly MeasuredFacts[];
  readonly webhooks: readonly HookFacts[];
}

export interface RolloutMetricFacts {
  readonly name: string;
  readonly query: string;
  readonly successCondition: string;
  readonly interval: string;
  readonly failureLimit: number;
}

export interface ArgoFacts {
  readonly name: 'argo-rollouts';
  readonly prometheus: string;
  /** Steps as a Rollout has them. */
  readonly steps: ReadonlyArray<Readonly<Record<string, unknown>>>;
  readonly metrics: readonly RolloutMetricFacts[];
}

export type ControllerFacts = FlaggerFacts | ArgoFacts;
