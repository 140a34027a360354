import type { DataPlaneMode, HttpNeed } from '../namespace-facts';

/** What objects that stand beside the constructs mean for these: facts of manifests, read before anything follows from what was said. */
export interface Beside {
  /** Services that lead to the pods of a service of this program. */
  readonly services: readonly OtherService[];
  /** `namespace/name` of Services of ours that were patched to have no cluster address. */
  readonly headless: readonly string[];
  /** Pods that run under the account of a caller known by its identity. */
  readonly callers: readonly CallerPods[];
  /** Objects that only a waypoint obeys. */
  readonly needs: readonly NeedBeside[];
  /** Hosts of the Services to which routes of gateways send what comes in. */
  readonly entered: readonly string[];
  /** Namespaces with pods that ask for more than the strictest level of pod security lets them. */
  readonly unrestricted: readonly string[];
}

/** Something in a namespace that only a waypoint can do. */
export interface NeedBeside extends HttpNeed {
  readonly namespaceName: string;
  /** Names of the services of this program that it is about. */
  readonly about: readonly string[];
}

/** One more Service over the pods of a service. */
export interface OtherService {
  readonly namespaceName: string;
  readonly name: string;
  /** Names of the services whose pods are behind it. */
  readonly over: readonly string[];
  /** Without one it is headless: clients connect to the pods themselves. */
  readonly hasAddress: boolean;
  /** Name of the waypoint that its own label asks for, or `none`. */
  readonly waypoint?: string;
}

/** The pods of one object that no construct made. */
export interface CallerPods {
  readonly namespaceName: string;
  readonly serviceAccountName: string;
  /** Of the object that makes them. */
  readonly kind: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** No pod under another account has all these labels. */
  readonly isToldApart: boolean;
  /** Absent outside the mesh. */
  readonly mode?: DataPlaneMode;
}

export const NOTHING_BESIDE: Beside = Object.freeze({ services: [], headless: [], callers: [], needs: [], entered: [], unrestricted: [] });
