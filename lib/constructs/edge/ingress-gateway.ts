import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import * as gateway from '../../../imports/gateway.networking.k8s.io';
import { MeshGraph } from '../../graph/mesh-graph';
import { type MeshSettings, principalOf } from '../../graph/mesh-settings';
import { setParty } from '../../graph/party-of';
import { gatewayObjectName, INGRESS_CLASS } from '../../istio/gateway-classes';
import { REVISION } from '../../istio/labels';
import type { PartyFacts } from '../../model/party';
import { gatewayPods } from '../../planes/peers';
import { renderIngressGateway } from '../../render/routes/gateway';
import { CallSite } from '../../support/call-site';
import { markKind } from '../../support/marker';
import { requireDottedName, requireName, requireNamespaceName } from '../../support/object-names';
import { listOf, optional, passedOn, struct, TEXT } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import { compareText } from '../../support/ordering';
import { knownNamespace, namespaceOf } from '../namespace/namespace-of';
import type { IMeshedService } from '../service/i-meshed-service';
import { freeScope } from '../tree/free-scope';
import { joinApp } from '../tree/join-app';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';
import { objectsOf } from '../tree/objects-of';
import { proxyLabels } from '../tree/proxy-labels';
import { closeGateway } from './close-gateway';
import { type ExposeOptions, exposeService } from './expose';
import type { IIngressGateway } from './i-ingress-gateway';
import { ImportedGateway, type IngressGatewayAttributes, requireOneGateway } from './imported-gateway';

/** A gateway through which requests enter the mesh. */
export interface IngressGatewayProps {
  /** Name of the Secret with the certificate, in the gateway's namespace. */
  readonly tlsSecret: string;

  /**
   * Name of the Gateway.
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * Namespaces whose routes may attach besides those of what it exposes itself: of other programs, which know it by `fromAttributes`.
   * @default - none
   */
  readonly routesFrom?: string[];
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
    const party = setParty(this, factsOf(this, graph.useSettings()));
    requireOneGateway(this, graph, party);
    graph.addParty(party);
    const others = (props.routesFrom ?? []).map((name) => requireNamespaceName(this, name));
    const namespaces = lazy(() => attachingTo(party, MeshGraph.of(this), others));
    const revision = lazy(() => knownNamespace(this, party.namespaceName).dataPlane.revision);
    const metadata = { name: party.name, namespace: party.namespaceName, labels: { [REVISION]: revision } };
    const listener = { name: LISTENER, port: PORT, tlsSecret, namespaces };
    this.resource = makeObject(this, 'Resource', gateway.Gateway, metadata, renderIngressGateway(listener, proxyLabels(this)));
    closeGateway(this, party, PORT, others);
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
    exposeService(this, service, options, LISTENER);
  }

  /** Its objects, as far as they follow from what was said by now: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

const INGRESS_GATEWAY_PROPS = struct<IngressGatewayProps>({
  tlsSecret: passedOn(TEXT),
  name: optional(TEXT),
  routesFrom: optional(listOf(TEXT)),
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
function attachingTo(party: PartyFacts, graph: MeshGraph, others: readonly string[]): string[] {
  const exposed = graph.exposures.filter(({ gateway: opening }) => opening.key === party.key);
  const names = [...new Set([...exposed.map(({ service }) => service.namespaceName), ...others])];
  return names.length > 0 ? names.sort(compareText) : [party.namespaceName];
}
