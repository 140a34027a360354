import { Construct } from 'constructs';
import { setParty } from '../../graph/party-of';
import type { NamespaceState } from '../../model/namespace-facts';
import type { ForeignFacts } from '../../model/party';
import { requireBlock } from '../../support/addresses';
import { CallSite } from '../../support/call-site';
import { requireName, requireNamespaceName } from '../../support/object-names';
import { listOf, optional, passedOn, struct, TEXT } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import type { ICallee } from '../../values/access/callee';
import { EXTERNAL_PORT, type ExternalPort } from '../../values/edge/external-port';
import { importedWaypoint } from '../namespace/imported-waypoint';
import { freeScope } from '../tree/free-scope';
import { joinApp } from '../tree/join-app';
import { requireHost, requireHostPorts } from './require-host';

/** What is known of a host outside that another program declares. */
export interface ExternalServiceAttributes {
  /** Host name, as its ServiceEntry has it. */
  readonly host: string;

  /** Namespace of its ServiceEntry, which is exported to the callers. */
  readonly namespaceName: string;

  /** Its ports. */
  readonly ports: ExternalPort[];

  /**
   * Name of its ServiceEntry.
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * Addresses where the host is, as single ones or CIDRs.
   * @default - any public address
   */
  readonly addresses?: string[];

  /**
   * Name of the waypoint, in that namespace, through which callers in ambient mode reach the host.
   * @default - straight out
   */
  readonly waypoint?: string;

  /**
   * Name of the second waypoint that takes a share of the connections, in the same namespace; counts with `waypoint` only.
   * @default - all go through the first
   */
  readonly waypointCanary?: string;
}

/** A host outside of another program: it stands in the graph of calls and has no objects here. */
export class ImportedExternal extends Construct implements ICallee {
  readonly host: string;

  constructor(scope: Construct, id: string, attributes: ExternalServiceAttributes) {
    super(freeScope(scope, id), id);
    const graph = joinApp(this);
    requireOptions(this, attributes, EXTERNAL_SERVICE_ATTRIBUTES);
    this.host = requireHost(this, attributes.host);
    const namespaceName = requireNamespaceName(this, attributes.namespaceName);
    const waypoint = importedWaypoint(this, graph.useSettings(), namespaceName, attributes);
    const namespace: NamespaceState = {
      name: namespaceName,
      mode: waypoint ? 'ambient' : 'unknown',
      waypoint,
      zeroTrust: false,
      owned: false,
      enrolled: true,
    };
    const facts: ForeignFacts = {
      kind: 'external',
      key: `imported-external:${namespaceName}/${this.host}:${this.node.path}`,
      path: this.node.path,
      site: CallSite.here(),
      name: requireName(this, 'name of a ServiceEntry', attributes.name ?? id),
      namespaceName,
      namespace,
      owned: false,
      ports: requireHostPorts(this, this.host, attributes.ports),
      host: this.host,
      addresses: attributes.addresses?.map((address) => requireBlock(this, 'addresses of a host', address)),
    };
    graph.addParty(setParty(this, facts));
  }
}

const EXTERNAL_SERVICE_ATTRIBUTES = struct<ExternalServiceAttributes>({
  host: passedOn(TEXT),
  namespaceName: TEXT,
  ports: listOf(EXTERNAL_PORT),
  name: optional(TEXT),
  addresses: optional(listOf(TEXT)),
  waypoint: optional(TEXT),
  waypointCanary: optional(TEXT),
});
