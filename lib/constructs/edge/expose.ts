import type { IConstruct } from 'constructs';
import { MeshGraph } from '../../graph/mesh-graph';
import { hostOf } from '../../graph/mesh-settings';
import { partyOf } from '../../graph/party-of';
import { recordCall } from '../../graph/record-call';
import type { PartyFacts } from '../../model/party';
import { requireDnsLength } from '../../support/bounds/dns-length';
import { CallSite } from '../../support/call-site';
import { isDeferred } from '../../support/deferred';
import { MeshError } from '../../support/mesh-error';
import { requireName } from '../../support/object-names';
import { NUMBER, optional, passedOn, struct, TEXT } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import { requirePathPrefix } from '../../support/request-path';
import type { ICaller } from '../../values/access/caller';
import { HttpAccess } from '../../values/access/http-access';
import { arrivingAt } from '../../planes/shaping/exposed-paths';
import { patternsOf } from '../../planes/shaping/path-pattern';
import { REWRITE, type Rewrite } from '../../values/traffic/shaping/rewrite';
import { exposedRewrite } from '../routes/shaping/exposed-rewrite';
import { reserveGatewayRoutes } from '../routes/reserve-routes';
import type { IMeshedService } from '../service/i-meshed-service';
import { SERVICE } from '../service/own-service';

/** What of a service is made reachable. */
export interface ExposeOptions {
  /** Host name that requests carry. */
  readonly host: string;

  /**
   * Path that requests begin with; `/cart` takes `/cart` and all below it.
   * @default - all paths
   */
  readonly pathPrefix?: string;

  /**
   * Other words in which the gateway sends these requests on; `PathRewrite.prefix('/')` takes `pathPrefix` away. The service, its routes and its policies see
   * the new path.
   * @default - as they came
   */
  readonly rewrite?: Rewrite;

  /**
   * Port of the Service.
   * @default - its first port that speaks HTTP
   */
  readonly port?: number;

  /**
   * Name of the HTTPRoute; needed when one gateway exposes a service more than once.
   * @default - <service>-<gateway>
   */
  readonly routeName?: string;
}

const EXPOSE_OPTIONS = struct<ExposeOptions>({
  host: passedOn(TEXT),
  pathPrefix: optional(TEXT),
  rewrite: optional(REWRITE),
  port: optional(NUMBER),
  routeName: optional(TEXT),
});

/** Records what a gateway makes reachable, and the call that comes of it. Without a listener every one of the gateway takes the route. */
export function exposeService(gateway: IConstruct & ICaller, service: IMeshedService, options: ExposeOptions, listener?: string): void {
  const graph = MeshGraph.of(gateway);
  requireArguments(gateway, { service }, { service: SERVICE });
  requireOptions(gateway, options, EXPOSE_OPTIONS);
  const [opening, callee] = [partyOf(gateway, gateway, graph), partyOf(gateway, service, graph)];
  requireOwnHost(gateway, callee, graph);
  const pathPrefix = requirePathPrefix(gateway, options.pathPrefix ?? '/');
  const rewrite = options.rewrite && exposedRewrite(gateway, pathPrefix, options.rewrite);
  const port = requireHttpPort(gateway, callee, options.port);
  graph.addExposure({
    gateway: opening,
    listener,
    service: callee,
    host: requireHost(gateway, options.host),
    pathPrefix,
    rewrite,
    port,
    routeName: requireFreeRoute(gateway, callee, options.routeName ?? `${callee.name}-${opening.name}`),
    path: gateway.node.path,
    site: CallSite.here(),
  });
  reserveGatewayRoutes(service, callee);
  const arriving = patternsOf(arrivingAt({ pathPrefix, rewrite }));
  const http = arriving.includes('/*') ? undefined : [HttpAccess.anyMethod(...arriving)];
  recordCall(gateway, { caller: gateway, callee: service, action: 'ALLOW', options: { port, http }, httpIsOptional: true });
}

function requireOwnHost(at: IConstruct, { name, namespaceName, host }: PartyFacts, graph: MeshGraph): void {
  const own = hostOf(graph.useSettings(), namespaceName, name);
  if (host === undefined || host === own) return;
  throw new MeshError({
    code: 'MESH085',
    at,
    what: 'a gateway sends requests to a Service of this cluster',
    got: `${name} at ${host}`,
    fix: `leave host out of MeshedService.fromAttributes, for ${own}, or write the route as a raw object`,
  });
}

function requireFreeRoute(at: IConstruct, service: PartyFacts, asked: string): string {
  const routeName = requireName(at, 'route name', asked);
  const taken = MeshGraph.of(at).exposuresOf(service.key);
  if (taken.every((exposure) => exposure.routeName !== routeName)) return routeName;
  throw new MeshError({
    code: 'MESH025',
    at,
    what: 'each route of a service has a name of its own',
    got: `a second ${routeName}`,
    fix: 'set routeName',
  });
}

function requireHttpPort(at: IConstruct, service: PartyFacts, asked: number | undefined): number {
  const port = service.ports.find((candidate) => candidate.readsHttp && (asked === undefined || candidate.number === asked));
  if (port) return port.number;
  const http = service.ports.filter((candidate) => candidate.readsHttp).map((candidate) => candidate.number);
  const fix =
    http.length > 0
      ? `expose one of its HTTP ports: ${http.join(', ')}`
      : 'declare a port that speaks HTTP with MeshPort.http, http2 or grpc';
  if (asked !== undefined && !service.ports.some((candidate) => candidate.number === asked)) {
    const got = `port ${asked}, which ${service.name} does not have`;
    throw new MeshError({ code: 'MESH061', at, what: 'a gateway exposes a port that the service has', got, fix });
  }
  throw new MeshError({
    code: 'MESH026',
    at,
    what: 'a gateway exposes a port that speaks HTTP',
    got: `${asked === undefined ? 'no HTTP port' : `port ${asked}`} of ${service.name}`,
    fix: `${fix}; ${OTHER_PROTOCOLS}`,
  });
}

const OTHER_PROTOCOLS =
  'other protocols enter by raw objects, an Istio Gateway and a VirtualService with tcp, whose gateway access.allow(ServiceIdentity.of(…)) lets in';

function requireHost(at: IConstruct, host: string): string {
  if (isDeferred(host)) return host;
  const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
  if (new RegExp(`^(\\*\\.)?${label}(\\.${label})+$`).test(host)) return requireDnsLength(at, 'host', host);
  throw new MeshError({
    code: 'MESH027',
    at,
    what: 'a host is a full name in lower case, without scheme and port',
    got: host,
    fix: 'write for example shop.example.com',
  });
}
