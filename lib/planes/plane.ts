import type { Call } from '../model/call';
import type { Hop } from '../model/hop';
import type { MtlsMode } from '../model/namespace-facts';
import type { Port } from '../model/port';
import type { RouterName } from '../model/route';

/** All difference between sidecar and ambient: who connects to whom, who enforces, and what the pods need besides. */
export interface Plane {
  /** Connections of a call to a service of this plane, in the order in which a packet takes them. */
  hops(call: Call): readonly Hop[];
  namespaceLabels(revision: string | undefined): Readonly<Record<string, string>>;
  /** What pods of such a namespace say of themselves. Where it changes, they have to be made anew. */
  podLabels(revision: string | undefined): Readonly<Record<string, string>>;
  /** Router for a service of this plane when none was asked for and either would do. */
  readonly preferredRouter: RouterName;
  /** Waypoints may stand before services, for callers in ambient mode. */
  readonly hasWaypoints: boolean;
  /** Those callers are sent to them. */
  readonly sendsToWaypoints: boolean;
  /** A waypoint splits and retries, for requests from gateways too; otherwise each client's proxy does, and gateways need routes of their own. */
  readonly routesAtWaypoint: boolean;
  /** `Sidecar` objects mean something. */
  readonly scopesProxies: boolean;
  /** Each pod holds a proxy, which asks istiod and offers metrics. */
  readonly podsHoldProxies: boolean;
  /** Sidecars are made anew, so that they take connections through HBONE, whatever the cluster was like when their pods began. */
  readonly renewsSidecars: boolean;
  /** Names outside the cluster get addresses of their own from the mesh, so that connections without a name in them are told apart. */
  readonly namesHaveAddresses: boolean;
  /** Istio patches the proxies that read HTTP for a service. At waypoints it does not support that. */
  readonly patchesProxies: boolean;
  /** Pods are guarded by who compares identities letter by letter, and knows of no other trust domain that means the same. */
  readonly comparesIdentities: boolean;
  /** Whose word counts about the requests to a service, as metrics have it in `reporter`: those who see what becomes of each. */
  readonly requestReporters: readonly string[];
  /** How a port takes callers without mutual TLS. */
  readonly plaintextMode: (port: Port) => MtlsMode;
  /** Addresses that kubelet probes come from, where they are not the node's. */
  readonly probeSources: readonly string[];
}
