import { NETWORKING } from '../../istio/api-groups';
import type { ManifestObject } from '../../model/mesh-model';
import { addTo } from '../../support/grouping';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { type Fields, fieldsOf, isSaid, listOf, numberOf, textOf, textsOf, valueAt } from '../objects/fields';
import { namespaceOf, specOf, titleOf } from '../objects/manifest-object';
import { objectsOf } from '../objects/objects-by-kind';
import { HostIndex } from '../services/host-index';
import { fullHost } from '../services/hosts';
import { type HeaderChanges, virtualChanges } from './changes/header-changes';
import { readFault, type RouteFault } from './changes/route-fault';
import { gatewayKey, MESH } from './gateway-keys';
import { type OwnAnswer, virtualAnswer } from './own-answers';
import { readMatch, type VirtualMatch } from './virtual-matches';

export interface VirtualService {
  readonly object: ManifestObject;
  readonly title: string;
  readonly namespaceName: string;
  /** In full, their letters as they are written: sidecars and gateways read capitals as small letters, waypoints do not. */
  readonly hosts: readonly string[];
  /** `mesh`, or Istio Gateways as `namespace/name`. */
  readonly gateways: readonly string[];
  /** Namespaces whose proxies are told about it. */
  readonly exportTo: readonly string[];
  /** It also says where connections go: by the server that TLS asks for, or by nothing but the port. */
  readonly routesTls: boolean;
  readonly routesTcp: boolean;
}

export interface VirtualRoute {
  readonly name?: string;
  /** Undefined for every request. */
  readonly matches?: readonly VirtualMatch[];
  readonly destinations: readonly VirtualDestination[];
  readonly timeout?: string;
  /** Undefined where nothing is said of retries. */
  readonly retries?: { readonly attempts: number; readonly perTryTimeout?: string; readonly retryOn?: string };
  readonly rewrite?: VirtualRewrite;
  readonly headers?: HeaderChanges;
  /** Of a proxy that sends its requests nowhere. */
  readonly answer?: OwnAnswer;
  readonly fault?: RouteFault;
  /** The VirtualService `namespace/name` that says where its requests go. */
  readonly delegate?: string;
}

/** Another path for what is sent on: of what was matched, or of whatever an expression finds; and another host. */
export interface VirtualRewrite {
  readonly uri?: string;
  readonly regex?: { readonly match: string; readonly rewrite: string };
  readonly authority?: string;
}

export interface VirtualDestination {
  /** In full, its letters as they are written. */
  readonly host: string;
  readonly subset?: string;
  readonly port?: number;
  readonly weight?: number;
  /** Of requests that go there. */
  readonly headers?: HeaderChanges;
}

export const virtualServices = perCluster((cluster: Cluster): readonly VirtualService[] =>
  objectsOf(cluster, NETWORKING, 'VirtualService').map((object) => readVirtualService(cluster, object)),
);

function readVirtualService(cluster: Cluster, object: ManifestObject): VirtualService {
  const { hosts, gateways, exportTo, tls, tcp } = specOf(object);
  const namespaceName = namespaceOf(object);
  const bound = textsOf(gateways).map((name) => gatewayKey(name, namespaceName));
  const seen = textsOf(exportTo).map((name) => (name === '.' ? namespaceName : name));
  return {
    object,
    title: titleOf(object),
    namespaceName,
    hosts: textsOf(hosts).map((host) => fullHost(cluster, host, namespaceName)),
    gateways: bound.length === 0 ? [MESH] : bound,
    exportTo: seen.length === 0 ? ['*'] : seen,
    routesTls: listOf(tls).length > 0,
    routesTcp: listOf(tcp).length > 0,
  };
}

/** Where it sends requests, in the order in which its routes are tried; read when somebody follows one. */
export function httpRoutesOf(cluster: Cluster, one: VirtualService): readonly VirtualRoute[] {
  const known = readRoutes(cluster);
  const routes = known.get(one) ?? listOf(specOf(one.object).http).map((route) => readRoute(cluster, route, one.namespaceName));
  known.set(one, routes);
  return routes;
}

const readRoutes = perCluster((_: Cluster) => new WeakMap<VirtualService, readonly VirtualRoute[]>());

function readRoute(cluster: Cluster, said: Fields, namespaceName: string): VirtualRoute {
  const { name, match, route, timeout, retries, rewrite, headers, fault, delegate } = said;
  const { attempts, perTryTimeout, retryOn } = fieldsOf(retries);
  return {
    name: textOf(name),
    matches: listOf(match).length > 0 ? listOf(match).map((one) => readMatch(one, namespaceName)) : undefined,
    destinations: listOf(route).map(({ destination, weight, headers: own }) => ({
      ...readDestination(cluster, destination, namespaceName, weight),
      headers: virtualChanges(own),
    })),
    timeout: textOf(timeout),
    retries: isSaid(retries)
      ? { attempts: numberOf(attempts) ?? 0, perTryTimeout: textOf(perTryTimeout), retryOn: textOf(retryOn) }
      : undefined,
    rewrite: isSaid(rewrite) ? readRewrite(rewrite) : undefined,
    headers: virtualChanges(headers),
    answer: virtualAnswer(said),
    fault: readFault(fault),
    delegate: isSaid(delegate)
      ? `${textOf(valueAt(delegate, 'namespace')) || namespaceName}/${textOf(valueAt(delegate, 'name')) ?? ''}`
      : undefined,
  };
}

function readRewrite(said: unknown): VirtualRewrite {
  const { uri, uriRegexRewrite, authority } = fieldsOf(said);
  const { match, rewrite } = fieldsOf(uriRegexRewrite);
  const regex = isSaid(uriRegexRewrite) ? { match: textOf(match) ?? '', rewrite: textOf(rewrite) ?? '' } : undefined;
  return { uri: textOf(uri), regex, authority: textOf(authority) };
}

/** A destination as it is written, its host in full. */
export function readDestination(cluster: Cluster, destination: unknown, namespaceName: string, weight?: unknown): VirtualDestination {
  const { host, subset, port } = fieldsOf(destination);
  return {
    host: fullHost(cluster, textOf(host) ?? '', namespaceName),
    subset: textOf(subset),
    port: numberOf(valueAt(port, 'number')),
    weight: numberOf(weight),
  };
}

export type RouteProtocol = 'http' | 'tls' | 'tcp';

/** One route as it is written, with a name for messages. */
export interface WrittenRoute {
  readonly object: ManifestObject;
  readonly title: string;
  readonly route: Fields;
}

/** The routes of a VirtualService. */
export function writtenRoutes(
  { object, title }: VirtualService,
  protocols: readonly RouteProtocol[] = ['http', 'tls', 'tcp'],
): WrittenRoute[] {
  return protocols.flatMap((protocol) =>
    listOf(specOf(object)[protocol]).map((route, index) => {
      return { object, title: `${textOf(route.name) ?? `${protocol} route ${index + 1}`} in ${title}`, route };
    }),
  );
}

/** Everywhere that a VirtualService sends requests, bytes, and copies of requests. */
export function destinationsOf(cluster: Cluster, { object, namespaceName }: VirtualService): VirtualDestination[] {
  const { http, tls, tcp } = specOf(object);
  const routes = [http, tls, tcp].flatMap(listOf);
  const targets = routes.flatMap(({ route, mirror, mirrors }) => [
    ...[...listOf(route), ...listOf(mirrors)].map(({ destination }) => destination),
    ...(isSaid(mirror) ? [mirror] : []),
  ]);
  return targets.map((target) => readDestination(cluster, target, namespaceName)).filter(({ host }) => host !== '');
}

const byGateway = perCluster((cluster: Cluster): ReadonlyMap<string, HostIndex<VirtualService>> => {
  const groups = new Map<string, VirtualService[]>();
  for (const one of virtualServices(cluster)) for (const gateway of new Set(one.gateways)) addTo(groups, gateway, one);
  return new Map([...groups].map(([gateway, bound]) => [gateway, new HostIndex(bound, smallHosts)]));
});

/** VirtualServices that pods follow, by each of their hosts in small letters. */
export const meshVirtualServices = perCluster((cluster: Cluster): ReadonlyMap<string, readonly VirtualService[]> => {
  const owners = new Map<string, VirtualService[]>();
  for (const one of virtualServices(cluster).filter(({ gateways }) => gateways.includes(MESH))) {
    for (const host of new Set(smallHosts(one))) addTo(owners, host, one);
  }
  return owners;
});

function smallHosts({ hosts }: VirtualService): string[] {
  return hosts.map((host) => host.toLowerCase());
}

/** The VirtualServices that speak of a host where they are read, by the name itself first, then by ever wider wildcards; capitals make no difference. */
export function virtualServicesFor(cluster: Cluster, gateway: string, host: string): readonly (readonly VirtualService[])[] {
  return byGateway(cluster).get(gateway)?.covering(host.toLowerCase()) ?? [];
}

/** Whether the proxies of a namespace are told about it. */
export function isExportedTo({ exportTo }: Pick<VirtualService, 'exportTo'>, namespaceName: string): boolean {
  return exportTo.includes('*') || exportTo.includes(namespaceName);
}
