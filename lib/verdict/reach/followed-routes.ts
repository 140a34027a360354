import type { Cluster } from '../../cluster/cluster';
import { perCluster } from '../../cluster/per-cluster';
import { byteBackendsOf, virtualByteRoutes } from '../../cluster/routes/byte-routes';
import { followedRoutes } from '../../cluster/routes/delegated-routes';
import { type GatewayApiRoute, routesUnder } from '../../cluster/routes/gateway-api-routes';
import { type HttpRoute, requestRoutes, tryHttpRoute } from '../../cluster/routes/http-routes';
import { type VirtualService, virtualServices } from '../../cluster/routes/virtual-services';
import { HostIndex } from '../../cluster/services/host-index';
import { hostMatches, hostOf } from '../../cluster/services/hosts';
import { allBehind } from '../../cluster/services/endpoints';
import { calledService, servicesCovering } from '../../cluster/services/registry';
import type { Pod } from '../../cluster/workloads/workloads';
import { asPicked, workloadNamed } from '../requests/callers';
import type { Caller, Request, Target } from '../requests/request';
import { isParent } from '../routes/attached-routes';

export interface Followed {
  /** Hosts that a request may be sent to, one after the other. */
  readonly hosts: readonly string[];
  readonly virtual: readonly VirtualService[];
  readonly http: readonly HttpRoute[];
}

/** Where requests may be sent by somebody in the mesh, and what says so; what comes to a gateway, from wherever, follows its routes as well. */
export function followed(cluster: Cluster, { from, to }: Pick<Request, 'to'> & Partial<Pick<Request, 'from'>>): Followed {
  const asked =
    'host' in to
      ? [to.host.toLowerCase()]
      : 'podOf' in to && leadsInto(cluster, to.podOf)
        ? [workloadNamed(cluster, to.podOf).address]
        : [];
  const isEntered = (from !== undefined && 'gateway' in from) || 'podOf' in to;
  const found = followedFrom(cluster, asked, isEntered);
  return !isEntered && found.hosts.some((host) => leadsToGateway(cluster, host)) ? followedFrom(cluster, asked, true) : found;
}

function followedFrom(cluster: Cluster, asked: readonly string[], isEntered: boolean): Followed {
  const hosts = new Set(asked);
  const virtual = new Set<VirtualService>();
  const http = new Set<HttpRoute>();
  for (const host of hosts) {
    const found = routesAbout(cluster, host, isEntered);
    found.virtual.forEach((one) => virtual.add(one));
    found.http.forEach((one) => http.add(one));
    // Routes are found by small letters, and services by those that the route writes.
    [...destinationsOf(cluster, found), ...(isEntered ? newHostsOf(cluster, found) : [])].forEach((name) =>
      hosts.add(name.toLowerCase()).add(name),
    );
  }
  return { hosts: [...hosts], virtual: [...virtual], http: [...http] };
}

/** To somebody at least. */
export function leadsToGateway(cluster: Cluster, host: string): boolean {
  return servicesCovering(cluster, host).some((service) => allBehind(cluster, service).some((pod) => isGateway(cluster, pod)));
}

const leadsInto = (cluster: Cluster, key: string): boolean => isGateway(cluster, workloadNamed(cluster, key));

const isGateway = (cluster: Cluster, pod: Pod): boolean => asPicked(cluster, pod).proxy.isDoor;

/** Hosts that are sent on in place of others: a gateway on the way goes by those. */
function newHostsOf(cluster: Cluster, { virtual, http }: Found): string[] {
  const routes = virtual.flatMap((one) => followedRoutes(cluster, one));
  const rules = http.flatMap((one) => one.rules);
  return [...routes.map(({ rewrite }) => rewrite?.authority), ...rules.map(({ newHost }) => newHost)].flatMap((host) => host ?? []);
}

/** Hosts that requests to somewhere may be sent to by somebody in the mesh, one after the other. */
export function hostsFrom(cluster: Cluster, to: Target, from?: Caller): readonly string[] {
  return followed(cluster, { from, to }).hosts;
}

interface Found extends Omit<Followed, 'hosts'> {
  readonly bytes: readonly GatewayApiRoute[];
}

const byHost = perCluster(
  (cluster: Cluster) => new HostIndex(virtualServices(cluster), ({ hosts }) => hosts.map((host) => host.toLowerCase())),
);

/** Routes by which something comes in at gateways. */
const entering = perCluster((cluster: Cluster): readonly HttpRoute[] =>
  requestRoutes(cluster).filter(({ parents }) => parents.some(({ kind }) => kind === 'Gateway' || kind === 'ListenerSet')),
);

const places = perCluster((cluster: Cluster) => new Map(virtualServices(cluster).map((one, index) => [one, index])));

/** The routes that speak of a host, in the order in which all routes are. */
function routesAbout(cluster: Cluster, host: string, isEntered: boolean): Found {
  const place = places(cluster);
  const virtual = [...new Set(byHost(cluster).covering(host).flat())].sort((a, b) => place.get(a)! - place.get(b)!);
  const service = calledService(cluster, host);
  const bound = service
    ? routesUnder(cluster, service.kind, service.key).filter(({ parents }) =>
        parents.some((one) => isParent(one, service.kind, service.key)),
      )
    : [];
  const isForHost = ({ hostnames }: HttpRoute): boolean => hostnames.length === 0 || hostnames.some((name) => hostMatches(name, host));
  const own = bound.flatMap((route) => tryHttpRoute(cluster, route) ?? []);
  const http = isEntered ? inOrder(cluster, [...own, ...entering(cluster).filter(isForHost)]) : own;
  return { virtual, http, bytes: bound.filter(({ object }) => object.kind === 'TCPRoute') };
}

function inOrder(cluster: Cluster, routes: readonly HttpRoute[]): HttpRoute[] {
  const meant = new Set(routes);
  return requestRoutes(cluster).filter((route) => meant.has(route));
}

function destinationsOf(cluster: Cluster, { virtual, http, bytes }: Found): string[] {
  const named = virtual.flatMap((one) => [...followedRoutes(cluster, one), ...virtualByteRoutes(cluster, one)]);
  const backends = [...http.flatMap(({ rules }) => rules.flatMap((rule) => rule.backends)), ...bytes.flatMap(byteBackendsOf)];
  return [
    ...named.flatMap(({ destinations }) => destinations.map(({ host }) => host)),
    ...backends.map(({ kind, key }) => {
      const [namespaceName, name] = key.split('/');
      return kind === 'Hostname' ? name : hostOf(cluster, name, namespaceName);
    }),
  ];
}
