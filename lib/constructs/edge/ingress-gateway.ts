import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { ExternalAuthorizer } from '../../graph/grants/external-authorizer';
import { setParty } from '../../graph/party-of';
import type { Door, ListenerFacts } from '../../model/edge/listener';
import { markKind } from '../../support/marker';
import { requireName, requireNamespaceName } from '../../support/object-names';
import { requireOptions } from '../../support/options/require-options';
import { compareText } from '../../support/ordering';
import type { IpBlocks } from '../../values/access/ip-blocks';
import type { IMeshNamespace } from '../namespace/i-mesh-namespace';
import type { IMeshedService } from '../service/i-meshed-service';
import { freeScope } from '../tree/free-scope';
import { joinApp } from '../tree/join-app';
import { objectsOf } from '../tree/objects-of';
import { askAtGateway, auditAtGateway } from './checks/ask-first';
import type { GatewayRequests } from './checks/gateway-requests';
import { reserveChecks } from './checks/reserve-checks';
import { type ClientsPlace, refuseClients } from './checks/refuse-clients';
import { readsRequests } from './checks/checked-requests';
import { closeGateway } from './close-gateway';
import { exposeService } from './expose';
import type { ExposeOptions } from './expose-options';
import type { IIngressGateway } from './i-ingress-gateway';
import { ImportedGateway, requireOneGateway } from './imported-gateway';
import type { IngressGatewayAttributes } from './ingress-gateway-attributes';
import { INGRESS_GATEWAY_PROPS, type IngressGatewayProps, listenersOf } from './ingress-gateway-props';
import { type IstioEdge, openIstioEdge, ownIstioParty } from './istio/istio-edge';
import { requireNothingMade } from './istio/require-of-istio';
import { type DelegatedListeners, delegateListeners } from './listeners/delegate';
import type { DelegateOptions } from './listeners/delegate-options';
import type { IDelegatedListeners } from './listeners/i-delegated-listeners';
import { makeCertificates, withSecrets } from './listeners/make-certificates';
import { requireListeners } from './listeners/require-listeners';
import { makeGateway, makeRedirects } from './make-gateway';
import { infrastructureSaid, ownParty, seenBehind } from './own-facts';
import { guardGateway } from './users/guard-gateway';

/**
 * A gateway with TLS at the edge of the mesh.
 *
 * Expands into a Gateway of class `istio`, for which Istio makes Deployment, Service and ServiceAccount `<name>-istio`. Each service
 * exposed adds an HTTPRoute in its own namespace and a grant to the gateway's identity. With `istioPods` it expands into Gateways of Istio's own API, one a
 * listener, on pods that somebody else installed, and into a VirtualService for each host.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/
 * @example
 * import { IngressGateway } from 'istio-constructs';
 *
 * const partners = new IngressGateway(edge, 'partners', { tlsSecret: 'partners-cert' });
 * partners.expose(cart, { host: 'partners.example.com', pathPrefix: '/cart' });
 */
export class IngressGateway extends Construct implements IIngressGateway {
  /**
   * A gateway that another program makes. What is exposed through it has its route in its own namespace, and lets the gateway in; that program lets
   * the route attach (`routesFrom`).
   * @param scope Where to declare it
   * @param id Id of the construct, and the name of the Gateway unless `name` is set
   * @param attributes What is known of the gateway
   */
  public static fromAttributes(scope: Construct, id: string, attributes: IngressGatewayAttributes): IIngressGateway {
    return new ImportedGateway(scope, id, attributes);
  }

  /** Name of the Gateway. */
  public readonly gatewayName: string;
  /** Namespace that it runs in. */
  public readonly namespaceName: string;
  /** ServiceAccount of its pods, which Istio makes for it unless it has `istioPods`: its identity in the mesh. */
  public readonly serviceAccountName: string;
  /** The Gateway object; with `istioPods` that of its first listener. */
  public readonly resource: ApiObject;
  private readonly doors: readonly Door[];
  private readonly istio?: IstioEdge;
  private readonly delegated: DelegatedListeners[] = [];
  private readonly before: Pick<ClientsPlace, 'trustedProxies' | 'keepsClientAddress'>;

  /**
   * Declares the gateway.
   * @param scope Where to declare it: inside the construct of a namespace
   * @param id Id of the construct, and the name of the Gateway unless `name` is set
   * @param props Its certificate, listeners, pods and Service
   */
  public constructor(scope: Construct, id: string, props: IngressGatewayProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'IngressGateway');
    const graph = joinApp(this);
    requireOptions(this, props, INGRESS_GATEWAY_PROPS);
    this.gatewayName = requireName(this, 'gateway name', props.name ?? id);
    const { istioPods } = props;
    const party = setParty(
      this,
      istioPods ? ownIstioParty(this, graph, this.gatewayName, props) : ownParty(this, this.gatewayName, graph.useSettings()),
    );
    this.namespaceName = party.namespaceName;
    this.serviceAccountName = party.serviceAccountName!;
    requireOneGateway(this, graph, party);
    graph.addParty(party);
    this.before = seenBehind(props);
    const listeners = withSecrets(this, party, listenersOf(this, props));
    this.doors = requireListeners(this, listeners);
    const [routesFrom, listenersFrom] = [props.routesFrom, props.listenersFrom].map(requireNamespaces(this));
    makeCertificates(this, party, listeners);
    this.istio = istioPods && openIstioEdge(this, party, istioPods._facts, { listeners, routesFrom });
    const guests = { routesFrom, listenersFrom: () => this.tenants(listenersFrom) };
    this.resource = this.istio?.resource ?? makeGateway(this, party, this.doors, infrastructureSaid(props), guests);
    if (!this.istio) makeRedirects(this, party, this.doors);
    closeGateway(this, party, () => this.ports(), routesFrom);
    guardGateway(this, party, () => this.allDoors(), this.podPort);
    reserveChecks(this, party, () => this.ports(readsRequests));
  }

  /**
   * Makes a service reachable through this gateway: a route, and a grant for exactly what the route lets in. Of a service of another program only the
   * route is written, in the namespace of that service, and findings tell what its owner has to add.
   * @param service The service
   * @param options Host and path
   * @example
   * gateway.expose(product, { host: 'shop.example.com', pathPrefix: '/products' });
   * gateway.expose(cart, { host: 'shop.example.com', pathPrefix: '/cart' });
   */
  public expose(service: IMeshedService, options: ExposeOptions): void {
    exposeService(this, service, options, { doors: this.doors, istio: this.istio, podPort: this.podPort });
  }

  /**
   * Hands some of its hosts over to a namespace, with certificates of that namespace. Whoever lives there exposes services under them; the gateway and its
   * pods stay as they are.
   * @param tenant The namespace
   * @param options Listeners, each with its hosts and certificate
   * @example
   * import { GatewayCertificate, GatewayListener } from 'istio-constructs';
   *
   * const certificate = GatewayCertificate.secret('search-cert');
   * const theirs = gateway.delegateHosts(shop, { listeners: [GatewayListener.https({ hosts: ['search.example.com'], certificate })] });
   * theirs.expose(product, { host: 'search.example.com' });
   */
  public delegateHosts(tenant: IMeshNamespace, options: DelegateOptions): IDelegatedListeners {
    if (this.istio) requireNothingMade(this, { delegateHosts: options });
    const delegated = delegateListeners(this, tenant, options, { besides: this.allDoors(), podPort: this.podPort });
    this.delegated.push(delegated);
    return delegated;
  }

  /**
   * Has somebody outside the proxies asked about requests before they come in: a login such as oauth2-proxy, or an engine of policies. What it refuses is
   * refused, and the client gets its answer; what it lets in goes on as `expose` says.
   *
   * Expands into an AuthorizationPolicy CUSTOM `<gateway>-ask` at the gateway, in both planes, and grants the gateway the call to the authorizer. With `istioPods`
   * it holds for all that comes in by these pods, by other gateways on them as well.
   * @param authorizer Who is asked
   * @param requests Which requests; all when left out
   * @see https://istio.io/latest/docs/tasks/security/authorization/authz-custom/
   * @example
   * import { ExternalAuthorizer, MeshedService, MeshPort } from 'istio-constructs';
   *
   * const login = new MeshedService(edge, 'login', { image: 'quay.io/oauth2-proxy/oauth2-proxy:v7.12.0', ports: [MeshPort.http(4180)] });
   * gateway.expose(product, { host: 'shop.example.com' });
   * gateway.askFirst(ExternalAuthorizer.of('oauth2-proxy', { service: login }), { hosts: ['shop.example.com'] });
   */
  public askFirst(authorizer: ExternalAuthorizer, requests: GatewayRequests = {}): void {
    askAtGateway(this, authorizer, requests, this.clientsPlace());
  }

  /**
   * Takes requests of some clients alone, by their addresses; all others are refused, whatever is exposed. Said again of the same requests, it lets in those clients as well. With
   * `istioPods` it holds for all gateways on these pods.
   *
   * Expands into an AuthorizationPolicy DENY `<gateway>-clients` with `notRemoteIpBlocks` or `notIpBlocks`, in both planes. The gateway sees the addresses of its clients where its Service
   * has `keepsClientAddress`, or where proxies before it note them (`trustedProxies`): MESH264 tells of one that does neither.
   * @param clients Who may come: `IpBlocks.ofClients`, or `ofPeers` for whoever connects
   * @param requests For which requests; all that comes in, bytes too, when left out
   * @see https://istio.io/latest/docs/tasks/security/authorization/authz-ingress/
   * @example
   * import { IngressGateway, IpBlocks } from 'istio-constructs';
   *
   * const office = new IngressGateway(edge, 'office', { tlsSecret: 'office-cert', service: { keepsClientAddress: true } });
   * office.expose(cart, { host: 'office.example.com' });
   * office.allowOnly(IpBlocks.ofClients('203.0.113.0/24'));
   */
  public allowOnly(clients: IpBlocks, requests: GatewayRequests = {}): void {
    refuseClients(this, clients, { requests, others: true }, this.clientsPlace());
  }

  /**
   * Refuses requests of some clients, by their addresses, whatever else lets them in: an AuthorizationPolicy DENY `<gateway>-clients`. With `istioPods` it holds for
   * all gateways on these pods.
   * @param clients Who may not come
   * @param requests For which requests; all that comes in, bytes too, when left out
   * @example
   * import { IpBlocks } from 'istio-constructs';
   *
   * gateway.denyClients(IpBlocks.ofClients('198.51.100.7'), { hosts: ['shop.example.com'] });
   */
  public denyClients(clients: IpBlocks, requests: GatewayRequests = {}): void {
    refuseClients(this, clients, { requests, others: false }, this.clientsPlace());
  }

  /**
   * Marks requests for whoever writes them down, and decides nothing: an AuthorizationPolicy AUDIT `<gateway>-audit`. See `ServiceAccess.audit` for what becomes of the mark.
   * @param requests Which requests; all when left out
   * @example
   * import { HttpAccess } from 'istio-constructs';
   *
   * gateway.audit({ hosts: ['shop.example.com'], http: [HttpAccess.anyMethod('/admin')] });
   */
  public audit(requests: GatewayRequests = {}): void {
    auditAtGateway(this, requests, this.ports(readsRequests));
  }

  private clientsPlace(): ClientsPlace {
    const listeners = (): ListenerFacts[] => this.allDoors().map(({ listener }) => listener);
    return { ...this.before, listeners, ports: this.ports(readsRequests) };
  }

  private tenants(others: readonly string[]): string[] {
    return [...new Set([...this.delegated.map(({ namespaceName }) => namespaceName), ...others])].sort(compareText);
  }

  private allDoors(): Door[] {
    return [...this.doors, ...this.delegated.flatMap(({ _doors }) => _doors)];
  }

  private readonly podPort = (port: number): number => this.istio?.podPort(port) ?? port;

  private ports(isMeant: (listener: ListenerFacts) => boolean = () => true): number[] {
    const portsOf = (doors: readonly Door[]): number[] => doors.flatMap(({ listener }) => (isMeant(listener) ? listener.port : []));
    const delegated = this.delegated.flatMap(({ _doors }) => portsOf(_doors));
    const all = [...new Set([...portsOf(this.doors), ...delegated.sort((a, b) => a - b)])];
    return all.map(this.podPort);
  }

  /** Its objects, as far as they follow from what was said by now: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

const requireNamespaces =
  (at: IngressGateway) =>
  (names: readonly string[] = []): string[] =>
    names.map((name) => requireNamespaceName(at, name));
