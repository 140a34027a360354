import type { Declared } from './declared';

/** Unknown: the namespace of a caller that is named by its identity alone. */
export type DataPlaneMode = 'sidecar' | 'ambient' | 'unknown';

export type WaypointPolicy = 'never' | 'when-needed' | 'always';

export type MtlsMode = 'STRICT' | 'PERMISSIVE' | 'DISABLE';

/** Kubernetes' levels of what pods may do, the strictest first. */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

/** What pods of a namespace may do. */
export interface PodSecurityFacts {
  readonly level: PodSecurityLevel;
  /** Why they may do more than the strictest level lets them. */
  readonly reason?: string;
}

/** How pods of a namespace join the mesh. */
export interface DataPlaneFacts {
  readonly mode: DataPlaneMode;
  readonly waypointPolicy: WaypointPolicy;
}

/** The Gateway through which ambient callers reach the Services of a namespace. */
export interface WaypointFacts {
  readonly name: string;
  readonly namespaceName: string;
  readonly principal: string;
}

/** What is said of a namespace where it is declared. */
export interface NamespaceFacts extends Declared {
  readonly name: string;
  readonly mode: DataPlaneMode;
  readonly waypointPolicy: WaypointPolicy;
  /** The waypoint that it may get; absent when there can be none. */
  readonly possibleWaypoint?: WaypointFacts;
  readonly zeroTrust: boolean;
  readonly owned: boolean;
  /** False for a service outside any MeshNamespace: nobody here puts it into the mesh. */
  readonly enrolled: boolean;
  readonly mtls?: MtlsMode;
  /** As somebody has said it. */
  readonly podSecurity?: PodSecurityFacts;
}

/** Something that only a proxy which reads HTTP can do. */
export interface HttpNeed extends Declared {
  readonly what: string;
}

/** What the rest of the program has to know of a namespace, once all is said. */
export interface NamespaceState {
  readonly name: string;
  readonly mode: DataPlaneMode;
  readonly waypoint?: WaypointFacts;
  readonly zeroTrust: boolean;
  readonly owned: boolean;
  readonly enrolled: boolean;
}
