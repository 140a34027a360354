import type { Declared } from './declared';
import type { InfrastructureFacts } from './infrastructure-facts';

/** Unknown: the namespace of a caller that is named by its identity alone. */
export type DataPlaneMode = 'sidecar' | 'ambient' | 'unknown';

export type WaypointPolicy = 'never' | 'when-needed' | 'always';

export type MtlsMode = 'STRICT' | 'PERMISSIVE' | 'DISABLE';

/** How far a namespace is on its way from sidecars to ambient. */
export interface MigrationFacts {
  /** Workloads of the waves up to this one are in ambient mode; none of them at 0. */
  readonly wave: number;
}

/** How far a namespace has come that is to refuse everything but its calls: calls are only tried out, or let in beside all others. */
export type StageName = 'observe' | 'allow-known';

/** What closes a namespace, or will. */
export interface Closing {
  /** Everything but what is allowed is refused. */
  readonly zeroTrust: boolean;
  /** It will be, and by now is not. */
  readonly stage?: StageName;
  /** Absent: NetworkPolicies say the same as policies do. */
  readonly networkLayer?: 'none';
  /** The mesh refuses what nothing allows, in this namespace as in all others. */
  readonly closedByMesh?: boolean;
}

/** Kubernetes' levels of what pods may do, the strictest first. */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

/** What pods of a namespace may do. */
export interface PodSecurityFacts {
  readonly level: PodSecurityLevel;
  /** Why they may do more than the strictest level lets them. */
  readonly reason?: string;
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
  /** Namespace of the waypoint, where it is another one's. */
  readonly waypointHome?: string;
  readonly waypointCanary?: CanaryFacts;
}

/** A second waypoint beside that of a namespace, which takes a share of its connections. */
export interface CanaryFacts {
  readonly weight: number;
  /** Revision of Istio that runs it, where it is another. */
  readonly revision?: string;
}

/** The Gateway through which ambient callers reach the Services of a namespace. */
export interface WaypointFacts {
  readonly name: string;
  readonly namespaceName: string;
  readonly principal: string;
  /** The one that takes a share of the connections in its place. */
  readonly canary?: CanaryWaypoint;
}

export interface CanaryWaypoint extends WaypointFacts {
  /** Percent of the connections; absent where another program says it. */
  readonly weight?: number;
}

/** What is said of a namespace where it is declared. */
export interface NamespaceFacts extends Declared, Closing, PlaneFacts {
  readonly name: string;
  readonly waypointPolicy: WaypointPolicy;
  /** The waypoint that it may get; absent when there can be none. */
  readonly possibleWaypoint?: WaypointFacts;
  /** Namespace of the waypoint that it shares; absent where it has its own, if any. */
  readonly waypointHome?: string;
  readonly waypointCanary?: CanaryFacts;
  readonly owned: boolean;
  /** False for a service outside any MeshNamespace: nobody here puts it into the mesh. */
  readonly enrolled: boolean;
  readonly mtls?: MtlsMode;
  /** As somebody has said it. */
  readonly podSecurity?: PodSecurityFacts;
  /** Revision of Istio, where one was chosen. */
  readonly revision?: string;
  /** What its pods exchange packets with besides their calls; of one with policies. */
  readonly infrastructure?: InfrastructureFacts;
}

/** Something that only a proxy which reads HTTP can do. */
export interface HttpNeed extends Declared {
  readonly what: string;
  /** It is to tell pods who calls them. */
  readonly tellsCaller?: boolean;
}

/** What the rest of the program has to know of a namespace, once all is said. */
export interface NamespaceState extends Closing, PlaneFacts {
  readonly name: string;
  readonly waypoint?: WaypointFacts;
  readonly owned: boolean;
  readonly enrolled: boolean;
}

/** All that stand in one place: a connection passes one of them, and nobody knows which. */
export function waypointsAt(waypoint: WaypointFacts): WaypointFacts[] {
  return waypoint.canary ? [waypoint, waypoint.canary] : [waypoint];
}

/** Its policies are written, enforced or not. */
export function hasPolicies({ zeroTrust, stage, closedByMesh = false }: Closing): boolean {
  return zeroTrust || closedByMesh || stage !== undefined;
}

/** Its NetworkPolicies are written: those of calls have to be there before the rest is refused. */
export function hasNetworkPolicies({ zeroTrust, stage, networkLayer }: Closing): boolean {
  return (zeroTrust || stage === 'allow-known') && networkLayer !== 'none';
}
