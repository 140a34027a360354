import type { PartyKind } from './access/party-kind';
import type { Declared } from './declared';
import type { EgressFacts } from './outside/egress-facts';
import type { NamespaceState, WaypointFacts } from './namespace-facts';
import type { Port } from './port';
import type { PathRule } from './route-features';
import type { SaidElsewhere } from './written/written-mesh';

/** One who calls or is called, as it was declared. */
export interface PartyFacts extends Declared {
  readonly kind: PartyKind;
  /** Unique in one App. */
  readonly key: string;
  readonly name: string;
  readonly namespaceName: string;
  /** False: another program makes its objects, this one renders only its own end of a call. */
  readonly owned: boolean;
  readonly ports: readonly Port[];
  /** Name under which it is called. */
  readonly host?: string;
  /** SPIFFE identity without the scheme, as policies write it. */
  readonly principal?: string;
  readonly serviceAccountName?: string;
  /** Labels that pick its pods; absent when only the namespace is known. */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Name of the Service of its own that has no address, by which its pods are called one by one. */
  readonly peersName?: string;
  /** Blocks of addresses where it is, outside the cluster; any public address when absent. Of callers, those by which they are told; of a service, where its machines are, which has no pods then. */
  readonly addresses?: readonly string[];
  /** Some of them may be outside the cluster. */
  readonly isAnywhere?: boolean;
  /** Nothing in the mesh can stand before it: connections go straight out. */
  readonly isStraightOut?: boolean;
  /** The gateway through which callers reach it. */
  readonly through?: EgressFacts;
  /** A gateway that Gateways of Istio's own API configure: nothing but the labels of its pods tells policies whom they are for. */
  readonly isIstioGateway?: boolean;
  /** Word of its Services for pods near the caller. */
  readonly trafficDistribution?: string;
  /** Its pods are to be told who calls. */
  readonly forwardsIdentity?: boolean;
  /** The waypoint that stands before it alone, where it is in ambient mode; absent where it shares its namespace's, if any. */
  readonly ownWaypoint?: WaypointFacts;
  /** In which clusters of the mesh its pods are called; as its plane has it when absent. */
  readonly scope?: 'LOCAL' | 'GLOBAL';
  /** Name of the other cluster of the mesh that it is in; absent for this one. */
  readonly cluster?: string;
  /** Of machines: the networks that somebody said of some of them. */
  readonly networks?: readonly string[];
  /** Pod ports besides `ports` that the kubelet probes. */
  readonly probePorts?: readonly number[];
  /** Somebody else makes its pods, and this program writes what guards them: nobody comes in whom it does not name. */
  readonly isGuarded?: boolean;
  /** Of such a one: the other Services over its pods. */
  readonly otherNames?: readonly string[];
  /** Of a service of another program: what that program has said of it, where this one reads its mesh.json. */
  readonly said?: SaidElsewhere;
}

/** A party that says itself how its namespace is in the mesh. */
export interface ForeignFacts extends PartyFacts {
  readonly namespace: NamespaceState;
  /** What the program declares of that namespace goes before it. */
  readonly isGuess?: boolean;
}

/** One who calls or is called, with what follows from all that was said. */
export interface Party extends PartyFacts {
  readonly namespace: NamespaceState;
  /** The waypoint that callers in ambient mode pass; its namespace may have one that stands before none of its Services. */
  readonly waypoint?: WaypointFacts;
  /** Names of all Services over its pods, its own first: a release may add one a version, and others stand beside. */
  readonly serviceNames?: readonly string[];
  /** Names of those that its waypoint stands before. */
  readonly guardedNames?: readonly string[];
  /** Its waypoint stands before some of them, and callers of another connect to the pods themselves. */
  readonly isDialled?: boolean;
  /** Hosts that a caller's own proxy is sent to when it calls it: a route may name one a version, and others stand beside. */
  readonly meshHosts?: readonly string[];
  /** What its route does to the paths of requests, where it changes some. */
  readonly pathRules?: readonly PathRule[];
  /** Which of the Services over its pods have no address; absent where all have one. */
  readonly headless?: 'some' | 'all';
  /** In which wave of a migration its pods move; absent where nothing does. */
  readonly wave?: number;
  /** Blocks of addresses by which proxies know it, outside the cluster; they know no more than its name when absent. */
  readonly knownAddresses?: readonly string[];
}

/** A party whose pods this program makes, be it called or not. */
export function hasOwnPods({ kind, owned, addresses }: PartyFacts): boolean {
  return owned && (kind === 'service' || kind === 'workload') && addresses === undefined;
}

/** A service whose objects this program makes: it has a table of its own. */
export function isOwnService({ kind, owned }: PartyFacts): boolean {
  return kind === 'service' && owned;
}
