import type { Cluster } from '../../cluster/cluster';
import { textsOf } from '../../cluster/objects/fields';
import { specOf } from '../../cluster/objects/manifest-object';
import { authorizationIndex } from '../../cluster/policies/authorization-policies';
import { gatewayApiRoutes } from '../../cluster/routes/gateway-api-routes';
import { tryIstioGateway } from '../../cluster/routes/istio-gateways';
import { virtualServices } from '../../cluster/routes/virtual-services';
import { listenersOf, tryGateway } from '../../cluster/workloads/gateways';
import { groupedBy } from '../../support/grouping';
import { sortedBy } from '../../support/ordering';
import { attachedTo } from '../../verdict/decision/enforcer';
import { divided, waysOf } from '../../verdict/reach/division';
import type { ManifestObject } from '../../model/mesh-model';
import { type Fate, fatesOf } from './fates';
import type { Door } from './nodes';
import { outright } from './protocols';

/** A port of a gateway, and what comes in there. */
export interface Entry {
  readonly port: number;
  readonly protocol: string;
  /** Hosts for which something arrives. */
  readonly hosts: readonly string[];
  readonly fates: readonly (Fate & { readonly host: string })[];
  /** Policies of the gateway itself. */
  readonly policies: readonly ManifestObject[];
}

/** What comes in at a gateway, by port. */
export function entriesAt(cluster: Cluster, door: Door): Entry[] {
  const hosts = hostsOf(cluster, door);
  const policies = attachedTo(cluster, authorizationIndex(cluster), { pod: door.pod }).map(({ object }) => object);
  const ports = [...groupedBy(openingsOf(cluster, door), ({ port }) => port)].sort(([a], [b]) => a - b);
  return ports.map(([port, [{ protocol }]]) => {
    const fates = hosts.flatMap((host) => fatesAt(cluster, door, host, port).map((fate) => ({ ...fate, host })));
    return { port, protocol: outright(protocol), hosts: [...new Set(fates.map(({ host }) => host))], fates, policies };
  });
}

function fatesAt(cluster: Cluster, { key }: Door, host: string, port: number): Fate[] {
  const from = { gateway: key, showsCertificate: true };
  const to = { host: someHost(host), port };
  const ends = { from: [from], to };
  const division = divided(cluster, ends, waysOf(cluster, ends));
  return division ? fatesOf(cluster, from, to, division) : [];
}

/** One of those that a wildcard means. */
function someHost(host: string): string {
  return host === '*' ? 'any.example' : host.replace(/^\*\./, 'any.');
}

function openingsOf(cluster: Cluster, { key, object }: Door): { readonly port: number; readonly protocol: string }[] {
  const gateway = tryGateway(cluster, key);
  const openings = gateway?.object === object ? listenersOf(cluster, gateway) : (tryIstioGateway(cluster, key)?.servers ?? []);
  return openings.flatMap(({ port, protocol }) => (port === undefined ? [] : [{ port, protocol }]));
}

/** Hosts that its own words and those of its routes name. */
function hostsOf(cluster: Cluster, { key, object }: Door): string[] {
  const gateway = tryGateway(cluster, key);
  const named = gateway?.object === object ? routedAt(cluster, key) : boundTo(cluster, key);
  return sortedBy(new Set(named), (host) => host);
}

function routedAt(cluster: Cluster, key: string): string[] {
  const listeners = listenersOf(cluster, tryGateway(cluster, key)!);
  const parents = new Set(listeners.map(({ parent }) => `${parent.kind} ${parent.key}`));
  const routes = gatewayApiRoutes(cluster).filter((route) => route.parents.some((parent) => parents.has(`${parent.kind} ${parent.key}`)));
  const said = routes.map(({ object }) => textsOf(specOf(object).hostnames));
  // A route without hosts is for those of its listeners.
  const open = said.some((hosts) => hosts.length === 0) ? listeners.map(({ hostname }) => hostname ?? '*') : [];
  return [...said.flat(), ...open];
}

function boundTo(cluster: Cluster, key: string): string[] {
  const bound = virtualServices(cluster).filter(({ gateways }) => gateways.includes(key));
  const hosts = bound.flatMap((one) => one.hosts);
  const open = (tryIstioGateway(cluster, key)?.servers ?? []).flatMap((server) => server.hosts);
  return hosts.flatMap((host) => (host === '*' ? open : [host]));
}
