import type { Declared } from './declared';
import type { IstioGatewayRef } from './edge/istio-gateway';
import type { Party, PartyFacts } from './party';
import type { RouteMatch } from './route';
import type { RedirectFacts, RewriteFacts } from './route-features';
import type { GatewayUsers } from './users/gateway-users';

interface Opening<Who> extends Declared {
  readonly gateway: Who;
  /** Absent: any listener of the gateway. */
  readonly listener?: string;
  /** The ListenerSet that the listener is of; absent for one of the gateway's own. */
  readonly listenerSet?: { readonly name: string; readonly namespaceName: string };
  /** The Gateway of Istio's own API that its route binds to; absent at one of the Gateway API. */
  readonly istioGateway?: IstioGatewayRef;
  /** What the gateway reads of it: requests, the server name that TLS asks for, or nothing. */
  readonly protocol: 'http' | 'tls' | 'tcp';
  /** TLS ends at the gateway, with other bytes than HTTP inside. */
  readonly endsTls?: boolean;
  /** Whoever is on the way reads and changes it. */
  readonly inTheOpen?: boolean;
  readonly service: Who;
  /** `*` where nothing tells a host. */
  readonly host: string;
  readonly pathPrefix: string;
  /** What whole paths look like, in the syntax of RE2. */
  readonly pathPattern?: string;
  /** What requests look like; one is enough. Absent: all below the path. */
  readonly matches?: readonly RouteMatch[];
  /** Other words in which the gateway sends its requests on. */
  readonly rewrite?: RewriteFacts;
  /** The gateway sends its clients elsewhere, and nothing on to the service. */
  readonly redirect?: RedirectFacts;
  /** Whose tokens the gateway itself asks for. */
  readonly users?: GatewayUsers;
  readonly timeoutMs?: number;
  readonly port: number;
  /** Why, as the program says it. */
  readonly reason?: string;
  /** Name of the route that opens it; unique for the service. */
  readonly routeName: string;
}

/** A service made reachable through a gateway, as it was said. */
export type ExposureStatement = Opening<PartyFacts>;

/** The same between parties of whom all is known. */
export interface Exposure extends Opening<Party> {
  /** Paths of the same gateway and host that lead to other services. */
  readonly otherPaths: readonly string[];
}

/** `namespace/name` of the ListenerSet by which it is exposed. */
export function listenerSetKey({ listenerSet }: ExposureStatement | Exposure): string | undefined {
  return listenerSet && `${listenerSet.namespaceName}/${listenerSet.name}`;
}
