import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { MeshGraph } from '../../graph/mesh-graph';
import { hostOf, principalOf } from '../../graph/mesh-settings';
import { setParty } from '../../graph/party-of';
import { gatewayObjectName, INGRESS_CLASS } from '../../istio/gateway-classes';
import { hasPolicies } from '../../model/namespace-facts';
import type { EgressFacts } from '../../model/outside/egress-facts';
import type { PartyFacts } from '../../model/party';
import { gatewayPods } from '../../planes/peers';
import { CallSite } from '../../support/call-site';
import { markKind } from '../../support/marker';
import { MeshError } from '../../support/mesh-error';
import { requireName } from '../../support/object-names';
import { made, optional, struct, TEXT } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import type { IObservedGateway } from '../../values/observability/observed-gateway';
import { knownNamespace, namespaceOf } from '../namespace/namespace-of';
import { freeScope } from '../tree/free-scope';
import { joinApp } from '../tree/join-app';
import { objectsOf } from '../tree/objects-of';
import { reserveEgress, reserveSecrets } from './reserve-egress';

/** The way out of the mesh. */
export interface EgressGatewayProps {
  /**
   * Name of the Gateway.
   * @default - the construct's id
   */
  readonly name?: string;
}

/**
 * The one way out to some hosts: each ExternalService that is declared `through` it is reached by its callers through the gateway alone, and the gateway lets in
 * nobody else.
 *
 * In sidecar mode it expands into a Gateway whose listeners take mutual TLS of the mesh, the routes to it and from it, and a NetworkPolicy by which its pods
 * leave the cluster; in ambient mode it is the waypoint of its namespace, and while that moves (`Migration`) it is both. Either asks for the identity of the caller, by host and port. It stands in a
 * ZeroTrustNamespace, and callers in ZeroTrustNamespaces cannot go round it: their NetworkPolicies let them to the gateway, not out.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/
 * @example
 * import { DataPlane, EgressGateway, ExternalPort, ExternalService, ZeroTrustNamespace } from 'istio-constructs';
 *
 * const egress = new ZeroTrustNamespace(chart, 'egress', { dataPlane: DataPlane.sidecar() });
 * const wayOut = new EgressGateway(egress, 'way-out');
 * new ExternalService(egress, 'card-network', { host: 'api.cards.example.com', port: ExternalPort.https(), through: wayOut });
 */
export class EgressGateway extends Construct implements IObservedGateway {
  /** Name of the Gateway, in sidecar mode. */
  public readonly gatewayName: string;
  /** Namespace that it runs in. */
  public readonly namespaceName: string;
  /** @internal */
  public readonly _facts: EgressFacts;

  /**
   * Declares the gateway.
   * @param scope Where to declare it: inside the construct of a ZeroTrustNamespace
   * @param id Id of the construct, and the name of the Gateway unless `name` is set
   * @param props Its name
   */
  public constructor(scope: Construct, id: string, props: EgressGatewayProps = {}) {
    super(freeScope(scope, id), id);
    markKind(this, 'EgressGateway');
    const graph = joinApp(this);
    requireOptions(this, props, EGRESS_GATEWAY_PROPS);
    this.gatewayName = requireName(this, 'gateway name', props.name ?? id);
    this.namespaceName = namespaceOf(this);
    requireClosed(this);
    const serviceName = requireName(
      this,
      'gateway name, with the -istio that Istio adds,',
      gatewayObjectName(this.gatewayName, INGRESS_CLASS),
    );
    const facts = factsOf(this, graph, serviceName);
    const party = graph.addParty(setParty(this, facts));
    const { key, name, namespaceName, podLabels } = party;
    this._facts = Object.freeze({
      key,
      name,
      namespaceName,
      podLabels: podLabels!,
      host: hostOf(graph.useSettings(), namespaceName, serviceName),
    });
    reserveEgress(this, party, this._facts);
    reserveSecrets(this, party, this._facts);
  }

  /** Its objects, as far as they follow from what was said by now: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

const EGRESS_GATEWAY_PROPS = struct<EgressGatewayProps>({ name: optional(TEXT) });

export const EGRESS_GATEWAY = made<EgressGateway>(EgressGateway, 'EgressGateway', "new EgressGateway(…, 'egress')");

function factsOf(at: EgressGateway, graph: MeshGraph, serviceAccountName: string): PartyFacts {
  const { gatewayName: name, namespaceName } = at;
  return {
    kind: 'egress',
    key: `egress:${namespaceName}/${name}`,
    path: at.node.path,
    site: CallSite.here(),
    name,
    namespaceName,
    owned: true,
    ports: [],
    serviceAccountName,
    principal: principalOf(graph.useSettings(), namespaceName, serviceAccountName),
    podLabels: Object.freeze(gatewayPods(name)),
  };
}

function requireClosed(at: EgressGateway): void {
  if (hasPolicies(knownNamespace(at, at.namespaceName).facts)) return;
  throw new MeshError({
    code: 'MESH813',
    at,
    what: 'an egress gateway lets out those alone who may leave, in a namespace that is closed to all others',
    got: `an EgressGateway in the open namespace ${at.namespaceName}`,
    fix: 'declare it inside a ZeroTrustNamespace',
  });
}
