import type { Declared } from './declared';

/** Unknown: the namespace of a caller that is named by its identity alone. */
export type DataPlaneMode = 'sidecar' | 'ambient' | 'unknown';

export type WaypointPolicy = 'never' | 'when-needed' | 'always';

export type MtlsMode = 'STRICT' | 'PERMISSIVE' | 'DISABLE';

/** How far a namespace is on its way from sidecars to ambient. */
export interface MigrationFacts {
  /** Workloads of the waves up to this one are in ambient mode; none of them at 0. */
  readonly wave: number;
}

/** The plane of somebody's pods; of a namespace on its way what it says of pods that say nothing. */
export interface PlaneFacts {
  readonly mode: DataPlaneMode;
  /** Absent where nothing moves. */
  readonly migration?: MigrationFacts;
}

/** How pods of a namespace join the mesh. */
export interface DataPlaneFacts extends PlaneFacts {
  readonly waypointPolicy: WaypointPolicy;
}

/** The Gateway through which ambient callers reach the Services of a namespace. */
export interface WaypointFacts {
  readonly name: string;
  readonly namespaceName: string;
  readonly principal: string;
}

/** What is said of a namespace where it is declared. */
export interface NamespaceFacts extends Declared, PlaneFacts {
  readonly name: string;
  readonly waypointPolicy: WaypointPolicy;
  /** The waypoint that it may get; absent when there can be none. */
  readonly possibleWaypoint?: WaypointFacts;
  readonly zeroTrust: boolean;
  readonly owned: boolean;
  /** False for a service outside any MeshNamespace: nobody here puts it into the mesh. */
  readonly enrolled: boolean;
  readonly mtls?: MtlsMode;
}

/** Something that only a proxy which reads HTTP can do. */
export interface HttpNeed extends Declared {
  readonly what: string;
}

/** What the rest of the program has to know of a namespace, once all is said. */
export interface NamespaceState extends PlaneFacts {
  readonly name: string;
  readonly waypoint?: WaypointFacts;
  readonly zeroTrust: boolean;
  readonly owned: boolean;
  readonly enrolled: boolean;
}
