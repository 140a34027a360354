import type * as networking from '../../../../imports/networking.istio.io';
import type { IstioGatewayRef } from '../../../model/edge/istio-gateway';
import type { ListenerFacts } from '../../../model/edge/listener';
import type { Exposure } from '../../../model/exposure';
import type { RouteTable } from '../../../model/route';
import { inOrder, type Ordered } from '../../../planes/entries/in-order';
import { connectionBackends } from '../connection-backends';
import { enteringEntries, portOf } from '../gateway-route';
import { type Destinations, destinations, renderMatches, shares, withoutRepeats } from '../virtual-service';

type Fields = networking.VirtualServiceSpecHttp;

/** A service exposed at a Gateway of Istio, and where its versions are. */
export interface Entering {
  readonly exposure: Exposure;
  readonly table: RouteTable;
  /** No waypoint shares out what comes in. */
  readonly splitsHere: boolean;
  readonly destinations: Destinations;
}

/**
 * All that is exposed under one host at one Gateway of Istio. Several VirtualServices for one host are tried by their age: this one says the order, the
 * narrowest match first.
 */
export function renderHostRoute(gateway: IstioGatewayRef, entering: readonly Entering[]): networking.VirtualServiceSpec {
  const of = (protocol: Exposure['protocol']): Entering[] => entering.filter(({ exposure }) => exposure.protocol === protocol);
  const [http, tls, tcp] = [of('http'), of('tls'), of('tcp')];
  return {
    hosts: [entering[0].exposure.host],
    gateways: [`${gateway.namespaceName}/${gateway.name}`],
    http: some(httpRoutes(http)),
    tls: some(
      tls.filter(({ exposure }) => !exposure.endsTls).map((one) => ({ match: [{ sniHosts: [one.exposure.host] }], route: bytes(one) })),
    ),
    tcp: some([...tcp, ...tls.filter(({ exposure }) => exposure.endsTls)].map((one) => ({ route: bytes(one) }))),
  };
}

/** Sends clients on to HTTPS, from or to a port that does not go without saying. */
export function renderPortRedirect(gateway: IstioGatewayRef, { hosts, securePort }: ListenerFacts): networking.VirtualServiceSpec {
  return {
    hosts: hosts.length > 0 ? [...hosts] : ['*'],
    gateways: [`${gateway.namespaceName}/${gateway.name}`],
    http: [{ redirect: { scheme: 'https', port: securePort, redirectCode: 301 } }],
  };
}

/** What tells that routes are those of an exposure: all of them begin with its name. */
export function isRouteOf({ routeName }: Exposure, name: string | undefined): boolean {
  return name === routeName || name?.startsWith(`${routeName}.`) === true;
}

function httpRoutes(entering: readonly Entering[]): Fields[] {
  const sequences = entering.map((owner) => ({
    owner,
    entries: enteringEntries(owner.exposure, owner.table, owner.splitsHere, 'istio'),
  }));
  return withoutRepeats(inOrder(sequences).map(renderRoute));
}

function renderRoute({ owner: { exposure, destinations: to }, entry }: Ordered<Entering>): Fields {
  return {
    name: [exposure.routeName, entry.name].filter(Boolean).join('.'),
    match: byPattern(
      exposure,
      entry.matches.some(takesAll) ? entry.methods && [{ method: { regex: entry.methods.join('|') } }] : renderMatches(entry, undefined),
    ),
    ...entry.fields,
    route: entry.answers ? undefined : destinations(to, portOf(exposure), entry.backends),
  };
}

// Written out, a path that all have would be one more thing to compare.
function takesAll({ path, headers, queryParams, cookies = [], method }: Ordered<Entering>['entry']['matches'][number]): boolean {
  const isEvery = !path || (path.type === 'PathPrefix' && path.value === '/');
  return isEvery && headers.length + queryParams.length + cookies.length === 0 && method === undefined;
}

function byPattern({ pathPattern }: Exposure, matches: Fields['match']): Fields['match'] {
  if (pathPattern === undefined) return matches;
  const told = (matches ?? [{}]).map((match) => JSON.stringify({ ...match, uri: { regex: pathPattern } }));
  return [...new Set(told)].map((match) => JSON.parse(match) as networking.VirtualServiceSpecHttpMatch);
}

function bytes({ exposure, table, splitsHere, destinations: to }: Entering): networking.VirtualServiceSpecTcpRoute[] {
  return shares(to, portOf(exposure), splitsHere ? connectionBackends(table) : []);
}

function some<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}
