import type { ConditionFacts } from './access/condition-facts';
import type { HttpPart } from './http-part';
import type { UserPart } from './users/end-user';

/** Pods, or the world outside, at one end of a connection. */
export interface Peer {
  /** Key of the party, or of the waypoint, whose pods these are; absent where nobody in particular is meant. */
  readonly key?: string;
  /** Absent: any namespace. */
  readonly namespaceName?: string;
  /** Absent: all pods of the namespace. */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Addresses outside the cluster instead of pods. */
  readonly world?: boolean;
  /** Any address, of pods, nodes or the world. */
  readonly anywhere?: boolean;
  /** Which of them; all public ones when absent. */
  readonly blocks?: readonly string[];
}

export interface TargetRef {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

/** How a policy is attached to the proxy that enforces it. */
export type Attachment = { readonly selector: Readonly<Record<string, string>> } | { readonly targetRefs: readonly TargetRef[] };

/** The proxy that admits or refuses a connection, and what it is asked to check. */
export interface Enforcement {
  readonly attachment: Attachment;
  readonly namespaceName: string;
  /** Whoever comes, with an identity or without. */
  readonly anybody?: boolean;
  /** Who the enforcer sees; absent for anyone. */
  readonly principal?: string;
  /** The same identity in other trust domains, for an enforcer that does not know that they are one. */
  readonly aliases?: readonly string[];
  /** Blocks of addresses from which they connect; absent for any. */
  readonly blocks?: readonly string[];
  /** Who of all comers are not meant. */
  readonly besides?: readonly string[];
  /** As `aliases`, of those. */
  readonly besidesAliases?: readonly string[];
  /** As the enforcer counts ports; absent for any. */
  readonly ports?: readonly number[];
  readonly readsHttp: boolean;
  readonly http?: readonly HttpPart[];
  /** Server name that the caller's proxy asks for, where several hosts share a port of the enforcer. */
  readonly sni?: string;
  /** Whose token the requests have to carry. */
  readonly user?: UserPart;
  /** What else has to hold. */
  readonly conditions?: readonly ConditionFacts[];
  /** Principals of callers who are not meant. */
  readonly excepted?: readonly string[];
  /** Who outside is asked about the requests. */
  readonly provider?: string;
  /** It cannot ask anybody outside, and refuses what somebody was to be asked about. */
  readonly unasked?: boolean;
  /** Others may be asked beside, each by a policy of its own. */
  readonly asksBeside?: boolean;
  /** Paths of the call of which no policy can say how they arrive, once a route has changed them. */
  readonly unclearPaths?: readonly string[];
}

/** A cluster of which somebody has not said where it is. */
export interface Unplaced {
  readonly cluster: string;
  /** What would say it, by its name in `MeshCluster`. */
  readonly lacks: 'podCidrs' | 'gatewayAddresses';
}

/** One connection on the way of a call. */
export interface Hop {
  readonly from: Peer;
  readonly to: Peer;
  /** Pod ports that packets of this hop go to. */
  readonly networkPorts: readonly number[];
  /** The same for packets of UDP, which no proxy handles. */
  readonly udpPorts?: readonly number[];
  /** Addresses of the other end, in another cluster, are not known: no packet of it can be let through. */
  readonly unplaced?: Unplaced;
  /** Absent where nobody in the mesh enforces anything. */
  readonly enforcement?: Enforcement;
}
