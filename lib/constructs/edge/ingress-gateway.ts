import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import * as gateway from '../../../imports/gateway.networking.k8s.io';
import { MeshGraph } from '../../graph/mesh-graph';
import { type MeshSettings, principalOf } from '../../graph/mesh-settings';
import { partyOf, setParty } from '../../graph/party-of';
import { recordCall } from '../../graph/record-call';
import { gatewayObjectName, INGRESS_CLASS } from '../../istio/gateway-classes';
import { REVISION } from '../../istio/labels';
import type { PartyFacts } from '../../model/party';
import { gatewayPods } from '../../planes/peers';
import { renderIngressGateway } from '../../render/routes/gateway';
import { requireDnsLength } from '../../support/bounds/dns-length';
import { CallSite } from '../../support/call-site';
import { isDeferred } from '../../support/deferred';
import { markKind } from '../../support/marker';
import { MeshError } from '../../support/mesh-error';
import { requireDottedName, requireName } from '../../support/object-names';
import { NUMBER, optional, passedOn, struct, TEXT } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import { compareText } from '../../support/ordering';
import { requirePathPrefix } from '../../support/request-path';
import type { ICaller } from '../../values/access/caller';
import { HttpAccess } from '../../values/access/http-access';
import { knownNamespace, namespaceOf } from '../namespace/namespace-of';
import { reserveGatewayRoutes } from '../routes/reserve-routes';
import type { MeshedService } from '../service/meshed-service';
import { OWN_SERVICE } from '../service/own-service';
import { freeScope } from '../tree/free-scope';
import { joinApp } from '../tree/join-app';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';
import { objectsOf } from '../tree/objects-of';
import { proxyLabels } from '../tree/proxy-labels';
import { closeGateway } from './close-gateway';

/** A gateway through which requests enter the mesh. */
export interface IngressGatewayProps {
  /** Name of the Secret with the certificate, in the gateway's namespace. */
  readonly tlsSecret: string;

  /**
   * Name of the Gateway.
   * @default - the construct's id
   */
  readonly name?: string;
}

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

/**
 * A gateway with TLS at the edge of the mesh.
 *
 * Expands into a Gateway of class `istio`, for which Istio makes Deployment, Service and ServiceAccount `<name>-istio`. Each service
 * exposed adds an HTTPRoute in its own namespace and a grant to the gateway's identity.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/
 * @example
 * import { IngressGateway } from 'istio-constructs';
 *
 * const partners = new IngressGateway(edge, 'partners', { tlsSecret: 'partners-cert' });
 * partners.expose(cart, { host: 'partners.example.com', pathPrefix: '/cart' });
 */
export class IngressGateway extends Construct implements ICaller {
  /** Name of the Gateway. */
  public readonly gatewayName: string;
  /** Namespace that it runs in. */
  public readonly namespaceName: string;
  /** ServiceAccount that Istio makes for it: its identity in the mesh. */
  public readonly serviceAccountName: string;
  /** The Gateway object. */
  public readonly resource: ApiObject;

  /**
   * Declares the gateway.
   * @param scope Where to declare it: inside the construct of a namespace
   * @param id Id of the construct, and the name of the Gateway unless `name` is set
   * @param props Its certificate
   */
  public constructor(scope: Construct, id: string, props: IngressGatewayProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'IngressGateway');
    const graph = joinApp(this);
    requireOptions(this, props, INGRESS_GATEWAY_PROPS);
    const tlsSecret = requireDottedName(this, 'name of a Secret', props.tlsSecret);
    this.gatewayName = requireName(this, 'gateway name', props.name ?? id);
    this.namespaceName = namespaceOf(this);
    this.serviceAccountName = requireName(
      this,
      'gateway name, with the -istio that Istio adds to its Service,',
      gatewayObjectName(this.gatewayName, INGRESS_CLASS),
    );
    const party = graph.addParty(setParty(this, factsOf(this, graph.useSettings())));
    const namespaces = lazy(() => exposedFrom(party, MeshGraph.of(this)));
    const revision = lazy(() => knownNamespace(this, party.namespaceName).dataPlane.revision);
    const metadata = { name: party.name, namespace: party.namespaceName, labels: { [REVISION]: revision } };
    const listener = { name: LISTENER, port: PORT, tlsSecret, namespaces };
    this.resource = makeObject(this, 'Resource', gateway.Gateway, metadata, renderIngressGateway(listener, proxyLabels(this)));
    closeGateway(this, party, PORT);
  }

  /**
   * Makes a service reachable through this gateway: a route, and a grant for exactly what the route lets in.
   * @param service The service
   * @param options Host and path
   * @example
   * gateway.expose(product, { host: 'shop.example.com', pathPrefix: '/products' });
   * gateway.expose(cart, { host: 'shop.example.com', pathPrefix: '/cart' });
   */
  public expose(service: MeshedService, options: ExposeOptions): void {
    const graph = MeshGraph.of(this);
    requireArguments(this, { service }, { service: OWN_SERVICE });
    requireOptions(this, options, EXPOSE_OPTIONS);
    const callee = partyOf(this, service, graph);
    const pathPrefix = requirePathPrefix(this, options.pathPrefix ?? '/');
    const port = this.portOf(callee, options.port);
    graph.addExposure({
      gateway: partyOf(this, this, graph),
      listener: LISTENER,
      service: callee,
      host: requireHost(this, options.host),
      pathPrefix,
      port,
      routeName: this.routeNameOf(callee, options.routeName),
      path: this.node.path,
      site: CallSite.here(),
    });
    reserveGatewayRoutes(service, callee);
    const http = pathPrefix === '/' ? undefined : [HttpAccess.anyMethod(pathPrefix, `${pathPrefix}/*`)];
    recordCall(this, { caller: this, callee: service, action: 'ALLOW', options: { port, http }, httpIsOptional: true });
  }

  /** Its objects, as far as they follow from what was said by now: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }

  private routeNameOf(service: PartyFacts, asked: string | undefined): string {
    const routeName = requireName(this, 'route name', asked ?? `${service.name}-${this.gatewayName}`);
    const taken = MeshGraph.of(this).exposuresOf(service.key);
    if (taken.every((exposure) => exposure.routeName !== routeName)) return routeName;
    throw new MeshError({
      code: 'MESH025',
      at: this,
      what: 'each route of a service has a name of its own',
      got: `a second ${routeName}`,
      fix: 'set routeName',
    });
  }

  private portOf(service: PartyFacts, asked: number | undefined): number {
    const port = service.ports.find((candidate) => candidate.readsHttp && (asked === undefined || candidate.number === asked));
    if (port) return port.number;
    const http = service.ports.filter((candidate) => candidate.readsHttp).map((candidate) => candidate.number);
    const fix =
      http.length > 0
        ? `expose one of its HTTP ports: ${http.join(', ')}`
        : 'declare a port that speaks HTTP with MeshPort.http, http2 or grpc';
    if (asked !== undefined && !service.ports.some((candidate) => candidate.number === asked)) {
      const got = `port ${asked}, which ${service.name} does not have`;
      throw new MeshError({ code: 'MESH061', at: this, what: 'a gateway exposes a port that the service has', got, fix });
    }
    throw new MeshError({
      code: 'MESH026',
      at: this,
      what: 'a gateway exposes a port that speaks HTTP',
      got: `${asked === undefined ? 'no HTTP port' : `port ${asked}`} of ${service.name}`,
      fix: `${fix}; ${OTHER_PROTOCOLS}`,
    });
  }
}

const OTHER_PROTOCOLS =
  'other protocols enter by raw objects, an Istio Gateway and a VirtualService with tcp, whose gateway access.allow(ServiceIdentity.of(…)) lets in';
const INGRESS_GATEWAY_PROPS = struct<IngressGatewayProps>({ tlsSecret: passedOn(TEXT), name: optional(TEXT) });

const EXPOSE_OPTIONS = struct<ExposeOptions>({
  host: passedOn(TEXT),
  pathPrefix: optional(TEXT),
  port: optional(NUMBER),
  routeName: optional(TEXT),
});

const LISTENER = 'https';
const PORT = 443;

function factsOf(at: IngressGateway, settings: MeshSettings): PartyFacts {
  const { gatewayName, namespaceName, serviceAccountName } = at;
  return {
    kind: 'gateway',
    key: `gateway:${namespaceName}/${gatewayName}`,
    path: at.node.path,
    site: CallSite.here(),
    name: gatewayName,
    namespaceName,
    owned: true,
    ports: [],
    serviceAccountName,
    principal: principalOf(settings, namespaceName, serviceAccountName),
    podLabels: Object.freeze(gatewayPods(gatewayName)),
  };
}

// A selector that lists no namespace is refused by the API server: with nothing exposed yet, the gateway's own has to do.
function exposedFrom(party: PartyFacts, graph: MeshGraph): string[] {
  const exposed = graph.exposures.filter(({ gateway: opening }) => opening.key === party.key);
  const names = [...new Set(exposed.map(({ service }) => service.namespaceName))];
  return names.length > 0 ? names.sort(compareText) : [party.namespaceName];
}

function requireHost(at: Construct, host: string): string {
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
