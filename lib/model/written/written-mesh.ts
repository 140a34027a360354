import type { Excepted } from '../access/condition-facts';
import type { PartyKind } from '../access/party-kind';
import type { ClusterFacts } from '../clusters/cluster-facts';
import type { HttpPart } from '../http-part';
import type { InfrastructureFacts } from '../infrastructure-facts';
import type { Closing, DataPlaneMode, PlaneFacts, WaypointFacts } from '../namespace-facts';
import type { Port } from '../port';

/** What a `mesh.json` says of one App, as far as another program has to know it. */
export interface WrittenMeshFacts {
  /** How messages name the text that it came from. */
  readonly source: string;
  readonly trustDomain: string;
  readonly clusterDomain: string;
  /** The cluster that the other program describes; absent where it does not say. */
  readonly cluster?: ClusterFacts;
  readonly namespaces: readonly WrittenNamespace[];
  readonly services: readonly WrittenService[];
  /** Everybody else who calls or is called. */
  readonly others: readonly WrittenEnd[];
  readonly calls: readonly WrittenCall[];
}

export interface WrittenNamespace extends Closing, PlaneFacts {
  readonly name: string;
  /** False: that program only lives in it. */
  readonly owned: boolean;
  /** False: nobody has put it into the mesh there. */
  readonly enrolled: boolean;
  /** Revision of Istio, where one was chosen. */
  readonly revision?: string;
  readonly waypoint?: WaypointFacts;
  /** What its pods exchange packets with besides their calls; absent where nothing is refused. */
  readonly infrastructure?: InfrastructureFacts;
}

/** One end of a call there. */
export interface WrittenEnd {
  readonly kind: PartyKind;
  readonly key: string;
  readonly name: string;
  readonly namespaceName: string;
  readonly host?: string;
  readonly principal?: string;
  readonly addresses?: readonly string[];
  readonly isGuarded?: boolean;
}

/** A service that the other program makes, or guards. */
export interface WrittenService extends WrittenEnd, NamesThere {
  readonly ports: readonly Port[];
  readonly host: string;
  readonly serviceAccountName: string;
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Of machines: the networks that somebody said of some of them. */
  readonly networks?: readonly string[];
  /** Of its own pods, which may be another one than its namespace's while that moves. */
  readonly dataPlane: DataPlaneMode;
  /** The waypoint that stands before it, of its own or its namespace's. */
  readonly waypoint?: WaypointFacts;
}

/** By which names its callers' proxies come to a service, as follows from all that its own program says. */
export interface NamesThere {
  readonly serviceNames?: readonly string[];
  readonly guardedNames?: readonly string[];
  readonly isDialled?: boolean;
  readonly meshHosts?: readonly string[];
  readonly headless?: 'some' | 'all';
}

/** What was said there of a call; ends by their keys. */
export interface WrittenCall extends SaidThere {
  readonly caller: string;
  readonly callee: string;
}

interface SaidThere {
  readonly action: 'ALLOW' | 'DENY' | 'CUSTOM' | 'AUDIT' | 'DRY_RUN';
  readonly ports: readonly Port[];
  readonly http?: readonly HttpPart[];
  readonly toPods?: boolean;
  /** Callers come without mutual TLS. */
  readonly plaintext?: boolean;
  /** Who of the callers is not meant. */
  readonly excepted?: readonly Excepted[];
  /** The line of the other program. */
  readonly declaredAt?: string;
}

/** A call there, with its ends. */
export interface CallThere extends SaidThere {
  readonly caller: WrittenEnd;
  readonly callee: WrittenEnd;
}

/** What the program that makes a service has said of it. */
export interface SaidElsewhere {
  readonly source: string;
  readonly names: NamesThere;
  /** Nobody comes in who is not allowed. */
  readonly isClosed: boolean;
  /** Nothing gets out of its pods but its calls. */
  readonly isShutIn: boolean;
  readonly callsTo: readonly CallThere[];
  readonly callsFrom: readonly CallThere[];
}
