import type { Declared } from './declared';
import type { PartyFacts } from './party';
import type { ControllerName } from './releases/release-controller';
import type { RouteFeatures } from './route-features';

export interface HeaderTest {
  readonly name: string;
  readonly type: 'Exact' | 'RegularExpression';
  readonly value: string;
}

export interface CookieTest {
  readonly name: string;
  readonly value: string;
}

export interface PathTest {
  readonly type: 'Exact' | 'PathPrefix';
  readonly value: string;
}

/** Whoever sends a request, as its own proxy knows it. */
export interface SourceTest {
  readonly namespaceName: string;
  readonly podLabels: Readonly<Record<string, string>>;
}

/** What a request must look like; all parts have to hold. */
export interface RouteMatch {
  readonly headers: readonly HeaderTest[];
  readonly queryParams: readonly HeaderTest[];
  readonly cookies?: readonly CookieTest[];
  readonly method?: string;
  readonly path?: PathTest;
  readonly source?: SourceTest;
}

export interface WeightedVersion {
  readonly version: string;
  readonly weight: number;
  /** A cookie that its answers set, as the header says it. */
  readonly setCookie?: string;
}

/** Whoever was sent to a version once comes back to it, by a cookie. */
export interface AffinityFacts {
  readonly cookie: string;
  readonly maxAgeSeconds: number;
}

export type RouterName = 'istio' | 'gateway-api';

/** Bundles of the Gateway API that differ in what HTTPRoute has words for. */
export type GatewayApiBundle = '1.4' | '1.5' | '1.6' | '1.7';

/** What one construct says of the traffic of one service. With `matches` it is about these requests alone. */
export interface RouteStatement extends Declared, RouteFeatures {
  /** Key of the service. */
  readonly service: string;
  /** Kind of what says it, such as `canary`: the rules that come of it are called after it. */
  readonly by: string;
  /** Versions that have pods by it; the first of the service's own statement is the stable one. */
  readonly versions?: readonly string[];
  /** One match is enough; absent for all requests. */
  readonly matches?: readonly RouteMatch[];
  /** Percent of these requests that each version takes; the stable one gets the rest, whether it is named or not. */
  readonly shares?: readonly WeightedVersion[];
  /** Place among the statements of one construct that are tried one after the other: of those about a request the first holds, whichever is the narrowest. */
  readonly order?: number;
  /** Any other statement about the same requests goes before it, however wide its match is. */
  readonly givesWay?: boolean;
  /** Customers stay on the version of their first request. */
  readonly affinity?: AffinityFacts;
  /** Whoever else moves the shares, after their first value. */
  readonly weightsOwnedBy?: string;
  /** Who else makes the pods of new versions. */
  readonly controller?: ControllerName;
  /** Router asked for by name. */
  readonly routing?: RouterName;
  /** Why its fault may hold in production. */
  readonly inProduction?: string;
}

/** Requests that match go to these versions; no match means all that is left. */
export interface RouteRule extends RouteFeatures {
  readonly name: string;
  readonly matches: readonly RouteMatch[];
  readonly backends: readonly WeightedVersion[];
}

/** Two statements that cannot both hold. */
export interface RouteConflict {
  readonly what: string;
  readonly said: string;
  readonly first: Declared;
  readonly second: Declared;
}

/** All that shapes the traffic of one service; rendered once, by one router. */
export interface RouteTable extends Declared, RouteFeatures {
  readonly service: PartyFacts;
  /** Versions that have pods, the stable one first. */
  readonly versions: readonly string[];
  /** Most specific first; empty when nothing tells the versions apart. */
  readonly rules: readonly RouteRule[];
  /** Whoever else moves the weights of the rules, after their first value. */
  readonly weightsOwnedBy?: string;
  /** Who else makes the pods of new versions; Flagger makes the routes as well. */
  readonly controller?: ControllerName;
  /** Router asked for by name. */
  readonly routing?: RouterName;
  /** Bundle of the Gateway API that the cluster has; 1.6 when absent. */
  readonly gatewayApi?: GatewayApiBundle;
  readonly conflicts: readonly RouteConflict[];
  /** Statements that share requests which no route can name: these get what the first of the two says alone. Absent where there are none. */
  readonly untold?: readonly RouteConflict[];
}
