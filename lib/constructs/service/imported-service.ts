import { Construct } from 'constructs';
import { hostOf, type MeshSettings, principalOf } from '../../graph/mesh-settings';
import { setParty } from '../../graph/party-of';
import { recordCall } from '../../graph/record-call';
import { ServiceAccess } from '../../graph/service-access';
import type { NamespaceState } from '../../model/namespace-facts';
import type { ForeignFacts } from '../../model/party';
import { CallSite } from '../../support/call-site';
import { requireAccountName, requireDomain, requireName, requireNamespaceName } from '../../support/object-names';
import { listOf, mapOf, optional, passedOn, struct, TEXT } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import type { CallOptions } from '../../values/access/call-options';
import type { ICallee } from '../../values/access/callee';
import { DATA_PLANE, type DataPlane } from '../../values/mesh/data-plane';
import { MESH_PORT, type MeshPort } from '../../values/workload/mesh-port';
import { importedWaypoint } from '../namespace/imported-waypoint';
import { freeScope } from '../tree/free-scope';
import { joinApp } from '../tree/join-app';
import { requireForeignPorts } from '../../values/workload/require-ports';
import type { IMeshedService } from './i-meshed-service';
import { requireOneOwner } from './require-one-owner';

/** What is known of a service that another program makes. */
export interface MeshedServiceAttributes {
  /** Namespace that it lives in. */
  readonly namespaceName: string;

  /** Ports of its Service. */
  readonly ports: MeshPort[];

  /** How its pods join the mesh. */
  readonly dataPlane: DataPlane;

  /**
   * Name of its Service.
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * Full host name, where it is not that of a Service of this cluster.
   * @default - <name>.<namespace>.svc.<cluster domain>
   */
  readonly host?: string;

  /**
   * ServiceAccount of its pods.
   * @default - the name of the service
   */
  readonly serviceAccountName?: string;

  /**
   * Labels of its pods, to narrow NetworkPolicies.
   * @default - app: <name>
   */
  readonly podLabels?: { [key: string]: string };

  /**
   * Name of the waypoint that its Service uses, in its namespace.
   * @default - callers go straight to its pods
   */
  readonly waypoint?: string;

  /**
   * Name of the second waypoint that takes a share of the connections, in its namespace; counts with `waypoint` only.
   * @default - all go through the first
   */
  readonly waypointCanary?: string;
}

/** A service of others, as it has to be known here. */
export interface KnownService extends Pick<ForeignFacts, 'name' | 'namespaceName' | 'ports' | 'namespace' | 'said'> {
  /** Absent where it is that of a Service of this cluster. */
  readonly host?: string;
  /** Absent where it is called like the service. */
  readonly serviceAccountName?: string;
  /** The other cluster that it is in, by what is said of the mesh by now: the Mesh may be declared after it. */
  readonly cluster?: () => string | undefined;
  /** Absent where they are `app: <name>`. */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Where its machines are, which has no pods then. */
  readonly addresses?: readonly string[];
  /** The networks that somebody said of some of them. */
  readonly networks?: readonly string[];
}

/** A service of another program: it stands in the graph of calls and has no objects here. */
export class ImportedService extends Construct implements IMeshedService {
  readonly serviceName: string;
  readonly namespaceName: string;
  readonly serviceAccountName: string;
  readonly host: string;
  readonly principal: string;
  readonly access: ServiceAccess;

  constructor(scope: Construct, id: string, knownAs: (at: Construct, settings: MeshSettings) => KnownService) {
    super(freeScope(scope, id), id);
    const graph = joinApp(this);
    const settings = graph.useSettings();
    const known = knownAs(this, settings);
    const { name, namespaceName } = known;
    this.serviceName = name;
    this.namespaceName = namespaceName;
    this.serviceAccountName = requireAccountName(this, known.serviceAccountName ?? name);
    this.host = requireDomain(this, 'host', known.host ?? hostOf(settings, namespaceName, name));
    this.principal = principalOf(settings, namespaceName, this.serviceAccountName);
    this.access = ServiceAccess._of(this);
    const facts = factsOf(this, known);
    requireOneOwner(this, graph, facts);
    graph.addParty(setParty(this, facts));
  }

  calls(callee: ICallee, options: CallOptions = {}): void {
    recordCall(this, { caller: this, callee, action: 'ALLOW', options });
  }
}

/** What somebody says of it. */
export function serviceOfAttributes(at: Construct, settings: MeshSettings, attributes: MeshedServiceAttributes): KnownService {
  requireOptions(at, attributes, MESHED_SERVICE_ATTRIBUTES);
  const { host, serviceAccountName, podLabels } = attributes;
  const name = requireName(at, 'service name', attributes.name ?? at.node.id);
  const namespaceName = requireNamespaceName(at, attributes.namespaceName);
  const namespace = stateOf(at, settings, attributes);
  return { name, namespaceName, host, serviceAccountName, podLabels, namespace, ports: requireForeignPorts(at, attributes.ports) };
}

const MESHED_SERVICE_ATTRIBUTES = struct<MeshedServiceAttributes>({
  namespaceName: TEXT,
  ports: listOf(MESH_PORT),
  dataPlane: DATA_PLANE,
  name: optional(TEXT),
  host: optional(passedOn(TEXT)),
  serviceAccountName: optional(TEXT),
  podLabels: optional(mapOf(TEXT)),
  waypoint: optional(TEXT),
  waypointCanary: optional(TEXT),
});

function factsOf(at: ImportedService, known: KnownService): ForeignFacts {
  const { name, namespaceName, ports, namespace, cluster, said, podLabels, addresses, networks } = known;
  const { host, principal, serviceAccountName } = at;
  return {
    kind: 'service',
    key: `imported:${namespaceName}/${name}:${at.node.path}`,
    path: at.node.path,
    site: CallSite.here(),
    name,
    namespaceName,
    namespace,
    owned: false,
    ports,
    host,
    principal,
    serviceAccountName,
    podLabels: podLabels ?? { app: name },
    ...(addresses && { addresses, networks }),
    get cluster() {
      return cluster?.();
    },
    said,
  };
}

function stateOf(at: Construct, settings: MeshSettings, attributes: MeshedServiceAttributes): NamespaceState {
  const { namespaceName, dataPlane } = attributes;
  return {
    name: namespaceName,
    mode: dataPlane._facts.mode,
    migration: dataPlane._facts.migration,
    waypoint: importedWaypoint(at, settings, namespaceName, attributes),
    zeroTrust: false,
    owned: false,
    enrolled: true,
  };
}
