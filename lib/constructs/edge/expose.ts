import type { Construct } from 'constructs';
import { MeshGraph } from '../../graph/mesh-graph';
import { partyOf } from '../../graph/party-of';
import { recordCall } from '../../graph/record-call';
import type { Door } from '../../model/edge/listener';
import type { Exposure, ExposureStatement } from '../../model/exposure';
import type { PartyFacts } from '../../model/party';
import { requireExposedHost } from '../../support/bounds/exposed-host';
import { CallSite } from '../../support/call-site';
import { MeshError } from '../../support/mesh-error';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import type { ICaller } from '../../values/access/caller';
import type { EndUser } from '../../values/access/end-user';
import { reserveGatewayRoutes } from '../routes/reserve-routes';
import type { IMeshedService } from '../service/i-meshed-service';
import { EXPOSED } from '../service/own-service';
import type { IstioEntry } from './istio/istio-edge';
import { requireOneNamespace, requireToldApart } from './istio/require-of-istio';
import { doorFor } from './listeners/door-for';
import { requireClaimsRead } from './users/require-claims-read';
import { type PodPort, usersAtDoor } from './users/users-at-gateway';
import { arrivingRequests, enteringRequests, requireNoRequests } from './entering-requests';
import { EXPOSE_OPTIONS, type ExposeOptions } from './expose-options';
import { requireExposedPort, requireFreeRoute, requireOwnHost } from './require-exposed';

/** Where what is exposed comes in. */
export interface Entry {
  /** The doors of the gateway; absent where another program makes it. */
  readonly doors?: readonly Door[];
  /** The listener of a gateway of another program. */
  readonly listener?: string;
  /** Where it comes in at Gateways of Istio's own API. */
  readonly istio?: IstioEntry;
  /** The ListenerSet that the doors are of, where they are not the gateway's own. */
  readonly listenerSet?: Exposure['listenerSet'];
  /** Absent where another program makes the gateway. */
  readonly podPort?: PodPort;
}

/** Records what a gateway makes reachable, and the call that comes of it. */
export function exposeService(gateway: Construct & ICaller, service: IMeshedService, options: ExposeOptions, entry: Entry): void {
  const graph = MeshGraph.of(gateway);
  requireArguments(gateway, { service }, { service: EXPOSED });
  requireOptions(gateway, options, EXPOSE_OPTIONS);
  const [opening, callee] = [partyOf(gateway, gateway, graph), partyOf(gateway, service, graph)];
  requireOwnHost(gateway, callee, graph);
  const port = requireExposedPort(gateway, callee, options.port, takesBytes(entry));
  const hosts = hostsOf(gateway, options);
  const protocol = port.readsHttp ? 'http' : hosts.length > 0 ? 'tls' : 'tcp';
  if (protocol !== 'http') requireNoRequests(gateway, options);
  if (protocol === 'http' && hosts.length === 0) refuseNoHost(gateway, callee);
  const entering = enteringRequests(gateway, options);
  requireClaimsRead(gateway, entering.matches, entry.istio !== undefined);
  const said = { gateway: opening, protocol, service: callee, ...entering, port: port.number, path: gateway.node.path } as const;
  for (const host of protocol === 'tcp' ? [undefined] : hosts) {
    const routeName = requireFreeRoute(gateway, callee, routeNameOf(options, said, host === hosts[0] ? undefined : host));
    const door = openedFor(gateway, entry, { protocol, host, name: options.listener }, options.usersAtGateway);
    if (entry.istio?.isOthers) requireOneNamespace(gateway, exposedAt(graph, opening), { host: host ?? '*', service: callee });
    const { listenerSet } = entry;
    graph.addExposure({ ...said, ...door, listenerSet, host: host ?? '*', routeName, reason: options.reason, site: CallSite.here() });
  }
  if (entry.istio) entry.istio.routes.follow(service, callee);
  else reserveGatewayRoutes(service, callee);
  if (entering.redirect) return;
  const http = protocol === 'http' ? arrivingRequests(entering) : undefined;
  const asked = { port: port.number, http, user: options.user };
  // The gateway's route has told requests by their paths; nobody but the service's own proxy has looked at a token.
  recordCall(gateway, { caller: gateway, callee: service, action: 'ALLOW', options: asked, httpIsOptional: !options.user });
}

function exposedAt(graph: MeshGraph, { key }: PartyFacts): ExposureStatement[] {
  return graph.exposures.filter(({ gateway }) => gateway.key === key);
}

function hostsOf(at: Construct, { host, moreHosts = [] }: ExposeOptions): string[] {
  return [...(host === undefined ? [] : [host]), ...moreHosts].map((one) => requireExposedHost(at, one));
}

function routeNameOf(
  { routeName }: ExposeOptions,
  { service, gateway }: Pick<Exposure, 'service' | 'gateway'> | Parts,
  host?: string,
): string {
  const name = routeName ?? `${service.name}-${gateway.name}`;
  return host === undefined ? name : `${name}-${host.replace('*', 'any').replaceAll('.', '-')}`;
}

interface Parts {
  readonly service: PartyFacts;
  readonly gateway: PartyFacts;
}

// What listeners a gateway of another program has, that program knows.
function takesBytes({ doors }: Entry): boolean {
  return !doors || doors.some(({ listener }) => ['tcp', 'tls', 'passthrough'].includes(listener.kind));
}

type Sought = Parameters<typeof doorFor>[2];

function openedFor(at: Construct, entry: Entry, sought: Sought, asked?: readonly EndUser[]): Opened {
  const door = entry.doors && doorFor(at, entry.doors, sought);
  const opened = door
    ? openedBy(at, door, entry, sought)
    : { listener: sought.name ?? entry.listener, istioGateway: entry.istio?.gatewayOf() };
  return asked ? { ...opened, users: usersAtDoor(at, asked, entry.podPort, door, sought.host!) } : opened;
}

function openedBy(at: Construct, door: Door, { istio }: Entry, sought: Sought): Opened {
  const inTheOpen = door.listener.kind === 'http' || undefined;
  if (!istio) return { listener: door.section, inTheOpen };
  requireToldApart(at, door, sought.host);
  const endsTls = door.listener.kind === 'tls' || undefined;
  return { listener: door.section, inTheOpen, endsTls, istioGateway: istio.gatewayOf(door) };
}

type Opened = Pick<Exposure, 'listener' | 'inTheOpen' | 'endsTls' | 'istioGateway' | 'users'>;

function refuseNoHost(at: Construct, { name }: PartyFacts): never {
  throw new MeshError({
    code: 'MESH795',
    at,
    what: 'requests are exposed under a host, by which the gateway tells them',
    got: `no host for ${name}`,
    fix: 'set host, for example shop.example.com',
  });
}
