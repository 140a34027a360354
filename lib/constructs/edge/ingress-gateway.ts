import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { MeshRegistry } from '../../graph/mesh-registry';
import { principalOf } from '../../graph/mesh-settings';
import { partyOf, setParty } from '../../graph/party-of';
import { recordCall } from '../../graph/record-call';
import type { Party } from '../../model/party';
import type { Exposure } from '../../model/route';
import { gatewayPods } from '../../planes/peers';
import { CallSite } from '../../support/call-site';
import { isDeferred } from '../../support/deferred';
import { requireKnown } from '../../support/known';
import { objectsOf } from '../tree/objects-of';
import { markKind } from '../../support/marker';
import { MeshError } from '../../support/mesh-error';
import { requireDomain, requireName } from '../../support/object-names';
import { requirePathPrefix } from '../../support/request-path';
import { freeScope } from '../tree/free-scope';
import { HttpAccess } from '../../values/access/http-access';
import type { ICaller } from '../../values/access/caller';
import { joinApp } from '../tree/join-app';
import { closeGateway, LISTENER, makeGateway } from './make-gateway';
import { householdOf } from '../namespace/namespace-of';
import type { MeshedService } from '../service/meshed-service';

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

  private readonly registry: MeshRegistry;

  /**
   * Declares the gateway.
   * @param scope Where to declare it: inside the construct of a namespace
   * @param id Id of the construct, and the name of the Gateway unless `name` is set
   * @param props Its certificate
   */
  public constructor(scope: Construct, id: string, props: IngressGatewayProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'IngressGateway');
    this.registry = joinApp(this);
    const { registry } = this;
    requireKnown(this, props, ['tlsSecret']);
    const { home, dataPlane, infrastructure } = householdOf(this);
    this.gatewayName = requireName(this, 'gateway name', props.name ?? id);
    this.namespaceName = home.name;
    this.serviceAccountName = requireName(
      this,
      'gateway name, with the -istio that Istio adds to its Service,',
      `${this.gatewayName}-istio`,
    );

    const party = setParty(this, {
      kind: 'gateway',
      key: `gateway:${home.name}/${this.gatewayName}`,
      path: this.node.path,
      site: CallSite.here(),
      name: this.gatewayName,
      namespaceName: home.name,
      home,
      owned: true,
      ports: [],
      serviceAccountName: this.serviceAccountName,
      principal: principalOf(registry.settings, home.name, this.serviceAccountName),
      podLabels: Object.freeze(gatewayPods(this.gatewayName)),
    });
    this.resource = registry.own(
      makeGateway(this, party, registry, {
        tlsSecret: requireDomain(this, 'name of a Secret', props.tlsSecret),
        revision: dataPlane.revision,
      }),
    );
    const network = closeGateway(this, party, registry, infrastructure);
    registry.addParty(party, network);
  }

  /**
   * Makes a service reachable through this gateway: a route, and a grant for exactly what the route lets in.
   * @param service The service
   * @param options Host and path
   */
  public expose(service: MeshedService, options: ExposeOptions): void {
    const { registry } = this;
    requireKnown(this, options, ['host']);
    const callee = partyOf(service, registry);
    const exposure: Exposure = {
      gateway: partyOf(this, registry),
      listener: LISTENER,
      service: callee,
      host: requireHost(this, options.host),
      pathPrefix: requirePathPrefix(options.pathPrefix ?? '/'),
      port: this.portOf(callee, options.port),
      path: this.node.path,
      site: CallSite.here(),
    };
    const routeName = this.routeNameOf(service, options.routeName);
    registry.addExposure(exposure);
    service._routes.expose(exposure, routeName);
    const { pathPrefix } = exposure;
    recordCall(registry, this, {
      caller: exposure.gateway,
      callee,
      action: 'ALLOW',
      options: { port: exposure.port, http: pathPrefix === '/' ? undefined : [HttpAccess.anyMethod(pathPrefix, `${pathPrefix}/*`)] },
      httpIsOptional: true,
    });
  }

  /** Every object that it has made so far, to be patched where its own props have no words; a call, a release or a route may add more. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }

  private routeNameOf(service: MeshedService, asked: string | undefined): string {
    const routeName = requireName(this, 'route name', asked ?? `${service.serviceName}-${this.gatewayName}`);
    if (!service._routes.hasGatewayRoute(routeName)) return routeName;
    throw new MeshError({
      code: 'MESH025',
      at: this,
      what: 'each route of a service has a name of its own',
      got: `a second ${routeName}`,
      fix: 'set routeName',
    });
  }

  private portOf(service: Party, asked: number | undefined): number {
    const port = service.ports.find((candidate) => candidate.readsHttp && (asked === undefined || candidate.number === asked));
    if (port) return port.number;
    const http = service.ports.filter((candidate) => candidate.readsHttp).map((candidate) => candidate.number);
    const fix = http.length > 0 ? `expose one of its HTTP ports: ${http.join(', ')}` : 'declare a port with MeshPort.http, http2 or grpc';
    if (asked !== undefined && !service.ports.some((candidate) => candidate.number === asked)) {
      const got = `port ${asked}, which ${service.name} does not have`;
      throw new MeshError({ code: 'MESH061', at: this, what: 'a gateway exposes a port that the service has', got, fix });
    }
    throw new MeshError({
      code: 'MESH026',
      at: this,
      what: 'a gateway exposes a port that speaks HTTP',
      got: `${asked === undefined ? 'no HTTP port' : `port ${asked}`} of ${service.name}`,
      fix,
    });
  }
}

function requireHost(at: Construct, host: string): string {
  if (isDeferred(host)) return host;
  const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
  if (new RegExp(`^(\\*\\.)?${label}(\\.${label})+$`).test(host)) return host;
  throw new MeshError({
    code: 'MESH027',
    at,
    what: 'a host is a full name in lower case, without scheme and port',
    got: host,
    fix: 'write for example shop.example.com',
  });
}
