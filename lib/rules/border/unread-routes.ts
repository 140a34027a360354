import { GATEWAY_API, NETWORKING } from '../../istio/api-groups';
import type { Cluster } from '../../cluster/cluster';
import { type Fields, listOf, textsOf } from '../../cluster/objects/fields';
import { namespaceOf, specOf } from '../../cluster/objects/manifest-object';
import { type GatewayApiRoute, gatewayApiRoutes } from '../../cluster/routes/gateway-api-routes';
import { gatewayKey } from '../../cluster/routes/gateway-keys';
import { type IstioServer, tryIstioGateway } from '../../cluster/routes/istio-gateways';
import { listenersFor } from '../../cluster/routes/route-listeners';
import { type RouteProtocol, type VirtualService, virtualServices } from '../../cluster/routes/virtual-services';
import { hostMatches } from '../../cluster/services/hosts';
import { isHttpProtocol } from '../../cluster/services/protocols';
import { tryGateway } from '../../cluster/workloads/gateways';
import { clusterOf } from '../cluster-of';
import { fieldPaths, ROUTES } from '../comparison';
import { isRaw } from '../owners';
import { type Report, rule } from '../rule';

const KINDS: readonly RouteProtocol[] = ['http', 'tls', 'tcp'];
const PASSED_ON = ['PASSTHROUGH', 'AUTO_PASSTHROUGH'];
const HTTP_ROUTES = ['HTTPRoute', 'GRPCRoute'];

/** Kinds of routes that a listener of the Gateway API takes; of other protocols nothing is known. */
const TAKEN: Readonly<Partial<Record<string, readonly string[]>>> = {
  HTTP: HTTP_ROUTES,
  HTTPS: HTTP_ROUTES,
  TLS: ['TLSRoute', 'TCPRoute'],
  TCP: ['TCPRoute'],
};

export const unreadRoutes = rule({
  code: 'MESH431',
  level: 'error',
  title: 'routes of a kind that the server of the gateway does not follow',
  compares: [
    { kinds: [`${NETWORKING}/VirtualService`], fields: ['spec hosts', 'spec gateways'], made: false },
    { kinds: ROUTES, fields: fieldPaths(['spec parentRefs'], ['name', 'namespace', 'sectionName', 'port']), made: false },
    {
      kinds: [`${NETWORKING}/Gateway`, `${GATEWAY_API}/Gateway`],
      fields: [
        'spec servers hosts',
        'spec servers port protocol',
        'spec servers tls mode',
        'spec listeners protocol',
        'spec listeners name',
      ],
      sought: true,
    },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const one of virtualServices(cluster).filter(isRaw)) checkVirtualService(cluster, one, report);
    for (const one of gatewayApiRoutes(cluster).filter(isRaw)) checkRoute(cluster, one, report);
  },
});

function checkVirtualService(cluster: Cluster, one: VirtualService, report: Report): void {
  for (const kind of KINDS) {
    const meant = [...new Set(listOf(specOf(one.object)[kind]).flatMap((route) => gatewaysOfRoute(one, route)))];
    const servers = meant.map((key) => serversFor(cluster, one, key));
    const known = servers.flatMap((found) => found ?? []);
    // Whom else it is for, pods or a gateway that somebody else makes, may follow it.
    if (known.length === 0 || servers.includes(undefined) || known.some((server) => readBy(server) === kind)) continue;
    report({
      on: one.object,
      message: `${one.title} has routes under ${kind} for ${meant.join(', ')}, whose servers for these hosts do not follow such routes: requests are answered with 404, or closed`,
      got: known.map(serverText).join('; '),
      fix: fixFor([...new Set(known.map(readBy))]),
    });
  }
}

/** Gateways that a route is for: those that its matches name, else all. */
function gatewaysOfRoute({ gateways, namespaceName }: VirtualService, { match }: Fields): readonly string[] {
  const matches = listOf(match);
  const named = matches.map((one) => textsOf(one.gateways).map((name) => gatewayKey(name, namespaceName)));
  return matches.length === 0 || named.some((keys) => keys.length === 0) ? gateways : named.flat();
}

/** Servers of a gateway that offer a host of it; undefined for pods, and for a gateway that somebody else makes. */
function serversFor(cluster: Cluster, { hosts, namespaceName }: VirtualService, key: string): IstioServer[] | undefined {
  return tryIstioGateway(cluster, key)?.servers.filter(({ scopedHosts }) =>
    scopedHosts.some((scoped) => {
      const [scope, offered] = scoped.split('/');
      return (scope === '*' || scope === namespaceName) && hosts.some((host) => hostMatches(offered, host) || hostMatches(host, offered));
    }),
  );
}

/** The routes that a server follows, as istiod builds its listener. */
function readBy({ protocol, mode = '' }: IstioServer): RouteProtocol {
  if (isHttpProtocol(protocol)) return 'http';
  if (PASSED_ON.includes(mode)) return 'tls';
  return protocol.toUpperCase() === 'HTTPS' ? 'http' : 'tcp';
}

function serverText({ port, protocol, mode }: IstioServer): string {
  return [`port ${port}: ${protocol}`, ...(mode === undefined ? [] : [`tls mode ${mode}`])].join(', ');
}

function fixFor(read: readonly RouteProtocol[]): string {
  const words: Readonly<Record<RouteProtocol, string>> = {
    http: 'write the routes under http',
    tls: 'write the routes under tls, by sniHosts; or end TLS at the gateway: mode SIMPLE with a certificate',
    tcp: 'write the routes under tcp; or let the server speak HTTP, or HTTPS',
  };
  return read.map((kind) => words[kind]).join('; ');
}

function checkRoute(cluster: Cluster, { object, title, parents }: GatewayApiRoute, report: Report): void {
  for (const parent of parents.filter(({ group, kind }) => `${group}/${kind}` === `${GATEWAY_API}/Gateway`)) {
    const gateway = tryGateway(cluster, parent.key);
    const { admitting = [] } = gateway ? listenersFor(cluster, gateway, parent, namespaceOf(object)) : {};
    const isKnown = admitting.length > 0 && admitting.every(({ protocol }) => TAKEN[protocol]);
    if (!isKnown || admitting.some(({ protocol }) => TAKEN[protocol]!.includes(object.kind))) continue;
    report({
      on: object,
      message: `${title} names the gateway ${parent.key}, whose listeners for it take no ${object.kind}: it is not attached`,
      got: admitting.map(({ name, protocol }) => `listener ${name}: ${protocol}`).join('; '),
      fix: `write ${admitting.flatMap(({ protocol }) => TAKEN[protocol]!)[0]}, or name a listener that speaks another protocol`,
    });
  }
}
