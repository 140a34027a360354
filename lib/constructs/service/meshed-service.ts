import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { INGRESS_USE_WAYPOINT } from '../../istio/labels';
import type { CallOptions } from '../../values/access/call-options';
import { MeshRegistry } from '../../graph/mesh-registry';
import { partyOf } from '../../graph/party-of';
import { recordCall } from '../../graph/record-call';
import { ServiceAccess } from '../../graph/service-access';
import type { Party } from '../../model/party';
import type { WorkloadSpec } from '../../model/workload-spec';
import { objectsOf } from '../tree/objects-of';
import { markKind } from '../../support/marker';
import { freeScope } from '../tree/free-scope';
import type { ICallee } from '../../values/access/callee';
import type { DataPlane } from '../../values/mesh/data-plane';
import { CalleePolicies } from '../policies/callee-policies';
import { joinApp } from '../tree/join-app';
import { type Household, householdOf } from '../namespace/namespace-of';
import { lazy } from '../tree/lazy';
import type { IMeshedService } from './i-meshed-service';
import { ImportedService, type MeshedServiceAttributes } from './imported-service';
import type { MeshedServiceProps, MeshedWorkloadProps } from './meshed-service-props';
import { NetworkEnds } from '../policies/network-ends';
import { accountFor, makeBudget, makePods, makeScope, servicePartyOf } from './service-parts';
import { ServiceRoutes } from '../routes/service-routes';
import { makeService } from '../workload/make-service';
import { requireHttp, circuitBreakerOf, optional, retriesOf } from '../routes/route-settings';
import { workloadSpecOf } from '../workload/workload-spec-of';

/**
 * A service with pods of its own in the mesh: one name, one identity, one way to be called.
 *
 * Expands into a ServiceAccount, a Deployment `<service>-<version>`, a Service with the protocol of each port, a PodDisruptionBudget and
 * optionally a HorizontalPodAutoscaler. Calls add AuthorizationPolicies and a NetworkPolicy; timeouts, retries and releases add a
 * VirtualService or an HTTPRoute; circuit breakers and subsets add a DestinationRule. Nothing is emitted that says nothing.
 *
 * @see https://istio.io/latest/docs/ops/deployment/application-requirements/
 */
export class MeshedService extends Construct implements IMeshedService {
  /**
   * Meshes a workload made elsewhere: by any version of cdk8s-plus, by Helm or by hand. Its labels, account and port names are added;
   * where it says otherwise already, it is refused with the reason.
   * @param scope Where to declare it
   * @param id Id of the construct, and the name of the service unless `name` is set
   * @param workload The Deployment, StatefulSet or DaemonSet
   * @param props What the service is in the mesh
   */
  public static fromWorkload(scope: Construct, id: string, workload: ApiObject, props: MeshedWorkloadProps): MeshedService {
    return new MeshedService(scope, id, { ...props, workload });
  }

  /**
   * A service that another program makes: of each call only the end that this program owns is written.
   * @param scope Where to declare it
   * @param id Id of the construct, and the name of the service unless `name` is set
   * @param attributes What is known of the service
   */
  public static fromAttributes(scope: Construct, id: string, attributes: MeshedServiceAttributes): IMeshedService {
    return new ImportedService(scope, id, attributes);
  }

  /** Name of the Service. */
  public readonly serviceName: string;
  /** Namespace that it lives in. */
  public readonly namespaceName: string;
  /** ServiceAccount of its pods. */
  public readonly serviceAccountName: string;
  /** Full host name, under which it is called. */
  public readonly host: string;
  /** SPIFFE identity of its pods, as policies write it: without the scheme. */
  public readonly principal: string;
  /** How its pods join the mesh. */
  public readonly dataPlane: DataPlane;
  /** Version of its pods before any release. */
  public readonly version: string;
  /** Who may call it. */
  public readonly access: ServiceAccess;
  /** The Service, with all of cdk8s-plus. */
  public readonly service: kplus.Service;
  /** The Deployment of the first version, with all of cdk8s-plus; absent where the pods were made elsewhere. */
  public readonly deployment?: kplus.Deployment;

  /** @internal */
  public readonly _routes: ServiceRoutes;
  /** @internal */
  public readonly _account: kplus.IServiceAccount;
  /** @internal */
  public readonly _spec?: WorkloadSpec;
  private readonly registry: MeshRegistry;

  /**
   * Declares the service.
   * @param scope Where to declare it: inside the construct of its namespace
   * @param id Id of the construct, and the name of the service unless `name` is set
   * @param props What it is and how it is called
   */
  public constructor(scope: Construct, id: string, props: MeshedServiceProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'MeshedService');
    this.registry = joinApp(this);

    const household = householdOf(this, props.dataPlane);
    const party = servicePartyOf(this, household.home, props, () => this._routes);
    this.serviceName = party.name;
    this.namespaceName = party.namespaceName;
    this.serviceAccountName = party.serviceAccountName!;
    this.host = party.host!;
    this.principal = party.principal!;
    this.dataPlane = household.dataPlane;
    this.version = props.version ?? 'v1';
    this.access = ServiceAccess._of(this, this.registry);

    this._account = accountFor(this, party, props.workload);
    this._spec = props.image === undefined ? undefined : workloadSpecOf(this, props, props.image);
    this.deployment = makePods(this, { party, account: this._account, version: this.version, spec: this._spec, workload: props.workload });
    if (this._spec) makeBudget(this, party, this._spec);
    this.service = this.makeService(party);
    this._routes = this.join(party, household, props);
  }

  /**
   * Says that this service calls another: opens the way at both ends, and nothing else is open in a ZeroTrustNamespace.
   * @param callee What it calls
   * @param options Which port and requests; all when left out
   */
  public calls(callee: ICallee, options: CallOptions = {}): void {
    const { registry } = this;
    recordCall(registry, this, { caller: partyOf(this, registry), callee: partyOf(callee, registry), action: 'ALLOW', options });
  }

  /** Every object that it has made so far, to be patched where its own props have no words; a call, a release or a route may add more. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }

  private makeService(party: Party): kplus.Service {
    // Without it requests from a gateway pass by the waypoint, and with it by its policies and routes.
    const comesIn = (): boolean => this.registry.callsTo(party).some(({ caller }) => caller.kind === 'gateway');
    const labels = { [INGRESS_USE_WAYPOINT]: lazy(() => (party.home.waypoint && comesIn() ? 'true' : undefined)) };
    return makeService(this, 'Service', party, { name: party.name, selector: party.podLabels!, labels });
  }

  private join(party: Party, { home, infrastructure }: Household, props: MeshedServiceProps): ServiceRoutes {
    const { registry } = this;
    requireHttp(this, party.ports, props);
    const policies = new CalleePolicies(this, party, registry);
    const network = new NetworkEnds(this, party, registry);
    makeScope(this, party, registry, home, infrastructure);
    const routes = new ServiceRoutes(this, party, registry, {
      version: this.version,
      timeoutMs: optional(this, 'timeout', props.timeout),
      retries: retriesOf(this, props.retries),
      circuitBreaker: circuitBreakerOf(this, props.circuitBreaker),
      routing: props.routing?._facts,
    });
    registry.addParty(party, {
      onCall: (call) => {
        if (call.callee === party) policies.onCall(call);
        network.onCall(call);
      },
      rearrange: () => policies.rearrange(),
    });
    routes.arrange();
    return routes;
  }
}
