import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { setParty } from '../../graph/party-of';
import { recordCall } from '../../graph/record-call';
import type { PartyFacts } from '../../model/party';
import { isWildcard } from '../../planes/outside/external-protocols';
import { requireBlock } from '../../support/addresses';
import { CallSite } from '../../support/call-site';
import { markKind } from '../../support/marker';
import { requireName } from '../../support/object-names';
import { listOf, optional, passedOn, struct, TEXT } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import type { CallOptions } from '../../values/access/call-options';
import type { ICallee } from '../../values/access/callee';
import type { ICaller } from '../../values/access/caller';
import { EXTERNAL_PORT, type ExternalPort } from '../../values/edge/external-port';
import { namespaceOf } from '../namespace/namespace-of';
import { reserveWaypointPart } from '../policies/reserve-network-policy';
import { reservePolicies } from '../policies/reserve-policies';
import { freeScope } from '../tree/free-scope';
import { joinApp } from '../tree/join-app';
import { objectsOf } from '../tree/objects-of';
import { EGRESS_GATEWAY, type EgressGateway } from './egress-gateway';
import { type ExternalServiceAttributes, ImportedExternal } from './imported-external';
import { makeEntry, makeOrigination } from './make-entry';
import { requireGatewayWithSecret, requireHost, requireHostPorts, requireProxyWithFiles } from './require-host';
import { requireWayOut } from './require-way-out';
import { reserveWayOut } from './reserve-egress';

/** A host outside the cluster. */
export interface ExternalServiceProps {
  /** Host name, without scheme and port; `*.example.com` for all names below one, on ports that speak TLS or HTTP. */
  readonly host: string;

  /** Port that is called. */
  readonly port: ExternalPort;

  /**
   * More ports of the same host; a host is declared once.
   * @default - none
   */
  readonly morePorts?: ExternalPort[];

  /**
   * Addresses where the host is, single ones or blocks (CIDRs), private ones too: the network layer opens them alone. Of hosts that speak neither TLS nor
   * HTTP a sidecar tells several on one port apart by them. A host whose name is answered with private addresses (10.x) is reached only with them.
   * @default - any public address
   */
  readonly addresses?: string[];

  /**
   * The gateway through which callers leave the cluster for this host, in the same namespace.
   * @default - straight out; in ambient mode through the waypoint of the namespace, where it has one
   */
  readonly through?: EgressGateway;

  /**
   * Name of the ServiceEntry.
   * @default - the construct's id
   */
  readonly name?: string;
}

/**
 * A host outside the cluster that services of the mesh may call.
 *
 * Expands into a ServiceEntry, visible to the namespaces that call it; where a proxy is to begin TLS, into a DestinationRule; behind a waypoint, into an
 * AuthorizationPolicy that names the callers. A NetworkPolicy cannot name hosts: without `addresses` the port is open to every public address, and to no
 * private one, and a finding says so.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/
 * @example
 * import { ExternalPort, ExternalService } from 'istio-constructs';
 *
 * const cards = new ExternalService(shop, 'card-network', {
 *   host: 'api.cards.example.com',
 *   port: ExternalPort.https(),
 * });
 * cart.calls(cards);
 */
export class ExternalService extends Construct implements ICallee {
  /**
   * A host that another program declares, and exports to the namespaces of the callers. Behind a waypoint that program lets the callers in.
   * @param scope Where to declare it
   * @param id Id of the construct, and the name of the ServiceEntry unless `name` is set
   * @param attributes What is known of the host
   * @example
   * import { ExternalPort, ExternalService } from 'istio-constructs';
   *
   * const cards = ExternalService.fromAttributes(shop, 'card-network', {
   *   host: 'api.cards.example.com',
   *   namespaceName: 'egress',
   *   ports: [ExternalPort.https()],
   *   waypoint: 'waypoint',
   * });
   * cart.calls(cards);
   */
  public static fromAttributes(scope: Construct, id: string, attributes: ExternalServiceAttributes): ICallee {
    return new ImportedExternal(scope, id, attributes);
  }

  /** Host name. */
  public readonly host: string;
  /** The ServiceEntry. */
  public readonly resource: ApiObject;

  /**
   * Declares the host.
   * @param scope Where to declare it: inside the construct of a namespace
   * @param id Id of the construct, and the name of the ServiceEntry unless `name` is set
   * @param props Which host and port
   */
  public constructor(scope: Construct, id: string, props: ExternalServiceProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'ExternalService');
    const graph = joinApp(this);
    requireOptions(this, props, EXTERNAL_SERVICE_PROPS);
    const namespaceName = namespaceOf(this);
    this.host = requireHost(this, props.host);

    const ports = requireHostPorts(this, this.host, [props.port, ...(props.morePorts ?? [])]);
    const facts: PartyFacts = {
      kind: 'external',
      key: `external:${this.node.path}`,
      path: this.node.path,
      site: CallSite.here(),
      name: requireName(this, 'name of a ServiceEntry', props.name ?? id),
      namespaceName,
      owned: true,
      ports,
      host: this.host,
      addresses: props.addresses?.map((address) => requireBlock(this, 'addresses of a host', address)),
      through: props.through && requireWayOut(this, namespaceName, this.host, props.through),
      isStraightOut: isWildcard(this.host) && !ports.every(({ readsHttp }) => readsHttp),
    };
    requireProxyWithFiles(this, facts);
    requireGatewayWithSecret(this, facts);
    const party = graph.addParty(setParty(this, facts));
    this.resource = makeEntry(this, 'Resource', party);
    makeOrigination(this, 'Tls', party);
    if (party.through) reserveWayOut(this, party);
    reservePolicies(this, party);
    reserveWaypointPart(this, party);
  }

  /**
   * Lets a caller of another program reach the host: one that calls it by `fromAttributes`. The same as `calls` of a caller of this program.
   * @param caller The caller, by its identity
   * @param options What it may call
   * @example
   * import { ExternalPort, ExternalService, ServiceIdentity } from 'istio-constructs';
   *
   * const cards = new ExternalService(shop, 'card-network', { host: 'api.cards.example.com', port: ExternalPort.https() });
   * cards.allowCaller(ServiceIdentity.of('billing', 'invoices'));
   */
  public allowCaller(caller: ICaller, options: CallOptions = {}): void {
    recordCall(this, { caller, callee: this, action: 'ALLOW', options });
  }

  /** Its objects, as far as they follow from what was said by now: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

const EXTERNAL_SERVICE_PROPS = struct<ExternalServiceProps>({
  host: passedOn(TEXT),
  port: EXTERNAL_PORT,
  morePorts: optional(listOf(EXTERNAL_PORT)),
  addresses: optional(listOf(TEXT)),
  through: optional(EGRESS_GATEWAY),
  name: optional(TEXT),
});
