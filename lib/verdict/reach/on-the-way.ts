import type { Cluster } from '../../cluster/cluster';
import { authorizationIndex, dryRunIndex } from '../../cluster/policies/authorization-policies';
import { type Issuer, requestAuthenticationIndex } from '../../cluster/policies/request-authentications';
import { followedRoutes } from '../../cluster/routes/delegated-routes';
import { type HttpRoute, requestRoutes } from '../../cluster/routes/http-routes';
import { type VirtualService, virtualServices } from '../../cluster/routes/virtual-services';
import { hostMatches, hostOf } from '../../cluster/services/hosts';
import { serviceOf } from '../../cluster/services/registry';
import { groupedBy } from '../../support/grouping';
import { attachedTo, type Enforcer } from '../decision/enforcer';
import { enforcersOfPod, enforcersOfService } from '../enforcers';
import { speakerOf, workloadNamed } from '../requests/callers';
import type { Caller, Request, Target } from '../requests/request';
import { isParent } from '../routes/attached-routes';
import { askedByHttpRoute, askedByRule, askedByVirtualService, joined, type Vocabulary } from './asked';

/** All that may have a say about requests from somebody to somewhere, whatever they are. */
export interface Way {
  readonly vocabulary: Vocabulary;
  /** Whose tokens are looked at. */
  readonly issuers: readonly Issuer[];
}

/** More than any one request meets: every route that may be followed from there, and whoever stands before what it leads to. */
export function wayOf(cluster: Cluster, request: Request): Way {
  const { hosts, routes } = followed(cluster, request);
  const enforcers = enforcersOf(cluster, request, hosts);
  const tried = enforcers.flatMap((enforcer) => attachedTo(cluster, dryRunIndex(cluster), enforcer));
  const policies = [
    ...enforcers.flatMap((enforcer) => attachedTo(cluster, authorizationIndex(cluster), enforcer)),
    ...tried.filter(({ action }) => action === 'CUSTOM'),
  ];
  const rules = [...new Set(policies)].flatMap((policy) => policy.rules);
  const issuers = enforcers
    .flatMap((enforcer) => attachedTo(cluster, requestAuthenticationIndex(cluster), enforcer))
    .flatMap((one) => one.issuers);
  return {
    vocabulary: withAdditions(joined([...rules.map(askedByRule), ...routes.map((route) => askedByRoute(cluster, route))])),
    issuers: joinedIssuers(issuers),
  };
}

/** Each issuer once: its tokens are for all for whom somebody wants them to be. */
function joinedIssuers(issuers: readonly Issuer[]): Issuer[] {
  const groups = groupedBy(issuers, ({ issuer }) => issuer);
  return [...groups].map(([issuer, ones]) => ({ issuer, audiences: [...new Set(ones.flatMap(({ audiences }) => audiences))] }));
}

/** A header that is asked about, and to which a route adds: what is compared then is no text that anybody sent. */
function withAdditions(vocabulary: Vocabulary): Vocabulary {
  const { asked, moved, addedTo, leftOut } = vocabulary;
  const named = addedTo.filter((name) => asked.some(({ about }) => about.in === 'header' && about.name === name));
  const dots =
    moved.length > 0 && asked.some(({ about }) => about.in === 'path')
      ? ['paths that a route makes others with dots or empty parts of']
      : [];
  return { ...vocabulary, leftOut: [...leftOut, ...dots, ...new Set(named.map((name) => `header ${name}, to which a route adds`))] };
}

/** The ways of several callers as one. */
export function togetherOf(ways: readonly Way[]): Way {
  const issuers = ways.flatMap((way) => way.issuers);
  return {
    vocabulary: joined(ways.map(({ vocabulary }) => vocabulary)),
    issuers: joinedIssuers(issuers),
  };
}

type Route = { readonly virtual: VirtualService } | { readonly http: HttpRoute };

function askedByRoute(cluster: Cluster, route: Route): Vocabulary {
  return 'virtual' in route ? askedByVirtualService(cluster, route.virtual) : askedByHttpRoute(route.http);
}

function enforcersOf(cluster: Cluster, { from, to }: Request, hosts: readonly string[]): Enforcer[] {
  const services = hosts.flatMap((host) => serviceOf(cluster, host) ?? []);
  const doors = 'gateway' in from ? [{ pod: speakerOf(cluster, from) }] : [];
  const pods = 'podOf' in to ? enforcersOfPod(cluster, workloadNamed(cluster, to.podOf)) : [];
  return [...doors, ...pods, ...services.flatMap((service) => enforcersOfService(cluster, service))];
}

/** Hosts that requests to somewhere may be sent to by somebody in the mesh, one after the other. */
export function hostsFrom(cluster: Cluster, to: Target, from?: Caller): readonly string[] {
  return followed(cluster, { from, to }).hosts;
}

/** Hosts that a request may be sent to, one after the other, and the routes that say so. */
function followed(cluster: Cluster, { from, to }: Followed): { readonly hosts: readonly string[]; readonly routes: readonly Route[] } {
  const hosts = new Set('host' in to ? [to.host.toLowerCase()] : []);
  const routes = new Set<Route>();
  const all = routesIn(cluster);
  for (const host of hosts) {
    for (const route of all.filter((one) => !routes.has(one) && isAbout(cluster, one, host, from !== undefined && 'gateway' in from))) {
      routes.add(route);
      destinationsOf(cluster, route).forEach((destination) => hosts.add(destination.toLowerCase()));
    }
  }
  return { hosts: [...hosts], routes: [...routes] };
}

type Followed = Pick<Request, 'to'> & Partial<Pick<Request, 'from'>>;

const routesIn = (cluster: Cluster): Route[] => [
  ...virtualServices(cluster).map((virtual) => ({ virtual })),
  ...requestRoutes(cluster).map((http) => ({ http })),
];

function isAbout(cluster: Cluster, route: Route, host: string, isEntered: boolean): boolean {
  if ('virtual' in route) return route.virtual.hosts.some((name) => hostMatches(name.toLowerCase(), host));
  const { parents, hostnames } = route.http;
  const service = serviceOf(cluster, host);
  if (service && parents.some((parent) => isParent(parent, service.kind, service.key))) return true;
  const isForHost = hostnames.length === 0 || hostnames.some((name) => hostMatches(name, host));
  return isEntered && isForHost && parents.some(({ kind }) => kind === 'Gateway' || kind === 'ListenerSet');
}

function destinationsOf(cluster: Cluster, route: Route): string[] {
  if ('virtual' in route) return followedRoutes(cluster, route.virtual).flatMap(({ destinations }) => destinations.map(({ host }) => host));
  const backends = route.http.rules.flatMap((rule) => rule.backends);
  return backends.map(({ kind, key }) => {
    const [namespaceName, name] = key.split('/');
    return kind === 'Hostname' ? name : hostOf(cluster, name, namespaceName);
  });
}
