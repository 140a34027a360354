import type { ApiObject } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { MeshGraph } from '../../../graph/mesh-graph';
import { recordCall } from '../../../graph/record-call';
import { ServiceAccess } from '../../../graph/service-access';
import type { MachinesFacts } from '../../../model/machines/machines';
import type { PartyFacts } from '../../../model/party';
import { renderMachineCommands } from '../../../render/kubernetes/machine-commands';
import { markKind } from '../../../support/marker';
import { requireOptions } from '../../../support/options/require-options';
import type { CallOptions } from '../../../values/access/call-options';
import type { ICallee } from '../../../values/access/callee';
import { requirePorts } from '../../../values/workload/require-ports';
import { reserveRoutes } from '../../routes/reserve-routes';
import { routeFeaturesOf } from '../../routes/route-features-of';
import { freeScope } from '../../tree/free-scope';
import { objectsOf } from '../../tree/objects-of';
import { makeMachines } from '../../workload/machines/make-machines';
import { makeService } from '../../workload/make-service';
import { connectWorkload, declareWorkload } from '../declared-workload';
import type { IMeshedService } from '../i-meshed-service';
import { requireMachines } from './require-machines';
import { requireSidecars } from '../../workload/machines/require-sidecars';
import { VIRTUAL_MACHINES_PROPS, type VirtualMachinesProps } from './virtual-machines-props';

/**
 * Virtual machines beside the cluster with a proxy of Istio each: a service of the mesh that calls and is called under an identity, as if it had pods.
 *
 * Expands into a ServiceAccount, a WorkloadGroup, a WorkloadEntry for each machine that is named, and a Service that selects them. Calls add AuthorizationPolicies,
 * which the proxies on the machines enforce, and rules by address in the NetworkPolicies of the other ends. A proxy on a machine is a sidecar: the namespace is one with
 * `DataPlane.sidecar()`, whoever calls.
 *
 * @see https://istio.io/latest/docs/setup/install/virtual-machine/
 * @example
 * import { DataPlane, MeshNamespace, MeshPort, VirtualMachines } from 'istio-constructs';
 *
 * const legacy = new MeshNamespace(chart, 'legacy', { dataPlane: DataPlane.sidecar() });
 * const mysql = new VirtualMachines(legacy, 'mysqldb', { ports: [MeshPort.mysql(3306)], machines: [{ address: '10.20.0.5' }] });
 * cart.calls(mysql);
 *
 * const batch = new VirtualMachines(legacy, 'batch', { ports: [MeshPort.http(8080)], cidrs: ['10.21.0.0/24'] });
 * batch.calls(product);
 */
export class VirtualMachines extends Construct implements IMeshedService {
  /** Name of the Service. */
  public readonly serviceName: string;
  /** Namespace that they are in. */
  public readonly namespaceName: string;
  /** ServiceAccount of the machines. */
  public readonly serviceAccountName: string;
  /** Full host name, under which they are called. */
  public readonly host: string;
  /** SPIFFE identity of the machines, as policies write it: without the scheme. */
  public readonly principal: string;
  /** Who may call them. */
  public readonly access: ServiceAccess;
  /** The Service that they are called by. */
  public readonly service: kplus.Service;
  private readonly declared: { readonly party: PartyFacts; readonly machines: MachinesFacts };

  /**
   * Declares the machines.
   * @param scope Where to declare them: inside the construct of a namespace in sidecar mode
   * @param id Id of the construct, and the name of the Service unless `name` is set
   * @param props Where they are and how they are called
   */
  public constructor(scope: Construct, id: string, props: VirtualMachinesProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'VirtualMachines');
    requireOptions(this, props, VIRTUAL_MACHINES_PROPS);
    const ports = requirePorts(this, props.ports);
    const { machines, ...placed } = requireMachines(this, props, ports);
    const declared = declareWorkload(this, { name: props.name, ports, ...placed });
    const { party, graph } = declared;
    requireSidecars(this, graph, party.namespaceName);
    this.serviceName = party.name;
    this.namespaceName = party.namespaceName;
    this.serviceAccountName = party.serviceAccountName!;
    this.host = party.host!;
    this.principal = party.principal!;
    this.access = ServiceAccess._of(this);
    this.declared = { party, machines };

    makeMachines(this, party, machines);
    this.service = makeService(this, 'Service', party, { name: party.name, selector: party.podLabels! });
    connectWorkload(this, declared);

    const { key, path, site } = party;
    const features = routeFeaturesOf(this, ports, props, machines.named.length || undefined);
    graph.addRoute({ ...features, service: key, by: 'service', versions: [machines.version], path, site });
    reserveRoutes(this, party);
  }

  /**
   * Says that the machines call another: opens the way at both ends.
   * @param callee What they call
   * @param options Which port and requests; all when left out
   */
  public calls(callee: ICallee, options: CallOptions = {}): void {
    recordCall(this, { caller: this, callee, action: 'ALLOW', options });
  }

  /** Commands that write what a machine needs, into a folder each: one for each machine that is named, else one for all. */
  public get configureCommands(): string[] {
    const { party, machines } = this.declared;
    return renderMachineCommands(party, machines, MeshGraph.of(this).settings.cluster?.name);
  }

  /** Its objects, as far as they follow from what was said by now: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}
