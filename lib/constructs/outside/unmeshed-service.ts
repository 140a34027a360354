import { Construct } from 'constructs';
import { setParty } from '../../graph/party-of';
import type { NamespaceState } from '../../model/namespace-facts';
import type { ForeignFacts } from '../../model/party';
import { CallSite } from '../../support/call-site';
import { namespaceOfHost } from '../../support/cluster-host';
import { markKind } from '../../support/marker';
import { listOf, mapOf, optional, struct, TEXT } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import type { ICallee } from '../../values/access/callee';
import { MESH_PORT, type MeshPort } from '../../values/workload/mesh-port';
import { freeScope } from '../tree/free-scope';
import { joinApp } from '../tree/join-app';
import { requireForeignPorts } from '../../values/workload/require-ports';

/** Where a Service without a mesh is. */
export interface UnmeshedServiceProps {
  /** Full host name of its Service: `<service>.<namespace>.svc.<cluster domain>`. */
  readonly host: string;

  /** Ports of its Service; `targetPort` is what its pods listen on. */
  readonly ports: MeshPort[];

  /**
   * Labels of its pods, so that the network layer opens no other pod of the namespace.
   * @default - any pod of its namespace may be reached on these ports
   */
  readonly podLabels?: { [key: string]: string };
}

/**
 * A Service of the cluster whose pods are not in the mesh, such as a database.
 *
 * Expands into nothing of its own: a call to it adds an egress rule to the caller's NetworkPolicy and, in sidecar mode, a host to the
 * caller's Sidecar scope. Nobody checks identities there, so that its own login and the network layer are all that guards it.
 *
 * @see https://istio.io/latest/docs/ops/configuration/traffic-management/tls-configuration/#auto-mtls
 * @example
 * import { MeshPort, UnmeshedService } from 'istio-constructs';
 *
 * const orders = new UnmeshedService(shop, 'orders-db', {
 *   host: 'orders-db.databases.svc.cluster.local',
 *   ports: [MeshPort.tcp(5432)],
 * });
 * cart.calls(orders);
 */
export class UnmeshedService extends Construct implements ICallee {
  /** Full host name of its Service. */
  public readonly host: string;

  /**
   * Declares the service.
   * @param scope Where to declare it
   * @param id Id of the construct
   * @param props Where it is
   */
  public constructor(scope: Construct, id: string, props: UnmeshedServiceProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'UnmeshedService');
    const graph = joinApp(this);
    requireOptions(this, props, UNMESHED_SERVICE_PROPS);
    this.host = props.host;
    const namespaceName = namespaceOfHost(this.node.path, props.host);
    const elsewhere: NamespaceState = { name: namespaceName, mode: 'unknown', zeroTrust: false, owned: false, enrolled: false };
    const facts: ForeignFacts = {
      kind: 'unmeshed',
      key: `unmeshed:${this.node.path}`,
      path: this.node.path,
      site: CallSite.here(),
      name: id,
      namespaceName,
      namespace: elsewhere,
      owned: false,
      ports: requireForeignPorts(this, props.ports),
      host: props.host,
      podLabels: props.podLabels && Object.freeze({ ...props.podLabels }),
    };
    graph.addParty(setParty(this, facts));
  }
}

const UNMESHED_SERVICE_PROPS = struct<UnmeshedServiceProps>({ host: TEXT, ports: listOf(MESH_PORT), podLabels: optional(mapOf(TEXT)) });
