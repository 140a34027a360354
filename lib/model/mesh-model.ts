import type { Call } from './call';
import type { ClusterFacts } from './clusters/cluster-facts';
import type { Declared, FieldPath, Position } from './declared';
import type { Cure, MeshEdit } from './finding';
import type { GatewayCheck } from './edge/gateway-check';
import type { Exposure } from './exposure';
import type { Hop } from './hop';
import type { UnsetFlag } from './installation/control-plane';
import type { Weakening } from './mtls/weakening';
import type {
  DataPlaneMode,
  HttpNeed,
  MigrationFacts,
  MtlsMode,
  NamespaceFacts,
  NamespaceState,
  PodSecurityFacts,
  WaypointPolicy,
} from './namespace-facts';
import type { Party } from './party';
import type { GatewayApiBundle, PathTest, RouterName, RouteTable } from './route';
import type { TenantFacts } from './tenants/tenant';
import type { FaultFacts, MirrorFacts } from './route-features';

/** A manifest as it will be written; `metadata` and `spec` are whatever its kind says. */
export interface ManifestObject extends Declared {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespaceName?: string;
  /** True when a construct of this library made it, false for what stands beside. */
  readonly made: boolean;
  /** True for an object of ours that a user has patched. */
  readonly patched?: boolean;
  /** True for a policy that a construct has only tried out. */
  readonly triedOut?: boolean;
  /** The namespace in which its construct made it, wherever a patch has moved it. */
  readonly declaredIn?: string;
  /** Of an object that came from a text. */
  readonly position?: Position;
  /** The same: `path` of a field of it, or of the nearest that is written around it. */
  pathOf?(field: FieldPath): string;
  /** What a cure does to the text; undefined where that would not be right, or nobody could tell. */
  editFor?(cure: Cure): MeshEdit | undefined;
  readonly manifest: Readonly<Record<string, unknown>>;
}

export interface NamespaceModel extends NamespaceState, Declared, Pick<NamespaceFacts, 'revision' | 'infrastructure'> {
  readonly mtls?: MtlsMode;
  readonly podSecurity?: PodSecurityFacts;
  readonly waypointPolicy: WaypointPolicy;
  /** Namespace whose waypoint it shares. */
  readonly waypointHome?: string;
  readonly httpNeeds: readonly HttpNeed[];
  /** Of a namespace that moves: the last wave of all that do. */
  readonly lastWave?: number;
}

/** A service with its own pods, whoever made them. */
export interface ServiceModel extends Party, Declared {
  readonly versions: readonly string[];
  /** What only a waypoint could do, and none does: its Service has no address before which it could stand. */
  readonly vainNeeds: readonly HttpNeed[];
}

export interface CallModel extends Call {
  readonly hops: readonly Hop[];
}

export interface RouteModel extends RouteTable {
  readonly service: Party;
  /** The router that renders it; none where nothing is to be said. */
  readonly router: RouterName | 'none';
  /** What its table says besides versions, in the words of findings: `timeout`, `retries`. */
  readonly features: readonly string[];
  /** What the table asks for and this router has no words for. */
  readonly lacks: readonly string[];
  /** What whoever makes the routes instead, Flagger, has no words for. */
  readonly lostToController: readonly string[];
  /** What it makes hold for fewer requests than it is said of. */
  readonly reducedByController: readonly string[];
  /** Absent where no Flagger makes the routes. */
  readonly left?: LeftRoutes;
  /** True when a waypoint obeys it, false when the callers' sidecars do. */
  readonly atWaypoint: boolean;
  /** What goes wrong on purpose, each as it was said. */
  readonly faults: readonly FaultModel[];
  /** Where copies go, each as it was said. */
  readonly mirrors: readonly MirrorModel[];
  /** Versions that somebody sends requests to and nobody makes pods of. */
  readonly unknownVersions: readonly NamedVersion[];
}

/** Routes that Flagger has made in the cluster and does not make any more. */
export interface LeftRoutes {
  /** Where it used the other router before. */
  readonly before: readonly ObjectKey[];
  /** Once the namespace has moved. */
  readonly ahead: readonly ObjectKey[];
}

export interface MirrorModel extends Declared {
  readonly mirror: MirrorFacts;
}

export interface NamedVersion extends Declared {
  readonly version: string;
}

export interface FaultModel extends Declared {
  readonly fault: FaultFacts;
  /** Why it may hold in production, where somebody has said it. */
  readonly inProduction?: string;
}

export interface ExposureModel extends Exposure {
  /** Parts of the service's route table that requests through this gateway do not get. */
  readonly lost: readonly string[];
}

/** A limit of requests with some path, which its proxies see in other words. */
export interface LimitModel extends Declared {
  /** The service or gateway whose proxies hold it. */
  readonly owner: Party;
  /** The path as it was said. */
  readonly said: PathTest;
  /** Paths of the requests that are meant, as these proxies see them. */
  readonly seen: readonly PathTest[];
  /** What other requests are sent to that come to look the same. */
  readonly others: readonly PathTest[];
  /** Who changes the paths. */
  readonly by: readonly Declared[];
}

/** What one App said when its manifests were written the last time. */
export interface LastSynth {
  readonly namespaces: readonly LastNamespace[];
  readonly objects: readonly ObjectKey[];
  /** Absent where Flagger made none. */
  readonly releases?: readonly LastRelease[];
}

/** A service whose routes Flagger made. */
export interface LastRelease {
  /** Key of the service. */
  readonly service: string;
  readonly router: RouterName;
}

export interface LastNamespace {
  readonly path: string;
  readonly name: string;
  readonly mode: DataPlaneMode;
  readonly migration?: MigrationFacts;
  readonly lastWave?: number;
}

/** What tells one object of a cluster from all others. */
export interface ObjectKey {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespaceName?: string;
}

/** An object of ours that a user has patched, and that is gone by a later statement: the patch is lost with it. `site` is the line of the patch. */
export interface LostPatch extends ObjectKey, Declared {
  /** Path of the place where it was made: what is there now took its place. */
  readonly room: string;
}

/** A Namespace that is written after some of what lives in it, for the charts of both have an order that nothing can change. `path` is its own. */
export interface LateNamespace extends Declared {
  readonly name: string;
  /** Its chart. */
  readonly chart: string;
  /** The chart that is written before it. */
  readonly before: string;
}

/** What a cluster is for. */
export type EnvironmentName = 'development' | 'staging' | 'production';

/** How proxies put paths in order, in Istio's words. */
export type PathNormalizationName = 'NONE' | 'BASE' | 'MERGE_SLASHES' | 'DECODE_AND_MERGE_SLASHES';

/** Everything one App says, as plain data: one App is one cluster. */
export interface MeshModel {
  readonly trustDomain: string;
  /** Others that mean the same identities; none when absent. */
  readonly trustDomainAliases?: readonly string[];
  readonly clusterDomain: string;
  /** Namespace whose policies hold for the whole mesh; istio-system when absent. */
  readonly rootNamespace?: string;
  /** What the cluster is for; absent where nobody has said it. */
  readonly environment?: EnvironmentName;
  /** Version of Istio, with its patch: `1.30.5`; absent where nobody has said it. */
  readonly istioVersion?: string;
  /** Bundle of the Gateway API that the cluster has; 1.6 when absent. */
  readonly gatewayApi?: GatewayApiBundle;
  /** How proxies put paths in order; Istio's own BASE where nobody has said it. */
  readonly pathNormalization?: PathNormalizationName;
  /** Sidecars drop what no registry knows, where no Sidecar object says otherwise. */
  readonly dropsUnknown?: boolean;
  /** Names of the external authorizers that the configuration of the mesh has; not known when absent. The same. */
  readonly authorizerNames?: readonly string[];
  /** Names of all providers that the configuration of the mesh has, but for Istio's own; not known when absent. */
  readonly providerNames?: readonly string[];
  /** The day of synth, `2026-11-29`. Not in mesh.json: two identical programs give identical files. */
  readonly today?: string;
  /** Environment variables that istiod needs, and that the installation of this program does not set. */
  readonly unsetFlags?: readonly UnsetFlag[];
  /** Names and tags of the control planes that the installation of this program has; not known when absent. */
  readonly revisions?: readonly string[];
  /** Labels of the namespaces that istiod looks at, any of them; all namespaces when absent. */
  readonly discoverySelectors?: ReadonlyArray<Readonly<Record<string, string>>>;
  /** An agent on each node redirects traffic to the sidecars; not known when absent. */
  readonly cni?: boolean;
  /** Name of the mesh that its clusters share; its trust domain when absent. */
  readonly meshId?: string;
  /** This cluster, in a mesh of several; absent where nobody has said it. */
  readonly cluster?: ClusterFacts;
  /** The others of the mesh. */
  readonly otherClusters?: readonly ClusterFacts[];
  readonly objects: readonly ManifestObject[];
  /** Of manifests without a program: namespaces that stand in them with pods, and whose contents are taken to be there as well. */
  readonly knownNamespaces?: readonly string[];
  /** The same: labels of namespaces that do not stand in them, by name. */
  readonly namespacesElsewhere?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly namespaces: readonly NamespaceModel[];
  readonly services: readonly ServiceModel[];
  /** Everybody else who calls or is called: gateways, identities, external and unmeshed hosts, services owned elsewhere. */
  readonly others: readonly Party[];
  readonly calls: readonly CallModel[];
  readonly routes: readonly RouteModel[];
  readonly exposures: readonly ExposureModel[];
  readonly limits: readonly LimitModel[];
  /** What gateways do about requests before they send them on; absent where nobody has said any. */
  readonly gatewayChecks?: readonly GatewayCheck[];
  /** Where mutual TLS is not asked for, each as it was said. */
  readonly weakenings: readonly Weakening[];
  /** Teams that share the cluster; absent where nobody has named one. */
  readonly tenants?: readonly TenantFacts[];
  readonly lostPatches: readonly LostPatch[];
  /** Absent where files have no order that charts could say. */
  readonly lateNamespaces?: readonly LateNamespace[];
  /** What the Apps of this program said when they were written the last time; absent where nobody has kept it. */
  readonly lastSynths?: readonly LastSynth[];
}
