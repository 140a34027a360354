import type { Declared } from './declared';

/** Unknown: the namespace of a caller that is named by its identity alone. */
export type DataPlaneMode = 'sidecar' | 'ambient' | 'unknown';

export type WaypointPolicy = 'never' | 'when-needed' | 'always';

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

/** Something that only a proxy which reads HTTP can do. */
export interface HttpNeed extends Declared {
  readonly what: string;
}

/** What the rest of the program has to know of a namespace. `waypoint` is read late: a need may come with any later call. */
export interface Home {
  readonly name: string;
  readonly mode: DataPlaneMode;
  readonly waypoint?: WaypointFacts;
  readonly zeroTrust: boolean;
  readonly owned: boolean;
  /** False for a service outside any MeshNamespace: nobody here puts it into the mesh. */
  readonly enrolled: boolean;
}
