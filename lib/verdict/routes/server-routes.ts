import type { Cluster } from '../../cluster/cluster';
import type { IstioGateway, IstioServer } from '../../cluster/routes/istio-gateways';
import { isExportedTo, type VirtualService, virtualServicesFor } from '../../cluster/routes/virtual-services';
import type { Pod } from '../../cluster/workloads/workloads';
import type { RouteRule, RouteTable } from './route-table';
import { closestTo, commonHosts } from './virtual-hosts';
import { rulesBy } from './virtual-service-routes';

/** A server of an Istio Gateway. */
export interface Opening {
  readonly gateway: IstioGateway;
  readonly server: IstioServer;
}

/** What becomes of requests for a host at servers that share a port, and so their names. */
export interface ServerRoutes {
  /** Undefined where nothing is bound to them for the host. */
  readonly table?: RouteTable;
  /** Plain requests are sent on to HTTPS because this one says so. */
  readonly redirecting?: IstioGateway;
}

interface Named extends Opening {
  readonly hosts: readonly string[];
  readonly owner?: VirtualService;
  readonly rules: readonly RouteRule[];
}

/** A proxy has a name for whatever is of a server and of a VirtualService bound to it, with the routes of all that have that name. */
export function serverRoutes(cluster: Cluster, openings: readonly Opening[], proxy: Pod, host: string): ServerRoutes {
  const named = openings.flatMap((opening) => [...redirectsOf(opening), ...boundTo(cluster, opening, proxy, host)]);
  const closest = closestTo(host, named, ({ hosts }) => hosts);
  const redirecting = closest.find(({ server }) => server.redirects && !server.isTls)?.gateway;
  const [first, ...others] = closest.filter(({ owner }) => owner);
  if (!first) return { redirecting };
  const other = others.find(({ owner }) => owner !== first.owner)?.owner;
  if (other) return { redirecting, table: { rules: [], unknown: `${host} has two owners: ${first.owner!.title} and ${other.title}` } };
  return { redirecting, table: { rules: first.rules } };
}

/** It has its names whether or not anything is bound to it. */
function redirectsOf({ gateway, server }: Opening): Named[] {
  return server.redirects ? [{ gateway, server, hosts: hostsFor(server, undefined), rules: [] }] : [];
}

/** One that says nothing there is as good as none. */
function boundTo(cluster: Cluster, { gateway, server }: Opening, proxy: Pod, host: string): Named[] {
  const reader = { proxy, gateway: gateway.key, port: server.port ?? 0 };
  const covering = new Set(virtualServicesFor(cluster, gateway.key, host).flat());
  return [...covering]
    .filter((one) => isExportedTo(one, proxy.namespaceName))
    .map((owner) => ({
      gateway,
      server,
      owner,
      hosts: commonHosts(hostsFor(server, owner), owner.hosts),
      rules: rulesBy(cluster, owner, reader),
    }))
    .filter(({ rules }) => rules.length > 0);
}

/** As far as routes of its namespace are taken. */
function hostsFor({ scopedHosts }: IstioServer, owner: VirtualService | undefined): string[] {
  const scoped = scopedHosts.map((one) => one.split('/'));
  return scoped.filter(([where]) => where === '*' || where === owner?.namespaceName).map(([, name]) => name);
}
