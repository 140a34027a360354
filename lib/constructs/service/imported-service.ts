import { Construct } from 'constructs';
import { HomeState } from '../../graph/namespace-state';
import type { CallOptions } from '../../values/access/call-options';
import type { MeshRegistry } from '../../graph/mesh-registry';
import { hostOf, principalOf } from '../../graph/mesh-settings';
import { partyOf, setParty } from '../../graph/party-of';
import { recordCall } from '../../graph/record-call';
import { ServiceAccess } from '../../graph/service-access';
import type { Home } from '../../model/namespace-facts';
import { CallSite } from '../../support/call-site';
import { requireKnown } from '../../support/known';
import { requireAccountName, requireDomain, requireName, requireNamespaceName, requireWaypointName } from '../../support/object-names';
import { freeScope } from '../tree/free-scope';
import type { ICallee } from '../../values/access/callee';
import type { DataPlane } from '../../values/mesh/data-plane';
import type { MeshPort } from '../../values/workload/mesh-port';
import { joinApp } from '../tree/join-app';
import { requirePorts } from '../workload/require-ports';
import type { IMeshedService } from './i-meshed-service';

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
}

/** A service of another program: it stands in the graph of calls and has no objects here. */
export class ImportedService extends Construct implements IMeshedService {
  readonly serviceName: string;
  readonly namespaceName: string;
  readonly serviceAccountName: string;
  readonly host: string;
  readonly principal: string;
  readonly access: ServiceAccess;
  private readonly registry: MeshRegistry;

  constructor(scope: Construct, id: string, attributes: MeshedServiceAttributes) {
    super(freeScope(scope, id), id);
    this.registry = joinApp(this);
    const { registry } = this;
    requireKnown(this, attributes, ['host']);
    this.serviceName = requireName(this, 'service name', attributes.name ?? id);
    this.namespaceName = requireNamespaceName(this, attributes.namespaceName);
    this.serviceAccountName = requireAccountName(this, attributes.serviceAccountName ?? this.serviceName);
    this.host = requireDomain(this, 'host', attributes.host ?? hostOf(registry.settings, this.namespaceName, this.serviceName));
    this.principal = principalOf(registry.settings, this.namespaceName, this.serviceAccountName);
    this.access = ServiceAccess._of(this, registry);
    this.enterGraph(attributes);
  }

  calls(callee: ICallee, options: CallOptions = {}): void {
    const { registry } = this;
    recordCall(registry, this, { caller: partyOf(this, registry), callee: partyOf(callee, registry), action: 'ALLOW', options });
  }

  private enterGraph({ ports, podLabels, dataPlane, waypoint }: MeshedServiceAttributes): void {
    const { namespaceName, serviceName: name, host, principal, serviceAccountName } = this;
    const home = this.homeOf(dataPlane, waypoint);
    const party = setParty(this, {
      kind: 'service',
      key: `imported:${namespaceName}/${name}:${this.node.path}`,
      path: this.node.path,
      site: CallSite.here(),
      name,
      namespaceName,
      home,
      owned: false,
      ports: requirePorts(this, ports),
      host,
      principal,
      serviceAccountName,
      podLabels: podLabels ?? { app: name },
    });
    this.registry.addParty(party);
  }

  private homeOf(dataPlane: DataPlane, asked: string | undefined): Home {
    const waypoint = asked === undefined ? undefined : requireWaypointName(this, asked);
    const { namespaceName } = this;
    return new HomeState({
      name: namespaceName,
      mode: dataPlane._facts.mode,
      waypointPolicy: waypoint === undefined ? 'never' : 'always',
      waypoint:
        waypoint === undefined
          ? undefined
          : { name: waypoint, namespaceName, principal: principalOf(this.registry.settings, namespaceName, waypoint) },
      zeroTrust: false,
      owned: false,
      enrolled: true,
      path: this.node.path,
    });
  }
}
