import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { recordCall } from '../../graph/record-call';
import { ServiceAccess } from '../../graph/service-access';
import { settledOf } from '../../graph/settle';
import { INGRESS_USE_WAYPOINT, USE_WAYPOINT } from '../../istio/labels';
import type { PartyFacts } from '../../model/party';
import type { Port } from '../../model/port';
import type { ControllerFacts } from '../../model/releases/release-controller';
import type { RouteStatement } from '../../model/route';
import type { RouteFeatures } from '../../model/route-features';
import { probePortsOf } from '../../render/kubernetes/complete-pods';
import { markKind } from '../../support/marker';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import type { CallOptions } from '../../values/access/call-options';
import type { ICallee } from '../../values/access/callee';
import type { DataPlane } from '../../values/mesh/data-plane';
import { controlledPodLabels, controlledRoutes, makeController } from '../workload/controllers/make-controller';
import { requireController } from '../workload/controllers/require-controller';
import { rolledRoutesOf } from '../workload/controllers/rolled-routes-of';
import { knownNamespace } from '../namespace/namespace-of';
import { podsOf, podsOfWorkload } from '../routes/pods-of';
import { reserveRoutes } from '../routes/reserve-routes';
import { routeFeaturesOf } from '../routes/route-features-of';
import { shapingOf } from '../routes/shaping-of';
import { API_OBJECT } from '../tree/api-object';
import { freeScope } from '../tree/free-scope';
import { lazy } from '../tree/lazy';
import { objectsOf } from '../tree/objects-of';
import { adoptWorkload } from '../workload/adopt-workload';
import { makeBudget } from '../workload/disruption-budget';
import { makeService } from '../workload/make-service';
import { ownDeployment } from '../workload/own-deployment';
import { ownServiceObject } from '../workload/own-service-object';
import { requirePods } from '../workload/require-pods';
import { requirePorts } from '../../values/workload/require-ports';
import { type ServiceLabels, serviceLabels } from '../workload/service-labels';
import { makeVersion } from '../workload/version-deployment';
import type { WorkloadPods } from '../workload/pods/pod-props-of';
import { workloadSpecOf } from '../workload/workload-spec-of';
import { connectWorkload, declareWorkload } from './declared-workload';
import type { IMeshedService } from './i-meshed-service';
import { ImportedService, type MeshedServiceAttributes, serviceOfAttributes } from './imported-service';
import { MESHED_SERVICE_PROPS, MESHED_WORKLOAD_PROPS, type MeshedServiceProps, type MeshedWorkloadProps } from './meshed-service-props';
import { makerOf, type PodMaker } from './kinds/pod-maker';
import { setServicePods } from './service-pods';
import { serviceOfMesh, type WrittenServiceAttributes } from './written/written-service';

/**
 * A service with pods of its own in the mesh: one name, one identity, one way to be called.
 *
 * Expands into a ServiceAccount, a Deployment `<service>-<version>`, a Service with the protocol of each port, a PodDisruptionBudget and
 * optionally a HorizontalPodAutoscaler. Calls add AuthorizationPolicies and a NetworkPolicy; timeouts, retries and releases add a
 * VirtualService or an HTTPRoute; circuit breakers and subsets add a DestinationRule. Nothing is emitted that says nothing.
 *
 * @see https://istio.io/latest/docs/ops/deployment/application-requirements/
 * @example
 * import { Duration } from 'cdk8s';
 * import { MeshedService, MeshPort, WorkloadProbe } from 'istio-constructs';
 *
 * const search = new MeshedService(shop, 'search', {
 *   image: 'ghcr.io/acme/search:1.4.0',
 *   ports: [MeshPort.http(80, { targetPort: 8080 })],
 *   readiness: WorkloadProbe.http('/ready'),
 *   timeout: Duration.seconds(5),
 *   retries: { attempts: 2, perTryTimeout: Duration.seconds(1) },
 * });
 * search.calls(product);
 */
export class MeshedService extends Construct implements IMeshedService {
  /**
   * Meshes a workload made elsewhere: by any version of cdk8s-plus, by Helm or by hand. Its labels, account and port names are added,
   * and how its pods join the mesh, so that another data plane restarts them; where it says otherwise already, it is refused with the reason.
   * @param scope Where to declare it
   * @param id Id of the construct, and the name of the service unless `name` is set
   * @param workload The Deployment, StatefulSet, DaemonSet or Rollout of Argo Rollouts
   * @param props What the service is in the mesh
   */
  public static fromWorkload(scope: Construct, id: string, workload: ApiObject, props: MeshedWorkloadProps): MeshedService {
    const at = `${freeScope(scope, id).node.path}/${id}`;
    requireArguments(at, { workload }, { workload: API_OBJECT });
    requireOptions(at, props, MESHED_WORKLOAD_PROPS);
    return new MeshedService(scope, id, { ...props, workload });
  }

  /**
   * A service that another program makes: of each call only the end that this program owns is written.
   * @param scope Where to declare it
   * @param id Id of the construct, and the name of the service unless `name` is set
   * @param attributes What is known of the service
   */
  public static fromAttributes(scope: Construct, id: string, attributes: MeshedServiceAttributes): IMeshedService {
    return new ImportedService(scope, id, (at, settings) => serviceOfAttributes(at, settings, attributes));
  }

  /**
   * A service that another program makes, as its `mesh.json` says: ports, identity, labels and data plane. Of each call only the end that this program
   * owns is written, and findings tell of what the other program does not say.
   * @param scope Where to declare it
   * @param id Id of the construct, and the name of the service unless `name` is set
   * @param attributes Which service of which mesh
   */
  public static fromMesh(scope: Construct, id: string, attributes: WrittenServiceAttributes): IMeshedService {
    return new ImportedService(scope, id, (at, settings) => serviceOfMesh(at, settings, attributes));
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
  /** Version of its pods before any release. */
  public readonly version: string;
  /** Who may call it. */
  public readonly access: ServiceAccess;
  /** The Service that it is called by, where this program makes it; nothing where Flagger does. */
  public readonly tryService?: kplus.Service;
  /** The Deployment of the first version, where the pods are made from an image; nothing where they were made elsewhere. */
  public readonly tryDeployment?: kplus.Deployment;

  /**
   * Declares the service.
   * @param scope Where to declare it: inside the construct of its namespace
   * @param id Id of the construct, and the name of the service unless `name` is set
   * @param props What it is and how it is called
   */
  public constructor(scope: Construct, id: string, props: MeshedServiceProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'MeshedService');
    requireOptions(this, props, MESHED_SERVICE_PROPS);
    requirePods(this, props, 'set image, or use MeshedService.fromWorkload');
    const { image, workload } = props;
    const controller = props.releaseController?._facts;
    const maker = makerOf(props);
    const spec = image === undefined ? undefined : workloadSpecOf(this, props, image, maker);

    const ports = requirePorts(this, props.ports, WITHOUT_PORTS);
    if (controller) requireController(this, controller, ports, spec !== undefined);
    const { name, dataPlane, trafficDistribution, serviceScope, forwardIdentity, ownWaypoint } = props;
    const podLabels = controlledPodLabels(controller, name ?? id);
    const peersName = maker?.peersSuffix && `${name ?? id}${maker.peersSuffix}`;
    const said = { trafficDistribution, serviceScope, forwardIdentity, ownWaypoint };
    const identity = { name, ports, probePorts: spec && probePortsOf(spec), workload, dataPlane, podLabels, ...said, peersName };
    const declared = declareWorkload(this, { ...identity, mtls: props.mtls?._facts, accountAnnotations: props.accountAnnotations });
    const { party, account } = declared;
    this.serviceName = party.name;
    this.namespaceName = party.namespaceName;
    this.serviceAccountName = party.serviceAccountName!;
    this.host = party.host!;
    this.principal = party.principal!;
    this.version = props.version ?? 'v1';
    this.access = ServiceAccess._of(this);

    if (spec) this.tryDeployment = makePods(this, { party, account, spec, version: this.version }, maker, controller);
    else adoptWorkload(this, workload!, party, this.version);
    if (controller?.name !== 'flagger') this.tryService = makeOwnService(this, party);

    connectWorkload(this, declared);

    const pods = spec ? hasNumber(maker) && podsOf(spec) : podsOfWorkload(workload!);
    const routes = workload ? rolledRoutesOf(this, workload, party) : controlledRoutes(controller);
    declared.graph.addRoute({ ...featuresOf(this, ports, props, pods || undefined), ...statementOf(this, party), ...routes });
    reserveRoutes(this, party);
    const deployment = this.tryDeployment;
    setServicePods(this, { party, account, spec: maker ? undefined : spec, deployment, workload, controller: routes.controller });
  }

  /** How its pods join the mesh, as far as that is said by now: a chart's namespace may be declared later. */
  public get dataPlane(): DataPlane {
    return knownNamespace(this, this.namespaceName).dataPlane;
  }

  /** The Service, with all of cdk8s-plus. Fails where Flagger makes it, which `tryService` tells. */
  public get service(): kplus.Service {
    return ownServiceObject(this, this.tryService);
  }

  /** The Deployment of the first version, with all of cdk8s-plus. Fails where the pods were made elsewhere, which `tryDeployment` tells. */
  public get deployment(): kplus.Deployment {
    return ownDeployment(this, this.tryDeployment);
  }

  /**
   * Says that this service calls another: opens the way at both ends, and nothing else is open in a ZeroTrustNamespace.
   * @param callee What it calls
   * @param options Which port and requests; all when left out
   * @example
   * import { HttpAccess } from 'istio-constructs';
   *
   * cart.calls(product, { http: [HttpAccess.get('/products/*')] });
   */
  public calls(callee: ICallee, options: CallOptions = {}): void {
    recordCall(this, { caller: this, callee, action: 'ALLOW', options });
  }

  /** Its objects, as far as they follow from what was said by now: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

const WITHOUT_PORTS =
  'name the port that the container listens on, for example MeshPort.http(8080); what nobody calls is a MeshedWorker, a MeshedJob or a MeshedCronJob';

type OwnPods = Omit<WorkloadPods, 'name'> & { readonly version: string };

/** Pods from an image: as a Deployment, or as another kind makes them. */
function makePods(at: Construct, pods: OwnPods, maker?: PodMaker, controller?: ControllerFacts): kplus.Deployment | undefined {
  const { party, spec } = pods;
  maker?.make(at, pods);
  const deployment = maker ? undefined : makeVersion(at, { ...pods, controller: controller?.name });
  if (hasNumber(maker)) makeBudget(at, party, spec);
  if (deployment && controller) makeController(at, party, controller, { deployment, spec });
  return deployment;
}

// A DaemonSet has as many pods as there are nodes.
function hasNumber(maker: PodMaker | undefined): boolean {
  return !maker || maker.usual !== undefined;
}

function makeOwnService(scope: Construct, party: PartyFacts): kplus.Service {
  const labels = (): ServiceLabels['apex'] => serviceLabels(settledOf(scope), party).apex;
  const late = (key: string): string => lazy(() => labels()[key]) as string;
  const named = { [INGRESS_USE_WAYPOINT]: late(INGRESS_USE_WAYPOINT), [USE_WAYPOINT]: late(USE_WAYPOINT) };
  return makeService(scope, 'Service', party, { name: party.name, selector: party.podLabels!, labels: named });
}

function statementOf(
  { version }: MeshedService,
  { key, path, site }: PartyFacts,
): Pick<RouteStatement, 'service' | 'by' | 'versions' | 'path' | 'site'> {
  return { service: key, by: 'service', versions: [version], path, site };
}

type Said = RouteFeatures & Pick<RouteStatement, 'routing'>;

function featuresOf(at: Construct, ports: readonly Port[], props: MeshedServiceProps, pods: number | undefined): Said {
  const { cors, requestHeaders, responseHeaders, routing } = props;
  const shaping = shapingOf(at, ports, { cors, requestHeaders, responseHeaders });
  return { routing: routing?._facts, ...routeFeaturesOf(at, ports, props, pods), ...shaping };
}
