import type { Construct } from 'constructs';
import type { WorkloadPods } from '../../workload/pods/pod-props-of';
import type { PodKind } from '../../workload/workload-spec-of';

/** How a kind of service makes its pods, where that is no Deployment. */
export interface PodMaker extends PodKind {
  /** What follows the name of the service in that of its Service without an address. */
  readonly peersSuffix?: string;
  readonly make: (at: Construct, pods: Omit<WorkloadPods, 'name'>) => void;
}

const MAKERS = new WeakMap<object, PodMaker>();

/** Says so of the options of a service: a class that extends another one has nothing but these to tell it. */
export function madeBy<Options extends object>(options: Options, maker: PodMaker): Options {
  MAKERS.set(options, maker);
  return options;
}

export function makerOf(options: object): PodMaker | undefined {
  return MAKERS.get(options);
}
